import { render, screen } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { HNA, at, day } from "../../ipc/examples";
import type { HnaLine } from "../../ipc/bindings";
import Assessments from "./Assessments.svelte";

const line = (more: Partial<HnaLine> = {}): HnaLine => ({ id: HNA, status: "draft", started: at("09:41"), completed: null, by: "Ruth Invented", concerns: 2, highest: { concern: "Pain", score: 8 }, declined_domains: [], answered_by: "patient", method: "face_to_face", answered_on: null, plan: null, again: false, waits_for_plan: false, plan_offer: null, may_offer_plan: false, sending: "draft", ...more });

describe("assessments of one patient", () => {
  it("goes on with a draft and reads a finished one", async () => {
    const open = vi.fn();
    render(Assessments, { hnas: [line()], name: "Sam", open, writePlan: vi.fn(), offerPlan: vi.fn(), scoreAgain: null });
    await userEvent.click(screen.getByRole("button", { name: /^Continue/ }));
    expect(open).toHaveBeenCalledWith(HNA);
    expect(screen.getByText("Draft, not finished")).toBeTruthy();
  });

  it.each([["waiting", "Waiting to send"], ["sent", "Sent"], ["needs_you", "Needs you"]] as const)("says that a finished one is %s", (sending, words) => {
    render(Assessments, { hnas: [line({ status: "completed", completed: at("10:20"), sending })], name: "Sam", open: vi.fn(), writePlan: vi.fn(), offerPlan: vi.fn(), scoreAgain: null });
    expect(screen.getByText(words)).toBeTruthy();
  });

  it("offers the plan where the application says that one waits, and nowhere else", async () => {
    const writePlan = vi.fn();
    const older = line({ id: "older" as never, status: "completed", completed: at("10:20", "02-Nov-2026") });
    render(Assessments, { hnas: [line({ status: "completed", completed: at("10:20"), waits_for_plan: true }), older], name: "Sam", open: vi.fn(), writePlan, offerPlan: vi.fn(), scoreAgain: null });
    await userEvent.click(screen.getByRole("button", { name: /^Write the plan/ }));
    expect(writePlan).toHaveBeenCalledWith(HNA);
  });

  it("says what came of offering a plan and why, and records an offer where one can be made", async () => {
    const offerPlan = vi.fn();
    const plan_offer = { decision: "declined" as const, on: day("2026-11-20", "20-Nov-2026", "20 November 2026"), reason: "Wants to think first" };
    const older = line({ id: "older" as never, status: "completed", completed: at("10:20", "02-Nov-2026") });
    render(Assessments, { hnas: [line({ status: "completed", completed: at("10:20"), plan_offer, may_offer_plan: true }), older], name: "Sam", open: vi.fn(), writePlan: vi.fn(), offerPlan, scoreAgain: null });
    expect(screen.getByText("Care plan, 20-Nov-2026: Offered, declined · Wants to think first")).toBeTruthy();
    await userEvent.click(screen.getByRole("button", { name: /^Offer of a plan/ }));
    expect(offerPlan).toHaveBeenCalledWith(HNA);
  });

  it("never shows a draft as saved for good, nor no concerns as a blank", () => {
    const { container } = render(Assessments, { hnas: [line({ status: "completed", completed: at("10:20"), sending: "saved_here", concerns: 0, highest: null })], name: "Sam", open: vi.fn(), writePlan: vi.fn(), offerPlan: vi.fn(), scoreAgain: null });
    expect(container.textContent).toContain("Saved here 10:20");
    expect(container.textContent).toContain("Sam has no concerns");
  });

  it.each([
    ["a draft with nothing ticked", { concerns: 0, highest: null }, "The patient · Face to face · Nothing ticked yet"],
    ["a discarded one", { status: "discarded", concerns: 0, highest: null }, "The patient · Face to face"],
    ["a finished one with an area declined", { status: "completed", concerns: 0, highest: null, declined_domains: ["Emotional", "Spiritual"] }, "The patient · Face to face · No concerns in the other areas · did not want to answer: Emotional, Spiritual"],
    ["a finished one with both", { status: "completed", declined_domains: ["Emotional"] }, "The patient · Face to face · 2 concerns · highest Pain at 8 · did not want to answer: Emotional"],
  ] as const)("says of %s no more than was answered", (_, more, words) => {
    render(Assessments, { hnas: [line({ ...more, declined_domains: "declined_domains" in more ? [...more.declined_domains] : [] })], name: "Sam", open: vi.fn(), writePlan: vi.fn(), offerPlan: vi.fn(), scoreAgain: null });
    expect(screen.getByText(words)).toBeTruthy();
  });

  it("goes by the day of a paper form, and says when it was typed in", () => {
    const answered_on = { iso: "2026-11-20", short: "20-Nov-2026", long: "20 November 2026" };
    render(Assessments, { hnas: [line({ method: "paper", answered_on, concerns: 0, highest: null })], name: "Sam", open: vi.fn(), writePlan: vi.fn(), offerPlan: vi.fn(), scoreAgain: null });
    expect(screen.getByText(/20-Nov-2026/, { selector: "p" })).toBeTruthy();
    expect(screen.getByText("The patient · From paper · typed in 23-Nov-2026 · Nothing ticked yet")).toBeTruthy();
  });

  it("says that there is none yet, and what comes next", () => {
    render(Assessments, { hnas: [], name: "Sam", open: vi.fn(), writePlan: vi.fn(), offerPlan: vi.fn(), scoreAgain: null });
    expect(screen.getByText("No assessment yet")).toBeTruthy();
  });

  it("scores the newest finished one again, and no other", async () => {
    const scoreAgain = vi.fn();
    const older = line({ id: "older" as never, status: "completed", completed: at("10:20", "02-Nov-2026") });
    const none = line({ id: "none" as never, status: "completed", completed: at("10:20"), concerns: 0, highest: null });
    render(Assessments, { hnas: [line({ id: "draft" as never }), none, line({ status: "completed", completed: at("10:20"), again: true }), older], name: "Sam", open: vi.fn(), writePlan: vi.fn(), offerPlan: vi.fn(), scoreAgain });
    const buttons = screen.getAllByRole("button", { name: /^Score again/ });
    expect(buttons).toHaveLength(1);
    await userEvent.click(buttons[0]!);
    expect(scoreAgain).toHaveBeenCalledWith(HNA);
    expect(screen.getByText(/concerns scored again/)).toBeTruthy();
  });
});
