import { render, screen } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { createRawSnippet } from "svelte";
import { describe, expect, it, vi } from "vitest";
import type { HnaId } from "../../ipc/bindings";
import { HNA, SAM } from "../../ipc/examples";
import { fakeApplication, refuse } from "../../ipc/fake";
import { anInvitationView } from "../../ipc/home_examples";
import Invite from "./Invite.svelte";

function show(checklist: string | null = null, portal = true, again: { hna: HnaId; date: string } | null = null) {
  const invited = vi.fn();
  // Stands in for the choice of another checklist, and says what it is told is wrong with it.
  const chooser = createRawSnippet<[string | undefined]>((error) => ({ render: () => `<p>Another checklist ${error() ?? ""}</p>` }));
  render(Invite, { patient: SAM, name: "Sam", points: ["initial_diagnosis", "during_treatment"], again, checklist, portal, chooser, invited, back: vi.fn() });
  return invited;
}
const send = (): Promise<void> => userEvent.click(screen.getByRole("button", { name: "Invite" }));
const choose = (name: RegExp): Promise<void> => userEvent.click(screen.getByRole("radio", { name }));

async function answer(kind: RegExp): Promise<void> {
  await userEvent.type(screen.getByLabelText("Day"), "2");
  await userEvent.type(screen.getByLabelText("Month"), "3");
  await choose(kind);
  await choose(/^During treatment/);
}

describe("invite a patient to answer at home", () => {
  it("has nothing chosen, and names each thing that is missing", async () => {
    const app = fakeApplication({});
    show();
    expect(screen.getAllByRole<HTMLInputElement>("radio").filter((radio) => radio.checked)).toEqual([]);
    await send();
    expect(app.asked).toEqual([]);
    expect(document.activeElement).toBe(screen.getByRole("alert", { name: "Check 3 things" }));
    for (const words of ["Enter the day and month of birth", "Choose which code", "Choose the point of the pathway"]) expect(screen.getByRole("link", { name: words })).toBeTruthy();
  });

  it("makes a code for the portal, which needs a last day", async () => {
    const app = fakeApplication({ invite: () => anInvitationView() });
    const invited = show("https://example.test/easy|1");
    await answer(/^Make a code for our portal/);
    expect(screen.queryByLabelText("Code that My Care Plan gave")).toBeNull();
    await send();
    expect(screen.getByRole("link", { name: "Enter the last day to answer" })).toBeTruthy();
    expect(app.asked).toEqual([]);
    await userEvent.type(screen.getByLabelText("Last day to answer"), "20-Dec-2026");
    await send();
    expect(app.asked).toEqual([
      { command: "invite", request: { patient: SAM, day: "2", month: "3", kind: "issued", code: "", checklist: "https://example.test/easy|1", again: null, pathway_point: "during_treatment", expires: "20-Dec-2026" } },
    ]);
    expect(invited).toHaveBeenCalledWith(anInvitationView());
  });

  it("records the code that the website gave, with or without a last day", async () => {
    const app = fakeApplication({ invite: () => anInvitationView({ kind: "recorded" }) });
    show();
    await answer(/^Record the code that My Care Plan gave/);
    await send();
    expect(screen.getByRole("link", { name: "Enter the code" })).toBeTruthy();
    await userEvent.type(screen.getByLabelText("Code that My Care Plan gave"), "mcp-4711");
    expect(screen.getByLabelText(/^Last day to answer, if known/)).toBeTruthy();
    await send();
    expect(app.asked.map((asked) => asked.request)).toEqual([{ patient: SAM, day: "2", month: "3", kind: "recorded", code: "mcp-4711", checklist: null, again: null, pathway_point: "during_treatment", expires: "" }]);
  });

  it("offers no code made here where no portal is set up, says so, and asks for the one of the website", async () => {
    const app = fakeApplication({ invite: () => anInvitationView({ kind: "recorded" }) });
    show(null, false);
    expect(screen.queryByRole("radio", { name: /^Make a code/ })).toBeNull();
    expect(screen.getByText(/^Your trust has set up no portal on this PC/)).toBeTruthy();
    await userEvent.type(screen.getByLabelText("Day"), "2");
    await userEvent.type(screen.getByLabelText("Month"), "3");
    await choose(/^During treatment/);
    await userEvent.type(screen.getByLabelText("Code that My Care Plan gave"), "mcp-4711");
    await send();
    expect(app.asked[0]?.request).toMatchObject({ kind: "recorded", code: "mcp-4711" });
  });

  it("asks to score again on the checklist of the former assessment, which it names", async () => {
    const app = fakeApplication({ invite: () => anInvitationView() });
    show("https://example.test/easy|1", true, { hna: HNA, date: "12-Oct-2026" });
    expect(screen.getByRole("heading", { name: "Invite Sam to score again at home" })).toBeTruthy();
    expect(screen.getByText(/^The concerns of 12-Oct-2026 can be scored from 0 to 10/)).toBeTruthy();
    expect(screen.queryByText(/^Another checklist/)).toBeNull();
    await answer(/^Make a code/);
    await userEvent.type(screen.getByLabelText("Last day to answer"), "20-Dec-2026");
    await send();
    expect(app.asked[0]?.request).toMatchObject({ checklist: null, again: HNA });
  });

  it("keeps no code of a kind that was chosen first and is not meant any more", async () => {
    const app = fakeApplication({ invite: () => anInvitationView() });
    show();
    await answer(/^Record the code/);
    await userEvent.type(screen.getByLabelText("Code that My Care Plan gave"), "mcp-4711");
    await choose(/^Make a code/);
    await userEvent.type(screen.getByLabelText("Last day to answer"), "20-Dec-2026");
    await send();
    expect(app.asked[0]?.request).toMatchObject({ kind: "issued", code: "" });
  });

  it.each([
    ["too_far", "expires", "This is too far ahead: check the last day to answer"],
    ["in_past", "expires", "This day is past: check the last day to answer"],
    ["too_long", "code", "This is too long: shorten the code"],
  ])("says of what was refused as %s which field it is", async (reason, field, words) => {
    fakeApplication({ invite: () => refuse("field", { fields: [{ field, reason }] }) });
    const invited = show();
    await answer(/^Record the code/);
    await userEvent.type(screen.getByLabelText("Code that My Care Plan gave"), "mcp-4711");
    await send();
    expect(await screen.findByRole("link", { name: words })).toBeTruthy();
    expect(invited).not.toHaveBeenCalled();
  });

  it("says that no portal is set up, and keeps what was typed", async () => {
    fakeApplication({ invite: () => refuse("no_portal") });
    show();
    await answer(/^Make a code/);
    await userEvent.type(screen.getByLabelText("Last day to answer"), "20-Dec-2026");
    await send();
    expect((await screen.findByRole("alert")).dataset["problem"]).toBe("no_portal");
    expect(document.activeElement).toBe(screen.getByRole("alert"));
    expect(screen.getByLabelText<HTMLInputElement>("Last day to answer").value).toBe("20-Dec-2026");
  });
});
