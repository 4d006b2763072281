import { render, screen, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import type { ChangeSaid, ChangedView, ChangesView, Stood } from "../../ipc/bindings";
import { HNA, SAM, aBanner, day } from "../../ipc/examples";
import Changes from "./Changes.svelte";
import SinceLast from "./SinceLast.svelte";
import { between, difference, sentence } from "./words";

const days = [day("2026-05-12", "12-May-2026", "12 May 2026"), day("2026-08-18", "18-Aug-2026", "18 August 2026"), day("2026-11-23", "23-Nov-2026", "23 November 2026"), day("2026-12-24", "24-Dec-2026", "24 December 2026")];
const score = (rating: number): Stood => ({ kind: "rated", rating });
const was = (was: number, now: number): ChangeSaid => ({ kind: "was", was, now });
const concern = (text: string, stood: Stood[], since: ChangeSaid, ranked = false, later = false): ChangedView => ({ text, ranked, private: later, stood, since_first: since, since_last: since });

const four: ChangedView[] = [
  concern("Worry", [score(6), score(7)], was(6, 7), true),
  concern("Pain", [score(9), score(6)], was(9, 6)),
  concern("Getting around", [score(6), score(0)], was(6, 0)),
  concern("Sexuality", [score(4), { kind: "declined" }], { kind: "declined", was: 4 }),
  concern("Money", [score(5), { kind: "unanswered" }], { kind: "unanswered", was: 5 }),
  concern("Sleep", [score(2), { kind: "not_raised" }], { kind: "not_raised", was: 2 }),
];
const view = (concerns = four, count = 2): ChangesView => ({ patient: SAM, banner: aBanner(), newest: HNA, assessments: days.slice(0, count).map((on, index) => ({ id: `${index}` as never, on, method: "face_to_face" })), concerns });

describe("change of concerns", () => {
  it("says a sentence first, in the order given, and the table accounts for 0, declined, not answered and not raised", () => {
    render(Changes, { changes: view(), print: vi.fn(), back: vi.fn() });
    const said = screen.getAllByRole("heading", { level: 3 }).map((heading) => heading.textContent);
    expect(said).toEqual([
      "Worry was 6, now 7.",
      "Pain was 9, now 6.",
      "Getting around was 6, now 0.",
      "Sexuality was 4; now did not want to answer.",
      "Money was 5; now not answered.",
      "Sleep was 2; not raised this time.",
    ]);
    const rows = within(screen.getByRole("table")).getAllByRole("row").map((row) => [...row.querySelectorAll("th, td")].map((cell) => cell.textContent?.trim()));
    expect(rows).toEqual([
      ["Concern", "12-May-2026", "18-Aug-2026", "Since first score"],
      ["Worry", "6", "7", "1 higher"],
      ["Pain", "9", "6", "3 lower"],
      ["Getting around", "6", "0", "6 lower"],
      ["Sexuality", "4", "Did not want to answer", "No score now"],
      ["Money", "5", "Not answered", "No score now"],
      ["Sleep", "2", "Not raised", "No score now"],
    ]);
  });

  it("says which one is to be talked about later", () => {
    render(Changes, { changes: view([concern("Worry", [score(6), score(7)], was(6, 7)), concern("Sexuality", [score(4), score(3)], was(4, 3), false, true)]), print: vi.fn(), back: vi.fn() });
    const told = screen.getAllByRole("listitem").map((item) => within(item).queryByText("Talk later") !== null);
    expect(told).toEqual([false, true]);
    const rows = within(screen.getByRole("table")).getAllByRole("row").map((row) => within(row).queryByText("Talk later") !== null);
    expect(rows).toEqual([false, false, true]);
  });

  it("hides the bars from speech, because the table says it all", () => {
    const { container } = render(Changes, { changes: view(), print: vi.fn(), back: vi.fn() });
    const bars = [...container.querySelectorAll<SVGRectElement>(".bar")];
    expect(bars).toHaveLength(9);
    expect(bars.every((bar) => bar.closest("[aria-hidden='true']") !== null)).toBe(true);
    expect(bars.slice(0, 2).map((bar) => bar.getAttribute("width"))).toEqual(["6", "7"]);
  });

  it("stands more assessments than fit beside each other below each other", () => {
    render(Changes, { changes: view([concern("Pain", [score(9), score(7), { kind: "declined" }, score(3)], was(9, 3))], 4), print: vi.fn(), back: vi.fn() });
    const rows = within(screen.getByRole("table")).getAllByRole("row").map((row) => row.textContent?.replace(/\s+/g, " ").trim());
    expect(rows).toEqual(["Pain6 lower", "12-May-20269", "18-Aug-20267", "23-Nov-2026Did not want to answer", "24-Dec-20263"]);
    expect(screen.getByText("Lower at each assessment.")).toBeTruthy();
  });

  it("prints, and has an ending without any concern", async () => {
    const print = vi.fn();
    render(Changes, { changes: view([]), print, back: vi.fn() });
    expect(screen.getByText("Sam had no concerns.")).toBeTruthy();
    await userEvent.click(screen.getByRole("button", { name: "Print for Sam" }));
    expect(print).toHaveBeenCalledOnce();
  });

  it("has words for everything that can be said", () => {
    const said: [ChangeSaid, string, string][] = [
      [was(6, 6), "Pain was 6, still 6.", "Same"],
      [{ kind: "new", now: 6 }, "Pain is new, scored 6.", "New"],
      [{ kind: "first_score", now: 6 }, "Pain has its first score, 6.", "First score"],
      [{ kind: "back", now: 6 }, "Pain is raised again, scored 6.", "First score"],
      [{ kind: "declined", was: null }, "Pain: did not want to answer.", "No score now"],
      [{ kind: "unanswered", was: null }, "Pain: not answered.", "No score now"],
      [{ kind: "not_raised", was: null }, "Pain: not raised this time.", "No score now"],
    ];
    expect(said.map(([one]) => [sentence("Pain", one), difference(one)])).toEqual(said.map(([, words, by]) => [words, by]));
  });

  it("says what lay between only where that adds something", () => {
    expect([[8, 6, 4], [4, 6, 8], [6, 5, 7], [6, 6, 4], [8, 4]].map((scores) => between(scores.map(score)))).toEqual(["Lower at each assessment.", "Higher at each assessment.", "In between it was 5.", "In between it was 6.", ""]);
    expect(between([score(8), score(6), { kind: "declined" }])).toBe("");
  });
});

describe("since last time", () => {
  it("accounts for every concern and leads to all of it", async () => {
    const open = vi.fn();
    const concerns = four.map(({ text, ranked, private: later, since_last }) => ({ text, ranked, private: later, said: since_last }));
    render(SinceLast, { since: { from: days[0]!, to: days[1]!, assessments: 2, concerns }, open });
    const lines = screen.getAllByRole("listitem").map((line) => line.querySelector("p")?.textContent);
    expect(lines).toHaveLength(6);
    expect(lines.slice(0, 4)).toEqual(["Worry was 6, now 7.", "Pain was 9, now 6.", "Getting around was 6, now 0.", "Sexuality was 4; now did not want to answer."]);
    await userEvent.click(screen.getByRole("button", { name: "All 6 concerns over 2 assessments" }));
    expect(open).toHaveBeenCalledOnce();
  });

  it("says which one is to be talked about later", () => {
    const concerns = [false, true].map((later) => ({ text: later ? "Sexuality" : "Pain", ranked: false, private: later, said: was(9, 6) }));
    render(SinceLast, { since: { from: days[0]!, to: days[1]!, assessments: 2, concerns }, open: vi.fn() });
    const told = screen.getAllByRole("listitem").map((line) => within(line).queryByText("Talk later") !== null);
    expect(told).toEqual([false, true]);
  });
});
