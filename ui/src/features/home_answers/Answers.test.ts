import { render, screen } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { HNA, SAM, aBanner, at, day } from "../../ipc/examples";
import { fakeApplication, refuse } from "../../ipc/fake";
import type { AnswersView } from "../../ipc/bindings";
import { ANSWERS, anAnswersView } from "../../ipc/home_examples";
import Answers from "./Answers.svelte";
import Unmatched from "./Unmatched.svelte";

function show(view: AnswersView = anAnswersView()) {
  const doors = { cleared: vi.fn(), read: vi.fn(), book: vi.fn(), overview: vi.fn() };
  const { container } = render(Answers, { view, back: { label: "Today", go: vi.fn() }, ...doors });
  return { container, ...doors };
}
const clear = (): Promise<void> => userEvent.click(screen.getByRole("button", { name: "Clear the alert" }));

describe("answers from home", () => {
  it("says what came, when, for whom and how much", () => {
    const { container } = show();
    const facts = container.querySelector("dl")?.textContent;
    for (const part of ["22-Nov-2026", "2, highest Pain at 8", "23-Nov-2026 09:12", "answers.json", "20-Nov-2026, by Ruth Invented"]) expect(facts).toContain(part);
  });

  it("is cleared only by saying what was done", async () => {
    const app = fakeApplication({ clear_alert: () => refuse("field", { fields: [{ field: "done", reason: "missing" }] }) });
    const { cleared } = show();
    await clear();
    expect(await screen.findByRole("link", { name: "Enter what was done" })).toBeTruthy();
    expect(cleared).not.toHaveBeenCalled();
    const done = anAnswersView({ alert: false }, { cleared: { at: at("09:30"), by: "Ruth Invented", done: "Rang Sam" } });
    app.answers.clear_alert = () => done;
    await userEvent.type(screen.getByLabelText("What was done"), "Rang Sam");
    await clear();
    expect(app.asked.at(-1)).toEqual({ command: "clear_alert", request: { answers: ANSWERS, done: "Rang Sam" } });
    expect(cleared).toHaveBeenCalledWith(done);
  });

  it("offers to book the talk before and after, about this assessment", async () => {
    const { book } = show();
    expect(screen.getByRole("button", { name: "Book the talk" }).classList.contains("main")).toBe(false);
    await userEvent.click(screen.getByRole("button", { name: "Book the talk" }));
    expect(book).toHaveBeenCalledWith(SAM, HNA);
  });

  it("shows what was done once the alert is cleared, and the talk is next", () => {
    show(anAnswersView({ alert: false }, { cleared: { at: at("09:30"), by: "Tom Invented", done: "Rang Sam" } }));
    expect(screen.getByText("Rang Sam")).toBeTruthy();
    expect(screen.getByText("23-Nov-2026 09:30 by Tom Invented")).toBeTruthy();
    expect(screen.queryByLabelText("What was done")).toBeNull();
    expect(screen.getByRole("button", { name: "Book the talk" }).classList.contains("main")).toBe(true);
  });

  it("books no talk with somebody who has died", () => {
    show(anAnswersView({}, { banner: aBanner({ died: day("2026-11-22", "22-Nov-2026", "22 November 2026") }) }));
    expect(screen.queryByRole("button", { name: "Book the talk" })).toBeNull();
    expect(screen.getByRole("button", { name: "Read the assessment" })).toBeTruthy();
  });

  it("says of refused ones that they stand in nobody’s record, with the reason", () => {
    show(anAnswersView({ state: "refused", hna: null, alert: false }, { banner: null, refuse_reason: "Another hospital’s patient" }));
    expect(screen.getByText("These answers were not taken. They stand in nobody’s record.")).toBeTruthy();
    expect(screen.getByText("Another hospital’s patient")).toBeTruthy();
    expect(screen.queryByRole("button", { name: "Book the talk" })).toBeNull();
  });

  it("says that no concern was ticked, in words", () => {
    const { container } = show(anAnswersView({ concerns: 0, highest: null }));
    expect(container.querySelector("dl")?.textContent).toContain("None");
  });
});

describe("answers that match nobody here", () => {
  it("are listed with whom they name and how old they are, and are compared", async () => {
    const open = vi.fn();
    const line = anAnswersView({ state: "to_confirm", given: { family: "", given: "", born: null, nhs_number: null, code: "X" } }, {}).line;
    render(Unmatched, { unmatched: [anAnswersView({ state: "to_confirm" }).line, { ...line, id: "other" as never }], open });
    expect(screen.getByRole("heading", { name: "Answers that match nobody here (2)" })).toBeTruthy();
    const rows = screen.getAllByRole("listitem").map((row) => row.textContent.replace(/\s+/g, " ").trim());
    expect(rows[0]).toBe("INVENTED-BELL, Samuel John Born 02-Mar-1961 · NHS No. 999 000 0026 Answered 22-Nov-2026, taken in 23-Nov-2026 · Ruth Invented Compare");
    expect(rows[1]).toContain("Not in the file");
    await userEvent.click(screen.getByRole("button", { name: "Compare the answers of INVENTED-BELL, Samuel John" }));
    expect(open).toHaveBeenCalledWith(ANSWERS);
  });
});
