import { createRawSnippet } from "svelte";
import { render, screen } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import type { WorkItem } from "../../ipc/bindings";
import { aBanner, at } from "../../ipc/examples";
import { aWorkItem } from "../../ipc/work_examples";
import Work from "./Work.svelte";

function show(work: WorkItem[]): ReturnType<typeof vi.fn> {
  const open = vi.fn();
  const number = createRawSnippet<[WorkItem["banner"]]>((banner) => ({ render: () => `<span>${banner().nhs_number}</span>` }));
  render(Work, { work, whose: "", name: (banner: WorkItem["banner"]) => banner.family, number, does: () => "Sam", open });
  return open;
}

const rows = (): string[] => screen.queryAllByRole("listitem").map((row) => row.textContent.replace(/\s+/g, " ").trim());

describe("the work list", () => {
  it("names an action with who does it, whose work it is, and how late it is", async () => {
    const action = { key: "a-1", concern: "physical.pain", what: "Refer to the dietitian", by: "patient" as const, by_name: "" };
    const item = aWorkItem({ kind: "action_overdue", action, owner: "Tom Invented", mine: false, days: 11 });
    const open = show([item]);
    expect(rows()[0]).toContain("11 days Action overdue: Refer to the dietitian");
    expect(rows()[0]).toContain("Tom Invented");
    expect(rows()[0]).toContain("Sam does it");
    await userEvent.click(screen.getByRole("button", { name: /^Action overdue: Refer to the dietitian, / }));
    expect(open).toHaveBeenCalledExactlyOnceWith(item);
  });

  it("says what needs a person in words, what lies ahead, and what the trust has not taken", () => {
    show([
      aWorkItem({ kind: "not_accepted", noun: "care_plan", owner: "", mine: false, needs_you: true, days: 3, record: "s-1" }),
      aWorkItem({ kind: "offer_due", point: "end_of_treatment", days: -1, record: "p-1" }),
    ]);
    expect(rows()[0]).toMatch(/^3 days Not accepted by the trust: Care plan/);
    expect(rows()[0]).toContain("Needs you");
    expect(rows()[1]).toMatch(/^In 1 day Offer of an assessment due: /);
    expect(rows()[1]).not.toContain("Needs you");
  });

  it("shows the work of one nurse or team", async () => {
    show([
      aWorkItem({ record: "r-1" }),
      aWorkItem({ record: "r-2", owner: "Tom Invented", mine: false }),
      aWorkItem({ record: "r-3", owner: "Cancer Support Workers", team: "Cancer Support Workers", mine: false, my_team: false }),
    ]);
    const choose = async (name: string): Promise<number> => {
      await userEvent.selectOptions(screen.getByLabelText("Whose work"), name);
      return rows().length;
    };
    expect(rows()).toHaveLength(3);
    expect(await choose("Mine")).toBe(1);
    expect(await choose("My team")).toBe(2);
    expect(await choose("Tom Invented")).toBe(1);
    expect(await choose("Team: Cancer Support Workers")).toBe(1);
    expect(screen.getByRole("heading", { level: 2 }).textContent).toContain("(1)");
    expect(await choose("Everybody")).toBe(3);
  });

  it("shows seven, and all when asked", async () => {
    show(Array.from({ length: 9 }, (_, n) => aWorkItem({ record: `r-${n}`, at: at("09:00"), banner: aBanner() })));
    expect(rows()).toHaveLength(7);
    await userEvent.click(screen.getByRole("button", { name: "Show all 9" }));
    expect(rows()).toHaveLength(9);
  });

  it("says so when a nurse has none of it", async () => {
    show([aWorkItem({ mine: false, owner: "Tom Invented" })]);
    await userEvent.selectOptions(screen.getByLabelText("Whose work"), "Mine");
    expect(screen.getByText("Nothing is waiting there.")).toBeTruthy();
  });
});
