import { cleanup, render, screen } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { PLAN, aDesk, aPlan, aPlanConcern, aSignature, anAction, at } from "../../ipc/examples";
import { fakeApplication, refuse } from "../../ipc/fake";
import type { CarePlanView } from "../../ipc/bindings";
import { PlanRecord } from "./record.svelte";
import ReadPlan from "./ReadPlan.svelte";

const second = { version: 2, signed: aSignature({ at: at("14:10"), name: "Tom Invented" }) };
const first = { version: 1, signed: aSignature() };
const concerns = [aPlanConcern("emotional.worry", "Worry, fear or anxiety", { actions: [anAction("a-1")] })];
const locked = aPlan({ status: "locked", version: 2, versions: [second, first], signed: second.signed, concerns });

function show(now: CarePlanView = locked, version = now.version) {
  const doors = { open: vi.fn(), toDraft: vi.fn(), print: vi.fn(), compare: vi.fn(), compareFormer: vi.fn() };
  const { rerender } = render(ReadPlan, { record: new PlanRecord(now), shown: { ...now, shown_version: version }, version, today: aDesk().today, back: { label: "Overview", go: vi.fn() }, ...doors });
  return { ...doors, rerender };
}

describe("an agreed plan", () => {
  it("says who agreed it and when, and claims nothing about paper; printing is next", async () => {
    fakeApplication({});
    const { print, open } = show();
    expect(screen.getByRole("heading", { level: 1, name: "Care plan, version 2" })).toBeTruthy();
    expect(screen.getAllByText("Agreed 23-Nov-2026 14:10 by Tom Invented, Cancer nurse specialist")).toHaveLength(2);
    expect(screen.getByText("This plan is agreed and locked.")).toBeTruthy();
    expect(screen.getByRole("table").textContent).toContain("Counselling, Riverside support centre");
    await userEvent.click(screen.getByRole("button", { name: "Print" }));
    expect(print).toHaveBeenCalledOnce();
    await userEvent.click(screen.getByRole("button", { name: "Version 1" }));
    expect(open).toHaveBeenCalledWith(1);
  });

  it("says of an older version that a newer one replaced it", () => {
    fakeApplication({});
    show(locked, 1);
    expect(screen.getByText("Version 2 has replaced this one.")).toBeTruthy();
    expect(screen.getByText("Agreed 23-Nov-2026 10:31 by Ruth Invented, Cancer nurse specialist", { selector: ".page-title p" })).toBeTruthy();
  });

  it("takes how an action ended while it stays locked, and not on an older version or beside a draft", async () => {
    const ended = { ...locked, concerns: [aPlanConcern("emotional.worry", "Worry, fear or anxiety", { actions: [anAction("a-1", { ended: { how: "not_needed", on: aDesk().today }, outcome: "It went by itself" })] })] };
    const app = fakeApplication({ end_action: () => ended });
    const { rerender } = show();
    await userEvent.click(screen.getByRole("button", { name: /^It has ended: action 1,/ }));
    await userEvent.click(screen.getByRole("radio", { name: "No longer needed" }));
    await userEvent.click(screen.getByRole("button", { name: "Save how it ended" }));
    expect(app.asked.at(-1)).toEqual({ command: "end_action", request: { plan: PLAN, action: "a-1", how: "not_needed", outcome: "" } });
    // The plan as it stands is what is in sight.
    await rerender({ shown: { ...ended, shown_version: 2 } });
    expect(await screen.findByRole("button", { name: /^Change how it ended: action 1,/ })).toBeTruthy();
    expect(screen.getByText("This plan is agreed and locked.")).toBeTruthy();
    for (const [now, version] of [
      [locked, 1],
      [{ ...locked, status: "draft" }, 2],
    ] as const) {
      cleanup();
      show(now, version);
      expect(screen.queryByRole("button", { name: /ended/ })).toBeNull();
    }
  });

  it("says why an action that was agreed without a day is not opened again", async () => {
    const ended = aPlanConcern("emotional.worry", "Worry, fear or anxiety", { actions: [anAction("a-1", { due: null, ended: { how: "done", on: aDesk().today } })] });
    fakeApplication({ reopen_action: () => refuse("field", { fields: [{ field: "due", reason: "missing" }] }) });
    show({ ...locked, concerns: [ended] });
    await userEvent.click(screen.getByRole("button", { name: /^Open it again: action 1,/ }));
    expect((await screen.findByRole("alert")).textContent).toContain("agreed without a day");
  });

  it("is unlocked only with a reason", async () => {
    let reason = "";
    const app = fakeApplication({
      unlock_care_plan: (request) => {
        reason = request.reason;
        return reason === "" ? refuse("field", { fields: [{ field: "reason", reason: "missing" }] }) : { ...locked, status: "draft", unlock_reason: reason };
      },
    });
    const { toDraft } = show();
    await userEvent.click(screen.getByRole("button", { name: "Change this plan" }));
    expect(document.activeElement).toBe(screen.getByLabelText("Why it is changed"));
    await userEvent.click(screen.getByRole("button", { name: "Unlock it" }));
    expect(screen.getAllByText("Enter the reason")).toHaveLength(2);
    expect(toDraft).not.toHaveBeenCalled();
    await userEvent.type(screen.getByLabelText("Why it is changed"), "New referral");
    await userEvent.click(screen.getByRole("button", { name: "Unlock it" }));
    expect(app.asked.at(-1)).toEqual({ command: "unlock_care_plan", request: { plan: PLAN, reason: "New referral" } });
    expect(toDraft).toHaveBeenCalledOnce();
  });

  it("is reviewed without a reason", async () => {
    const app = fakeApplication({ review_care_plan: () => ({ ...locked, status: "draft", review: true }) });
    const { toDraft } = show();
    await userEvent.click(screen.getByRole("button", { name: "Start the review" }));
    expect(app.asked).toEqual([{ command: "review_care_plan", request: { plan: PLAN } }]);
    expect(toDraft).toHaveBeenCalledOnce();
  });

  it("says why it is not reviewed, and stays", async () => {
    fakeApplication({ review_care_plan: () => refuse("after_death") });
    const { toDraft } = show();
    await userEvent.click(screen.getByRole("button", { name: "Start the review" }));
    expect((await screen.findByRole("alert")).dataset["problem"]).toBe("after_death");
    expect(toDraft).not.toHaveBeenCalled();
  });

  it("is compared with another version, the draft and the plan before it, the older first", async () => {
    fakeApplication({});
    const now: CarePlanView = { ...locked, status: "draft", follows: "former" as never };
    const { compare, compareFormer } = show(now, 1);
    await userEvent.click(screen.getByRole("button", { name: "Compare with version 2" }));
    expect(compare).toHaveBeenLastCalledWith(1, 2);
    await userEvent.click(screen.getByRole("button", { name: "Compare with the draft of version 3" }));
    expect(compare).toHaveBeenLastCalledWith(1, null);
    await userEvent.click(screen.getByRole("button", { name: "Compare with the plan before this one" }));
    expect(compareFormer).toHaveBeenCalledOnce();
    cleanup();
    const again = show(now, 2);
    await userEvent.click(screen.getByRole("button", { name: "Compare with version 1" }));
    expect(again.compare).toHaveBeenLastCalledWith(1, 2);
  });

  it("puts the keyboard back when the reason is not given after all", async () => {
    fakeApplication({});
    show();
    await userEvent.click(screen.getByRole("button", { name: "Change this plan" }));
    await userEvent.click(screen.getByRole("button", { name: "Cancel" }));
    expect(document.activeElement).toBe(screen.getByRole("button", { name: "Change this plan" }));
  });

  it("leads on to the version that is being written, and is not unlocked a second time", async () => {
    fakeApplication({});
    const { toDraft } = show({ ...locked, status: "draft", unlock_reason: "New referral" });
    expect(screen.getByText("Version 3 is being written. Version 2, shown here, holds until then.")).toBeTruthy();
    expect(screen.queryByRole("button", { name: "Change this plan" })).toBeNull();
    await userEvent.click(screen.getByRole("button", { name: "Go on with version 3" }));
    expect(toDraft).toHaveBeenCalledOnce();
  });
});
