import { render, screen } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { createRawSnippet } from "svelte";
import { describe, expect, it, vi } from "vitest";
import { HNA, SAM, aBanner, day } from "../../ipc/examples";
import { fakeApplication, refuse } from "../../ipc/fake";
import { problem } from "../../ipc/call";
import type { AnswersLine, AnswersView, Banner } from "../../ipc/bindings";
import { ANSWERS, anAnswersView, anInvitation } from "../../ipc/home_examples";
import Confirm from "./Confirm.svelte";

const waiting = (line: Partial<AnswersLine> = {}, more: Partial<AnswersView> = {}): AnswersView =>
  anAnswersView({ state: "to_confirm", doubts: ["recorded_code", "other_name"], hna: null, alert: false, ...line }, { pathway_point: null, ...more });

const number = createRawSnippet<[Banner]>((banner) => ({ render: () => `<span>${banner().nhs_number} TEST</span>` }));

function show(view: AnswersView = waiting()) {
  const doors = { confirmed: vi.fn(), refuse: vi.fn(async (): Promise<ReturnType<typeof problem> | null> => null), find: vi.fn(), register: vi.fn() };
  const { container } = render(Confirm, { view, number, points: ["initial_diagnosis", "during_treatment"], back: { label: "Today", go: vi.fn() }, ...doors });
  return { container, ...doors };
}
const confirm = (): Promise<void> => userEvent.click(screen.getByRole("button", { name: "Take them into Sam’s record" }));

describe("whose answers are these?", () => {
  it("puts both sides beside each other, fact by fact, and says what is in neither", () => {
    const { container } = show(waiting({ given: { family: "Invented-Bel", given: "Samuel", born: day("1961-03-02", "02-Mar-1961", "2 March 1961"), nhs_number: null, code: "MCP-4711" } }, { invitation: null }));
    const facts = Object.fromEntries([...container.querySelectorAll<HTMLTableRowElement>("tr[data-fact]")].map((row) => [row.dataset["fact"], [...row.cells].slice(1).map((cell) => cell.textContent)]));
    expect(facts).toEqual({
      family: ["INVENTED-BEL", "INVENTED-BELL"],
      given: ["Samuel", "Samuel John"],
      born: ["02-Mar-1961", "02-Mar-1961"],
      nhs_number: ["Not in the file", "999 000 0026 TEST"],
      code: ["MCP-4711", "Not recorded"],
    });
    for (const words of ["The code is one of My Care Plan, and the file has no date of birth to check it by.", "The family name in the file is another one than on this PC."]) expect(screen.getByText(words)).toBeTruthy();
  });

  it("takes nothing without the day and month of birth and the point of the pathway, of which none is chosen", async () => {
    const app = fakeApplication({});
    const { confirmed } = show();
    expect(screen.getAllByRole<HTMLInputElement>("radio").filter((radio) => radio.checked)).toEqual([]);
    await confirm();
    expect(app.asked).toEqual([]);
    expect(document.activeElement).toBe(screen.getByRole("alert", { name: "Check 2 things" }));
    expect(confirmed).not.toHaveBeenCalled();
  });

  it("takes them for the patient who was compared", async () => {
    const app = fakeApplication({ confirm_answers: () => anAnswersView() });
    const { confirmed } = show();
    await userEvent.type(screen.getByLabelText("Day"), "2");
    await userEvent.type(screen.getByLabelText("Month"), "3");
    await userEvent.click(screen.getByRole("radio", { name: "During treatment" }));
    await confirm();
    expect(app.asked).toEqual([{ command: "confirm_answers", request: { answers: ANSWERS, patient: SAM, day: "2", month: "3", pathway_point: "during_treatment" } }]);
    expect(confirmed).toHaveBeenCalled();
  });

  it("asks for no point of the pathway where an invitation says it", () => {
    show(waiting({}, { pathway_point: "during_treatment" }));
    expect(screen.queryByRole("radio")).toBeNull();
  });

  it.each(["identity_differs", "no_match", "changed_meanwhile"] as const)("takes nothing when the answer is %s", async (code) => {
    fakeApplication({ confirm_answers: () => refuse(code) });
    const { confirmed } = show(waiting({}, { pathway_point: "during_treatment" }));
    await userEvent.type(screen.getByLabelText("Day"), "3");
    await userEvent.type(screen.getByLabelText("Month"), "3");
    await confirm();
    expect((await screen.findByRole("alert")).dataset["problem"]).toBe(code);
    expect(confirmed).not.toHaveBeenCalled();
  });

  it("has a way out for answers that are not taken, with a reason", async () => {
    const { refuse: refused } = show();
    await userEvent.click(screen.getByRole("button", { name: "Do not take these answers" }));
    expect(document.activeElement).toBe(screen.getByLabelText("Reason"));
    refused.mockResolvedValueOnce({ ...problem("field"), fields: [{ field: "reason", reason: "missing" }] });
    await userEvent.keyboard("{Enter}");
    expect(await screen.findByRole("link", { name: "Enter the reason" })).toBeTruthy();
    await userEvent.type(screen.getByLabelText("Reason"), "Another hospital’s patient{Enter}");
    expect(refused).toHaveBeenLastCalledWith("Another hospital’s patient");
  });

  const died = day("2026-11-20", "20-Nov-2026", "20 November 2026");

  it("confirms nothing of somebody who had died, says why, and can still be refused", () => {
    show(waiting({ doubts: ["died"] }, { banner: aBanner({ died }) }));
    expect(screen.queryByLabelText("Day")).toBeNull();
    expect(screen.getByText("Sam had died by the day of these answers, so they cannot be taken in.")).toBeTruthy();
    expect(screen.getByRole("button", { name: "Do not take these answers" })).toBeTruthy();
  });

  it("still asks about somebody who lives when whoever was given the code has died", () => {
    show(waiting({ doubts: ["other_patient", "died"] }, { invitation: null }));
    expect(screen.getByLabelText("Day")).toBeTruthy();
  });

  it("promises no match to answers with a 0 that only the invited patient can give", () => {
    show(waiting({ doubts: ["other_patient", "nought"] }, { banner: null, invitation: null }));
    expect(screen.getByText("They score a concern 0, which only whoever was invited to score again can do.")).toBeTruthy();
    expect(screen.getByText("These answers can go into nobody else’s record.")).toBeTruthy();
    for (const name of ["Find a patient", "Register a new patient"]) expect(screen.queryByRole("button", { name })).toBeNull();
    expect(screen.getByRole("button", { name: "Do not take these answers" })).toBeTruthy();
  });

  it("says that concerns were to be scored again", () => {
    show(waiting({}, { invitation: anInvitation({ again: HNA }) }));
    expect(screen.getByText("to score concerns again").previousElementSibling?.textContent).toBe("Asked for");
  });

  it.each([{ born: null }, { nhs_number: null }, { family: "" }])("promises no match by registering when the file lacks %o", (lack) => {
    const { given } = waiting().line;
    show(waiting({ doubts: ["unknown_invitation"], given: { ...given, ...lack } }, { banner: null, invitation: null }));
    expect(screen.getByText(/^Registering somebody does not change that\./)).toBeTruthy();
    expect(screen.queryByRole("button", { name: "Register a new patient" })).toBeNull();
    expect(screen.getByRole("button", { name: "Find a patient" })).toBeTruthy();
  });

  it("confirms nothing when nobody here matches: find, register, or refuse", async () => {
    const { find, register } = show(waiting({}, { banner: null }));
    expect(screen.queryByLabelText("Day")).toBeNull();
    await userEvent.click(screen.getByRole("button", { name: "Find a patient" }));
    await userEvent.click(screen.getByRole("button", { name: "Register a new patient" }));
    expect([find, register].map((door) => door.mock.calls.length)).toEqual([1, 1]);
    expect(screen.getByRole("button", { name: "Do not take these answers" })).toBeTruthy();
  });
});
