import { render, screen, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { PLAN, aDesk, aPlan, anAction, day } from "../../ipc/examples";
import { fakeApplication, refuse } from "../../ipc/fake";
import type { ActionView, CarePlanId, FormerPlan } from "../../ipc/bindings";
import CarryOver from "./CarryOver.svelte";
import { PlanRecord } from "./record.svelte";

const FORMER = "7d0f7f58-0000-4000-8000-000000000032" as CarePlanId;
const EARLIER = "7d0f7f58-0000-4000-8000-000000000033" as CarePlanId;
const open = (...actions: ActionView[]): FormerPlan["open"] => actions.map((action) => ({ concern: "Pain", action }));
const clinic = anAction("a-1", { what: "Pain clinic", overdue: true });
const walk = anAction("a-2", { what: "A walk before supper" });
const former = (...actions: ActionView[]): FormerPlan => ({ plan: FORMER, version: 2, agreed: day("2026-10-12", "12-Oct-2026", "12 October 2026"), open: open(...actions) });
/** Of an earlier plan still, under a key that the other has too. */
const earlier: FormerPlan = { plan: EARLIER, version: 1, agreed: day("2026-08-03", "03-Aug-2026", "3 August 2026"), open: open(anAction("a-1", { what: "Ring the kennel" })) };

function show(plans: FormerPlan[] = [former(clinic, walk), earlier]) {
  const read = vi.fn();
  const record = new PlanRecord(aPlan({ former: plans }));
  render(CarryOver, { record, name: "Sam", today: aDesk().today, read });
  return { read, record };
}

describe("what is still open from the plans before", () => {
  it("stands under the day of its plan, with its concern, who does it, and that it is overdue", async () => {
    fakeApplication({});
    const { read } = show();
    const section = within(screen.getByRole("region", { name: "Still open from the plan of 12-Oct-2026" }));
    const [first] = section.getAllByRole("listitem");
    for (const words of ["Pain clinic", "Pain · Refer · Ruth Invented", "by 30-Nov-2026", "Overdue"]) expect(first?.textContent).toContain(words);
    expect(screen.getByRole("region", { name: "Still open from the plan of 03-Aug-2026" })).toBeTruthy();
    await userEvent.click(section.getByRole("button", { name: "Read that plan" }));
    expect(read).toHaveBeenCalledWith(FORMER, 2);
  });

  it("is not there when nothing is open", () => {
    fakeApplication({});
    show([]);
    expect(screen.queryByRole("region")).toBeNull();
    expect(screen.queryByRole("status")).toBeNull();
  });

  it("is carried over one by one, and the keyboard goes on with the next", async () => {
    const app = fakeApplication({ carry_action: () => aPlan({ former: [former(walk), earlier] }) });
    show();
    await userEvent.click(screen.getByRole("button", { name: "Carry over: Pain clinic" }));
    expect(app.asked).toEqual([{ command: "carry_action", request: { plan: PLAN, former: FORMER, action: "a-1" } }]);
    expect((await screen.findByRole("status")).textContent).toBe("Saved. 2 actions are still open from earlier plans.");
    expect(document.activeElement).toBe(screen.getByRole("button", { name: "Carry over: A walk before supper" }));
  });

  it("is ended in its own plan, after which this one is read again", async () => {
    const app = fakeApplication({ end_action: () => aPlan({ id: FORMER }), read_care_plan: () => aPlan() });
    show([earlier]);
    const end = { name: "It has ended: Ring the kennel" };
    await userEvent.click(screen.getByRole("button", end));
    expect(screen.getAllByRole<HTMLInputElement>("radio").filter((radio) => radio.checked)).toEqual([]);
    await userEvent.click(screen.getByRole("radio", { name: "No longer needed" }));
    await userEvent.type(screen.getByLabelText(/What came of it/), "He has died");
    await userEvent.click(screen.getByRole("button", { name: "Save how it ended" }));
    expect(app.asked).toEqual([
      { command: "end_action", request: { plan: EARLIER, action: "a-1", how: "not_needed", outcome: "He has died" } },
      { command: "read_care_plan", request: { plan: PLAN, version: null } },
    ]);
    const said = await screen.findByRole("status");
    expect(said.textContent).toBe("Saved. Nothing is open from earlier plans any more.");
    expect(document.activeElement).toBe(said);
  });

  it("names what is missing beside the right one of two, and puts the keyboard back", async () => {
    fakeApplication({ end_action: () => refuse("field", { fields: [{ field: "how", reason: "missing" }] }) });
    show();
    const end = { name: "It has ended: Ring the kennel" };
    await userEvent.click(screen.getByRole("button", end));
    const form = within(screen.getByRole("form", end));
    await userEvent.click(form.getByRole("button", { name: "Save how it ended" }));
    expect((await form.findByRole("alert")).textContent).toContain("how it ended");
    await userEvent.click(form.getByRole("button", { name: "Cancel" }));
    expect(document.activeElement).toBe(screen.getByRole("button", end));
  });

  it("stays where it is when it cannot be carried any more, and says why", async () => {
    fakeApplication({ carry_action: () => refuse("gone") });
    show([earlier]);
    await userEvent.click(screen.getByRole("button", { name: "Carry over: Ring the kennel" }));
    expect((await screen.findByRole("alert")).dataset["problem"]).toBe("gone");
    expect(screen.getByText("Ring the kennel")).toBeTruthy();
  });
});
