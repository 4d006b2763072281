import { render, screen } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { SAM, aBanner, anOverview, day } from "../../ipc/examples";
import { fakeApplication, refuse } from "../../ipc/fake";
import Death from "./Death.svelte";

const died = day("2026-11-20", "20-Nov-2026", "20 November 2026");
const show = (more: Parameters<typeof aBanner>[0] = {}, takenBack: string | null = null): ReturnType<typeof vi.fn> => {
  const done = vi.fn();
  render(Death, { banner: aBanner(more), takenBack, done, back: vi.fn() });
  return done;
};
const press = (name: string): Promise<void> => userEvent.click(screen.getByRole("button", { name }));

async function fill(): Promise<void> {
  const [bornDay, diedDay] = screen.getAllByLabelText("Day");
  const [bornMonth, diedMonth] = screen.getAllByLabelText("Month");
  for (const [box, typed] of [[bornDay, "2"], [bornMonth, "3"], [diedDay, "20"], [diedMonth, "11"], [screen.getByLabelText("Year"), "2026"]] as const) await userEvent.type(box as HTMLElement, typed);
}

describe("record a death", () => {
  it("needs the birthday, typed, before anything is asked", async () => {
    const app = fakeApplication({});
    show();
    await press("Record the death");
    expect((await screen.findByRole("alert")).textContent).toContain("Enter the day and month of birth");
    expect(app.asked).toEqual([]);
  });

  it("sends both days as typed", async () => {
    const app = fakeApplication({ record_death: () => anOverview() });
    const done = show();
    await fill();
    await press("Record the death");
    expect(app.asked).toEqual([{ command: "record_death", request: { patient: SAM, day: "2", month: "3", died: { day: "20", month: "11", year: "2026" }, sure: false } }]);
    expect(done).toHaveBeenCalledOnce();
  });

  it("asks whether the day is right when something is dated after it", async () => {
    const app = fakeApplication({ record_death: ({ sure }) => (sure ? anOverview() : refuse("events_after_death")) });
    const done = show();
    await fill();
    await press("Record the death");
    expect((await screen.findByRole("alert")).dataset["problem"]).toBe("events_after_death");
    expect(done).not.toHaveBeenCalled();
    await press("The day is right: record it");
    expect(app.asked.map(({ request }) => (request as { sure: boolean }).sure)).toEqual([false, true]);
    expect(done).toHaveBeenCalledOnce();
  });

  it("names the day when it cannot be, and says nothing of another cause", async () => {
    fakeApplication({ record_death: () => refuse("field", { fields: [{ field: "died", reason: "in_future" }] }) });
    show();
    await fill();
    await press("Record the death");
    expect((await screen.findByRole("alert")).textContent).toContain("This day is in the future: check the day of death");
  });

  it("says that one was taken back before, and why", () => {
    show({}, "Somebody else of that name");
    expect(screen.getByText(/taken back: Somebody else of that name/)).toBeTruthy();
  });

  it("takes back a recorded one with a reason, and records no second", async () => {
    const app = fakeApplication({ take_back_death: () => anOverview() });
    const done = show({ died });
    expect(screen.getByText("Sam died on 20-Nov-2026")).toBeTruthy();
    expect(screen.queryByRole("button", { name: "Record the death" })).toBeNull();
    await userEvent.type(screen.getByLabelText("Reason"), "Another Sam");
    await press("Take it back");
    expect(app.asked).toEqual([{ command: "take_back_death", request: { patient: SAM, reason: "Another Sam" } }]);
    expect(done).toHaveBeenCalledOnce();
  });

  it("names the reason when it is missing", async () => {
    fakeApplication({ take_back_death: () => refuse("field", { fields: [{ field: "reason", reason: "missing" }] }) });
    show({ died });
    await press("Take it back");
    expect((await screen.findByRole("alert")).textContent).toContain("Enter the reason");
  });
});
