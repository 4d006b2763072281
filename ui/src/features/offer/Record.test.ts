import { render, screen } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { HNA, SAM, aDesk, anOverview } from "../../ipc/examples";
import { fakeApplication, refuse } from "../../ipc/fake";
import Record from "./Record.svelte";

const show = (recorded = vi.fn()): ReturnType<typeof vi.fn> => {
  render(Record, { patient: SAM, today: aDesk().today, recorded, back: vi.fn() });
  return recorded;
};
const choose = (name: string): Promise<void> => userEvent.click(screen.getByRole("radio", { name }));
const press = (name: string): Promise<void> => userEvent.click(screen.getByRole("button", { name }));

describe("record an offer", () => {
  it("has nothing chosen, and names each field that is missing", async () => {
    const missing = ["decision", "point", "on"].map((field) => ({ field, reason: "missing" }));
    fakeApplication({ record_offer: () => refuse("field", { fields: missing }) });
    const recorded = show();
    expect(screen.getAllByRole<HTMLInputElement>("radio").filter((radio) => radio.checked)).toEqual([]);
    await press("Record the offer");
    const errors = await screen.findByRole("alert", { name: "Check 3 things" });
    for (const words of ["Choose what came of the offer", "Choose the point of the pathway", "Enter the day of the offer"]) expect(errors.textContent).toContain(words);
    expect(document.activeElement).toBe(errors);
    expect(recorded).not.toHaveBeenCalled();
  });

  it("sends what was chosen and typed, and today when it is asked for", async () => {
    const app = fakeApplication({ record_offer: () => anOverview() });
    const recorded = show();
    await choose("Offered, accepted");
    await choose("During treatment");
    await press("Use today, 23-Nov-2026");
    expect(document.activeElement).toBe(screen.getByRole("button", { name: "Record the offer" }));
    await press("Record the offer");
    const on = { day: "23", month: "11", year: "2026" };
    expect(app.asked).toEqual([{ command: "record_offer", request: { patient: SAM, point: "during_treatment", decision: "accepted", reason: "", on, again: false } }]);
    expect(recorded).toHaveBeenCalledOnce();
  });

  it("asks why only where nobody could know it otherwise", async () => {
    fakeApplication({});
    show();
    await choose("Offered, declined");
    expect(screen.getByLabelText(/The reason/).closest(".nhsuk-form-group")?.textContent).toContain("if known");
    await choose("Offered, not able to complete one");
    expect(screen.getByLabelText("Why?").closest(".nhsuk-form-group")?.textContent).not.toContain("if known");
  });

  it("asks before the same is kept twice, and keeps what was typed", async () => {
    const app = fakeApplication({ record_offer: ({ again }) => (!again ? refuse("duplicate_offer") : anOverview()) });
    const recorded = show();
    await choose("Offered, accepted");
    await press("Record the offer");
    expect((await screen.findByRole("alert")).dataset["problem"]).toBe("duplicate_offer");
    expect(screen.getByRole<HTMLInputElement>("radio", { name: "Offered, accepted" }).checked).toBe(true);
    await press("It was offered again: record it");
    expect(app.asked.map(({ request }) => (request as { again: boolean }).again)).toEqual([false, true]);
    expect(recorded).toHaveBeenCalledOnce();
  });

  it("says that the patient had died by that day", async () => {
    fakeApplication({ record_offer: () => refuse("after_death") });
    const recorded = show();
    await press("Record the offer");
    const alert = await screen.findByRole("alert");
    expect(alert.dataset["problem"]).toBe("after_death");
    expect(alert.textContent).toContain("had died by that day");
    expect(screen.queryByRole("button", { name: "It was offered again: record it" })).toBeNull();
    expect(recorded).not.toHaveBeenCalled();
  });

  it("records the offer of a plan from its assessment, and never asks for the point of the pathway", async () => {
    const app = fakeApplication({ record_plan_offer: () => anOverview() });
    const recorded = vi.fn();
    render(Record, { patient: SAM, from: { hna: HNA, assessed: "20-Nov-2026" }, today: aDesk().today, recorded, back: vi.fn() });
    expect(screen.getByRole("heading", { level: 1, name: "Record an offer of a care plan" })).toBeTruthy();
    expect(screen.getByText(/^From the assessment of 20-Nov-2026/)).toBeTruthy();
    expect(screen.queryByRole("group", { name: "Where on the pathway?" })).toBeNull();
    expect(screen.getAllByRole<HTMLInputElement>("radio").filter((radio) => radio.checked)).toEqual([]);
    await choose("Offered, declined");
    await press("Use today, 23-Nov-2026");
    await press("Record the offer");
    const on = { day: "23", month: "11", year: "2026" };
    expect(app.asked).toEqual([{ command: "record_plan_offer", request: { hna: HNA, decision: "declined", reason: "", on, again: false } }]);
    expect(recorded).toHaveBeenCalledOnce();
  });

  it("says why a plan is not offered: one was agreed, or the day is before the assessment", async () => {
    const answers = [refuse.bind(null, "already_planned"), () => refuse("field", { fields: [{ field: "on", reason: "before_assessment" }] })];
    fakeApplication({ record_plan_offer: () => answers.shift()?.() ?? anOverview() });
    render(Record, { patient: SAM, from: { hna: HNA, assessed: "20-Nov-2026" }, today: aDesk().today, recorded: vi.fn(), back: vi.fn() });
    await press("Record the offer");
    expect((await screen.findByRole("alert")).dataset["problem"]).toBe("already_planned");
    await press("Record the offer");
    expect((await screen.findByRole("alert")).textContent).toContain("This is before the assessment: check the day of the offer");
  });
});
