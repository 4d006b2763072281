import { render, screen, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { problem } from "../../ipc/call";
import { aChosen, aSignature, aSummary, aTemplate, at } from "../../ipc/examples";
import { fakeApplication } from "../../ipc/fake";
import Read from "./Read.svelte";

const versions = [
  { version: 2, signed: aSignature({ name: "Tom Invented", at: at("15:10", "24-Nov-2026") }) },
  { version: 1, signed: aSignature() },
];
const signed = aSummary({
  status: "signed",
  version: 2,
  signed: versions[0]?.signed ?? null,
  versions,
  chosen: [aChosen("e-1", "fever"), aChosen("e-4", "other", [], { words: "The type is lobular.", words_gp: "Type: lobular." }), aChosen("e-3", "invasive", [], { words: "You were told.", words_gp: "Invasive, left breast." })],
  own: [{ key: "own-2", section: "diagnosis", urgent: true, patient: "My own words", gp: "For the GP" }],
});

function show(summary = signed, more: { amend?: ((reason: string) => Promise<null>) | null; amended?: { reason: string; goOn: () => void } } = {}) {
  fakeApplication({});
  const doors = { print: vi.fn(), toVersion: vi.fn() };
  render(Read, { summary, template: aTemplate(), back: { label: "Overview", go: vi.fn() }, amend: more.amend ?? null, amended: more.amended ?? null, ...doors });
  return doors;
}

describe("a signed summary", () => {
  it("says everything in both wordings, in the order of the template, own lines last", () => {
    show();
    expect(screen.getAllByRole("heading", { level: 2 }).map((heading) => heading.textContent)).toEqual(["Your diagnosis", "When to get help", "Signed"]);
    const rows = within(screen.getByRole("region", { name: "Your diagnosis" })).getAllByRole("listitem");
    expect(rows.map((row) => row.textContent?.replace(/\s+/g, " ").trim())).toEqual(["Patient copyYou were told. GP copyInvasive, left breast.", "Patient copyThe type is lobular. GP copyType: lobular.", "Patient copyURGENT My own words GP copyFor the GP"]);
  });

  it("says who signed it and when, and leads to the versions before", async () => {
    const { toVersion } = show();
    const about = screen.getByRole("region", { name: "Signed" });
    for (const words of ["Tom Invented, Cancer nurse specialist", "24-Nov-2026 15:10"]) expect(about.textContent).toContain(words);
    await userEvent.click(screen.getByRole("button", { name: "Version 1, signed 23-Nov-2026 by Ruth Invented" }));
    expect(toVersion).toHaveBeenCalledWith(1);
  });

  it("says of an older version who signed that one, and that it was replaced", () => {
    show({ ...signed, shown_version: 1 });
    expect(screen.getByRole("heading", { level: 1 }).textContent).toBe("Treatment summary, version 1");
    expect(screen.getByText("This version was replaced by version 2.")).toBeTruthy();
    expect(screen.getByRole("region", { name: "Signed" }).textContent).toContain("Ruth Invented, Cancer nurse specialist");
  });

  it("prints either copy", async () => {
    const { print } = show();
    await userEvent.click(screen.getByRole("button", { name: "Print the patient copy" }));
    await userEvent.click(screen.getByRole("button", { name: "Print the GP copy" }));
    expect(print.mock.calls).toEqual([["summary_patient"], ["summary_gp"]]);
  });

  it("is amended with a reason; without one it says so", async () => {
    const missing = { ...problem("field"), fields: [{ field: "reason", reason: "missing" }] };
    const amend = vi.fn(async (reason: string) => (reason === "" ? missing : null)) as unknown as (reason: string) => Promise<null>;
    show(signed, { amend });
    await userEvent.click(screen.getByRole("button", { name: "Amend the summary" }));
    expect(document.activeElement).toBe(screen.getByLabelText("Reason"));
    await userEvent.click(screen.getByRole("button", { name: "Amend it" }));
    expect(await screen.findAllByText("Enter the reason")).toHaveLength(2);
    await userEvent.type(screen.getByLabelText("Reason"), "New result");
    await userEvent.click(screen.getByRole("button", { name: "Amend it" }));
    expect(amend).toHaveBeenLastCalledWith("New result");
  });

  it("leads to the amended version that is being written instead", async () => {
    const goOn = vi.fn();
    show({ ...signed, shown_version: 2 }, { amended: { reason: "New result", goOn } });
    expect(screen.getByText("Reason: New result")).toBeTruthy();
    await userEvent.click(screen.getByRole("button", { name: "Go on with it" }));
    expect(goOn).toHaveBeenCalledOnce();
    expect(screen.queryByRole("button", { name: "Amend the summary" })).toBeNull();
  });
});
