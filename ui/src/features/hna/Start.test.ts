import { render, screen } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { HNA, SAM, anHna } from "../../ipc/examples";
import { fakeApplication, refuse } from "../../ipc/fake";
import Start from "./Start.svelte";

const doors = () => ({ started: vi.fn(), print: vi.fn(), printAgain: vi.fn(), invite: vi.fn() });
const show = (given = doors()): ReturnType<typeof doors> => {
  render(Start, { patient: SAM, name: "Sam", again: null, ...given, back: vi.fn() });
  return given;
};
const start = (): Promise<void> => userEvent.click(screen.getByRole("button", { name: "Start the assessment" }));
const choose = (name: string): Promise<void> => userEvent.click(screen.getByRole("radio", { name }));
const noChoice = { list_checklists: () => ({ offered: [], refused: [] }) };

async function answer(method = "Telephone"): Promise<void> {
  const [day, month] = [screen.getAllByLabelText("Day")[0]!, screen.getAllByLabelText("Month")[0]!];
  await userEvent.type(day, "2");
  await userEvent.type(month, "3");
  for (const name of ["The patient", method, "During treatment"]) await choose(name);
}

const sent = { patient: SAM, day: "2", month: "3", answered_by: "patient", helper: "", method: "telephone", pathway_point: "during_treatment", checklist: null, answered_on: null };

describe("score again", () => {
  it("asks for the same but the checklist, which is the former one, and names the former assessment", async () => {
    const app = fakeApplication({ score_again: () => anHna() });
    const given = doors();
    render(Start, { patient: SAM, name: "Sam", again: { hna: HNA, date: "12-Oct-2026" }, ...given, back: vi.fn() });
    expect(screen.getByText("The concerns of 12-Oct-2026 are listed, to be scored from 0 to 10. More can be ticked.")).toBeTruthy();
    expect(screen.queryByText("A form on paper")).toBeNull();
    await answer();
    await userEvent.click(screen.getByRole("button", { name: "Start to score again" }));
    const { day, month, answered_by, helper, method, pathway_point, answered_on } = sent;
    expect(app.asked).toEqual([{ command: "score_again", request: { hna: HNA, day, month, answered_by, helper, method, pathway_point, answered_on } }]);
    expect(given.started).toHaveBeenCalledOnce();
  });

  it("offers the form with a 0 and the invitation, both of the former assessment, and no form of another checklist", async () => {
    fakeApplication({});
    const given = doors();
    render(Start, { patient: SAM, name: "Sam", again: { hna: HNA, date: "12-Oct-2026" }, ...given, back: vi.fn() });
    await userEvent.click(screen.getByRole("button", { name: "Print a form for Sam" }));
    await userEvent.click(screen.getByRole("button", { name: "Invite Sam to answer at home" }));
    expect([given.printAgain.mock.calls, given.invite.mock.calls]).toEqual([[[HNA]], [[HNA]]]);
    expect(screen.queryByRole("button", { name: /blank form/ })).toBeNull();
  });
});

describe("start an assessment", () => {
  it("has nothing chosen, and asks for everything it needs", async () => {
    const app = fakeApplication(noChoice);
    show();
    expect(screen.getAllByRole<HTMLInputElement>("radio").filter((radio) => radio.checked)).toEqual([]);
    await start();
    expect(app.asked.map(({ command }) => command)).toEqual(["list_checklists"]);
    expect(document.activeElement).toBe(screen.getByRole("alert", { name: "Check 4 things" }));
  });

  it("starts with the typed day and month, as typed", async () => {
    const app = fakeApplication({ ...noChoice, start_hna: () => anHna() });
    const { started } = show();
    await answer();
    await start();
    expect(app.asked.at(-1)).toEqual({ command: "start_hna", request: sent });
    expect(started).toHaveBeenCalledWith(anHna());
  });

  it("asks of a paper form, and of nothing else, when it was filled in", async () => {
    const app = fakeApplication({ ...noChoice, start_hna: () => anHna() });
    show();
    await answer();
    expect(screen.queryByRole("group", { name: "When was the form filled in?" })).toBeNull();
    await choose("From paper");
    const when = screen.getByRole("group", { name: "When was the form filled in?" });
    await start();
    expect(screen.getAllByText("Enter the day on which the form was filled in")).toHaveLength(2);
    expect(app.asked.map(({ command }) => command)).toEqual(["list_checklists"]);
    for (const [part, typed] of [["day", "20"], ["month", "nov"], ["year", "2026"]] as const) await userEvent.type(when.querySelector(`#answered_on-${part}`)!, typed);
    await start();
    expect(app.asked.at(-1)).toEqual({ command: "start_hna", request: { ...sent, method: "paper", answered_on: { day: "20", month: "nov", year: "2026" } } });
  });

  it("says beside it why the day of a paper form cannot be right", async () => {
    fakeApplication({ ...noChoice, start_hna: () => refuse("field", { fields: [{ field: "answered_on", reason: "in_future" }] }) });
    show();
    await answer("From paper");
    for (const part of ["day", "month", "year"]) await userEvent.type(document.getElementById(`answered_on-${part}`)!, "2");
    await start();
    const said = await screen.findAllByText("This day is in the future: check the day on which the form was filled in");
    expect(said.map((one) => one.id)).toContain("answered_on-error");
  });

  it("does not send the day of a form when the answers are taken otherwise after all", async () => {
    const app = fakeApplication({ ...noChoice, start_hna: () => anHna() });
    show();
    await answer("From paper");
    await userEvent.type(document.getElementById("answered_on-day")!, "20");
    await choose("Telephone");
    await start();
    expect(app.asked.at(-1)?.request).toEqual(sent);
  });

  it("starts nothing for another day of birth, and keeps the answers", async () => {
    fakeApplication({ ...noChoice, start_hna: () => refuse("identity_differs") });
    const { started } = show();
    await answer();
    const scrolled = vi.spyOn(Element.prototype, "scrollIntoView");
    await start();
    expect((await screen.findByRole("alert")).dataset["problem"]).toBe("identity_differs");
    expect(started).not.toHaveBeenCalled();
    expect(document.activeElement).toBe(screen.getByRole("alert"));
    expect(scrolled.mock.contexts).toEqual([screen.getByRole("alert")]);
    expect(screen.getByRole<HTMLInputElement>("radio", { name: "Telephone" }).checked).toBe(true);
  });

  it("asks who helps only when somebody does", async () => {
    fakeApplication(noChoice);
    show();
    expect(screen.queryByLabelText("Who helps or interprets?")).toBeNull();
    for (const who of ["The patient, with help", "A carer", "Through an interpreter"]) {
      await choose(who);
      expect(screen.getByLabelText("Who helps or interprets?")).toBeTruthy();
    }
  });

  it("leads to the form to print of the chosen checklist, with the name or without", async () => {
    const key = "https://example.test/easy|1";
    const line = { key: "https://example.test/usual|1", title: "Usual", language: "en-GB", kind: "standard", concerns: 3, usual: true } as const;
    fakeApplication({ list_checklists: () => ({ offered: [line, { ...line, key, title: "Easy", kind: "easy_read", usual: false }], refused: [] }) });
    const { print } = show();
    await userEvent.click(screen.getByRole("button", { name: "Print a blank form for Sam" }));
    await screen.findByText("Another checklist");
    await userEvent.click(screen.getByRole("radio", { name: /^Easy/, hidden: true }));
    await userEvent.click(screen.getByRole("button", { name: "Print a blank form without a name" }));
    expect(print.mock.calls).toEqual([[null, true], [key, false]]);
  });
});
