import { render, screen } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import type { SummaryView } from "../../ipc/bindings";
import { SUMMARY, aChosen, aSignature, aSummary, aTemplate } from "../../ipc/examples";
import { fakeApplication, refuse } from "../../ipc/fake";
import { SummaryRecord } from "./record.svelte";
import Sign from "./Sign.svelte";

function show(view: SummaryView = aSummary({ chosen: [aChosen("e-1", "invasive")] }), training = false) {
  const doors = { toField: vi.fn(), print: vi.fn(), signed: vi.fn() };
  render(Sign, { record: new SummaryRecord(view), template: aTemplate(), me: "Ruth Invented", training, back: { label: "Treatment summary", go: vi.fn() }, ...doors });
  return doors;
}

async function type(passphrase: string | null): Promise<void> {
  await userEvent.type(screen.getByLabelText("Day"), "2");
  await userEvent.type(screen.getByLabelText("Month"), "3");
  if (passphrase !== null) await userEvent.type(screen.getByLabelText(/^Your passphrase/), passphrase);
  await userEvent.click(screen.getByRole("button", { name: "Sign" }));
}

describe("signing a summary", () => {
  it("lists what is missing, leads to each, and signs nothing", async () => {
    const app = fakeApplication({});
    const { toField, signed } = show(aSummary({ chosen: [aChosen("e-1", "invasive")], unfinished: [{ field: "e-1-side", reason: "missing" }, { field: "section-alerts", reason: "section_needed" }] }));
    expect(screen.getByRole("alert", { name: "Check 2 things" })).toBeTruthy();
    await userEvent.click(screen.getByRole("link", { name: /^Your diagnosis: Choose “Side”/ }));
    expect(toField).toHaveBeenLastCalledWith("e-1-side");
    await userEvent.click(screen.getByRole("link", { name: /^Choose at least one line of “When to get help”/ }));
    expect(toField).toHaveBeenLastCalledWith("section-alerts");
    await type("a passphrase of four words");
    expect(app.asked).toEqual([]);
    expect(signed).not.toHaveBeenCalled();
  });

  it("signs with the day and month and the passphrase, as typed", async () => {
    const app = fakeApplication({ sign_treatment_summary: () => aSummary({ status: "signed", version: 1, signed: aSignature() }) });
    const { signed } = show();
    await type("a passphrase of four words");
    expect(app.asked).toEqual([{ command: "sign_treatment_summary", request: { summary: SUMMARY, revision: aSummary().revision, day: "2", month: "3", passphrase: "a passphrase of four words" } }]);
    expect(signed).toHaveBeenCalledOnce();
  });

  it("asks for no passphrase in training mode", async () => {
    const app = fakeApplication({ sign_treatment_summary: () => aSummary({ status: "signed", version: 1 }) });
    show(undefined, true);
    expect(screen.queryByLabelText(/^Your passphrase/)).toBeNull();
    await type(null);
    expect(app.asked.at(-1)?.request).toEqual({ summary: SUMMARY, revision: aSummary().revision, day: "2", month: "3", passphrase: "" });
  });

  it("names the character that no paper can show, and leads to where it is written", async () => {
    fakeApplication({ sign_treatment_summary: () => refuse("no_glyph", { character: "☃", fields: [{ field: "e-1-date", reason: "no_glyph" }] }) });
    const { toField, signed } = show();
    await type("a passphrase of four words");
    expect((await screen.findByText(/☃/)).closest("[role=alert]")).toBe(document.activeElement);
    await userEvent.click(screen.getByRole("link", { name: "Something in “Date of diagnosis” cannot be printed" }));
    expect(toField).toHaveBeenCalledWith("e-1-date");
    expect(signed).not.toHaveBeenCalled();
  });

  it("says what the summary is about and what it leaves out", () => {
    fakeApplication({});
    show();
    expect(screen.getByText("1 line")).toBeTruthy();
    expect(screen.getByText("Nothing is said about: When to get help; Who to ring")).toBeTruthy();
  });
});
