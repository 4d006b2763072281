import { createRawSnippet } from "svelte";
import { render, screen } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import type { ListLine } from "../../ipc/bindings";
import { HNA, PLAN, aBanner, at } from "../../ipc/examples";
import { aGivenPerson, aListLine } from "../../ipc/work_examples";
import List from "./List.svelte";

function show(list: ListLine[]): { step: ReturnType<typeof vi.fn>; place: ReturnType<typeof vi.fn> } {
  const doors = { step: vi.fn(), place: vi.fn() };
  const person = createRawSnippet<[{ family: string }]>((banner) => ({ render: () => `<p>${banner().family}</p>` }));
  render(List, { list, today: "23-Nov-2026", person, name: (banner: { family: string }) => banner.family, ...doors });
  return doors;
}

describe("the clinic list", () => {
  it("says that nobody is on it, and what fills it", () => {
    show([]);
    expect(screen.getByText("Nobody is on the list for today.")).toBeTruthy();
    expect(screen.queryByRole("list")).toBeNull();
  });

  it.each([
    [{ state: "not_started" }, "Start assessment", "Not started"],
    [{ state: "begun", goes_on: { kind: "draft_hna", record: HNA, at: at("09:41") } }, "Continue", "Assessment begun 09:41"],
    [{ state: "begun", goes_on: { kind: "hna_without_plan", record: HNA, at: at("09:21") } }, "Write the plan", "Assessment done 09:21, no plan yet"],
    [{ state: "begun", goes_on: { kind: "hna_without_plan", record: HNA, at: at("09:21", "20-Nov-2026") } }, "Write the plan", "Assessment done 20-Nov-2026, no plan yet"],
    [{ state: "begun", goes_on: { kind: "plan_to_lock", record: PLAN, at: at("09:21") } }, "Open the plan", "Plan written, not agreed yet"],
    [{ state: "assessed", assessed: { hna: HNA, at: at("09:30"), concerns: 0 } }, "Read the assessment", "Assessment done 09:30, no concerns to plan for"],
    [{ state: "assessed", assessed: { hna: HNA, at: at("09:30"), concerns: 2 } }, "Read the assessment", "Assessment done 09:30, no plan wanted"],
    [{ state: "agreed", plan: { id: PLAN, signed: at("09:50"), overdue: 0 } }, "Open the plan", "Plan agreed 09:50"],
    [{ state: "not_started", plan: { id: PLAN, signed: at("09:50", "02-Nov-2026"), overdue: 1 }, former: true }, "Open record", "Not started · Plan agreed 02-Nov-2026 · 1 action overdue"],
    [{ state: "died" }, "Open record", "Died"],
    [{ state: "not_here", banner: null, given: aGivenPerson() }, "Register", "Not on this PC yet"],
    [{ state: "not_here", banner: null, given: { ...aGivenPerson(), nhs_number: null } }, "Compare", "Not on this PC yet"],
    [{ state: "differs", banner: null, given: aGivenPerson() }, "Compare", "The NHS number is somebody’s here with other details"],
  ] satisfies Array<[Partial<ListLine>, string, string]>)("shows %o in words, with the one thing to do", async (more, button, words) => {
    const line = aListLine(more as Partial<ListLine>);
    const doors = show([line]);
    expect(screen.getByText(words)).toBeTruthy();
    await userEvent.click(screen.getByRole("button", { name: new RegExp(`^${button}, `) }));
    expect(doors.step).toHaveBeenCalledExactlyOnceWith(line);
  });

  it("marks who is next, and whoever has a name that is easily taken for another", async () => {
    const first = aListLine({ time: "09:00", record: "v-1", similar: true, banner: aBanner({ family: "Pretend" }) });
    const doors = show([first, aListLine({ time: "09:40", record: "v-2", next: true })]);
    expect(screen.getAllByText("Similar name on this list")).toHaveLength(1);
    expect(screen.getAllByText("Next")).toHaveLength(1);
    expect(document.querySelectorAll(".btn.main")).toHaveLength(1);
    await userEvent.click(screen.getByRole("button", { name: "09:00, Pretend: place on the list" }));
    expect(doors.place).toHaveBeenCalledExactlyOnceWith(first);
  });
});
