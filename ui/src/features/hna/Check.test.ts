import { render, screen } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { HNA, UNANSWERED, aChecklist, aConcern, anHna, at, rated } from "../../ipc/examples";
import { fakeApplication, refuse } from "../../ipc/fake";
import type { HnaView } from "../../ipc/bindings";
import Check from "./Check.svelte";
import { HnaRecord } from "./record.svelte";

const full = anHna({
  concerns: [aConcern("physical.pain", "Pain", rated(8)), aConcern("physical.sleep", "Sleep", { kind: "declined" }), aConcern("own-1", "Who will walk the dog", UNANSWERED, { own: true })],
  declined_domains: ["emotional"],
  ranked: ["own-1", "physical.pain"],
  information: ["diet"],
  questions: "Can I fly?",
});

function show(view: HnaView = full) {
  const change = { concern: vi.fn(), concerns: vi.fn(), ranked: vi.fn(), information: vi.fn() };
  const doors = { previous: vi.fn(), finished: vi.fn(), discarded: vi.fn() };
  const { container } = render(Check, { record: new HnaRecord(view), checklist: aChecklist(), name: "Sam", back: { label: "Overview", go: vi.fn() }, change, ...doors });
  return { change, container, ...doors };
}

async function finish(): Promise<void> {
  await userEvent.type(screen.getByLabelText("Day"), "2");
  await userEvent.type(screen.getByLabelText("Month"), "3");
  await userEvent.click(screen.getByRole("button", { name: "Finish the assessment" }));
}

describe("check the answers", () => {
  it("shows every answer: a score, declined and not answered are three things", () => {
    fakeApplication({});
    const { container } = show();
    for (const text of ["8 out of 10", "Did not want to answer", "Not answered", "Emotional questions", "1. Who will walk the dog", "2. Pain", "Diet", "Can I fly?"]) expect(container.textContent).toContain(text);
    expect(screen.getByText(/One concern is not answered/)).toBeTruthy();
  });

  it("leads back to each question", async () => {
    fakeApplication({});
    const { change } = show();
    await userEvent.click(screen.getByRole("button", { name: "Change Pain" }));
    expect(change.concern).toHaveBeenCalledWith("physical.pain");
    await userEvent.click(screen.getByRole("button", { name: "Change what matters most" }));
    expect(change.ranked).toHaveBeenCalledOnce();
  });

  it("finishes with day and month of birth typed again", async () => {
    const app = fakeApplication({ complete_hna: () => anHna({ status: "completed", completed: at("10:20") }) });
    const { finished } = show();
    await finish();
    expect(app.asked).toEqual([{ command: "complete_hna", request: { hna: HNA, day: "2", month: "3" } }]);
    expect(finished).toHaveBeenCalledOnce();
  });

  it("does not ask the application without them", async () => {
    const app = fakeApplication({});
    show();
    await userEvent.click(screen.getByRole("button", { name: "Finish the assessment" }));
    expect(app.asked).toEqual([]);
    expect(screen.getAllByText("Enter the day and month of birth")).toHaveLength(2);
  });

  it("does not finish for another day of birth", async () => {
    fakeApplication({ complete_hna: () => refuse("identity_differs") });
    const { finished } = show();
    await finish();
    const alert = await screen.findByRole("alert");
    expect(alert.dataset["problem"]).toBe("identity_differs");
    expect(document.activeElement).toBe(alert);
    expect(finished).not.toHaveBeenCalled();
    expect(screen.getByText("Saved here 09:48")).toBeTruthy();
  });

  it("finishes without a single concern", async () => {
    fakeApplication({ complete_hna: () => anHna({ status: "completed" }) });
    const { finished } = show(anHna());
    expect(screen.getByText("Sam has no concerns.")).toBeTruthy();
    await finish();
    expect(finished).toHaveBeenCalledOnce();
  });

  it("goes on without answers that nobody can read only with a reason, and says what is missing then", async () => {
    const lost = { at: at("09:12"), nurse: "Ruth Invented", answers: 0, unreadable: 1, not_me: false, doubtful: false, given_up: "The disk is broken" };
    const missing = { fields: [{ field: "reason", reason: "missing" }] };
    const app = fakeApplication({ give_up_answers: (request) => (request.reason === "" ? refuse("field", missing) : anHna({ answers_waiting: false, hand_over: lost })) });
    show(anHna({ answers_waiting: true }));
    expect(screen.queryByRole("button", { name: "Give them up" })).toBeNull();
    await userEvent.click(screen.getByRole("button", { name: "Go on without these answers" }));
    await userEvent.click(screen.getByRole("button", { name: "Give them up" }));
    expect(await screen.findByRole("link", { name: "Enter the reason" })).toBeTruthy();
    await userEvent.type(screen.getByLabelText(/Why can they not be read/), "The disk is broken");
    await userEvent.click(screen.getByRole("button", { name: "Give them up" }));
    expect(app.asked.at(-1)).toEqual({ command: "give_up_answers", request: { hna: HNA, reason: "The disk is broken" } });
    expect(await screen.findByText(/given up: The disk is broken/)).toBeTruthy();
    expect(screen.queryByRole("button", { name: "Give them up" })).toBeNull();
  });

  it("discards only with a reason of its own", async () => {
    const app = fakeApplication({ discard_hna: () => anHna({ status: "discarded" }) });
    const { discarded } = show();
    await userEvent.click(screen.getByRole("button", { name: "Discard this assessment" }));
    expect(document.activeElement).toBe(screen.getByLabelText("Reason"));
    await userEvent.click(screen.getByRole("button", { name: "Cancel" }));
    expect(document.activeElement).toBe(screen.getByRole("button", { name: "Discard this assessment" }));
    await userEvent.keyboard("{Enter}");
    expect(app.asked).toEqual([]);
    await userEvent.type(screen.getByLabelText("Reason"), "Wrong person");
    await userEvent.click(screen.getByRole("button", { name: "Discard it" }));
    expect(app.asked).toEqual([{ command: "discard_hna", request: { hna: HNA, reason: "Wrong person" } }]);
    expect(discarded).toHaveBeenCalledOnce();
  });
});
