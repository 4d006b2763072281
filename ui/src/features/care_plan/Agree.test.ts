import { render, screen } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { PLAN, aDesk, aPlan, aPlanConcern, aSignature, anAction } from "../../ipc/examples";
import { fakeApplication, refuse } from "../../ipc/fake";
import type { CarePlanView } from "../../ipc/bindings";
import Agree from "./Agree.svelte";
import { PlanRecord } from "./record.svelte";

const planned = aPlanConcern("emotional.worry", "Worry, fear or anxiety", { matters: "Who can I ring", actions: [anAction("a-1")] });
const full = aPlan({ concerns: [planned, aPlanConcern("physical.sleep", "Sleep")] });

function show(view: CarePlanView = full) {
  const doors = { toPlan: vi.fn(), toField: vi.fn(), preview: vi.fn(), locked: vi.fn() };
  const record = new PlanRecord(view);
  render(Agree, { record, today: aDesk().today, training: false, back: { label: "Overview", go: vi.fn() }, ...doors });
  return { record, ...doors };
}

async function sign(): Promise<void> {
  await userEvent.type(screen.getByLabelText("Day"), "2");
  await userEvent.type(screen.getByLabelText("Month"), "3");
  await userEvent.type(screen.getByLabelText(/^Your passphrase/), "harbour lamp otter");
  await userEvent.click(screen.getByRole("button", { name: "Agree and lock" }));
}

describe("agree the plan", () => {
  it("shows every concern with its actions, and which have none", () => {
    fakeApplication({});
    show();
    const table = screen.getByRole("table", { name: "What was agreed about Worry, fear or anxiety" });
    for (const text of ["Counselling, Riverside support centre", "Refer", "Ruth Invented", "30-Nov-2026"]) expect(table.textContent).toContain(text);
    expect(screen.getByText("Sam said: “Who can I ring”")).toBeTruthy();
    const bare = screen.getByRole("region", { name: "No action" });
    expect(bare.textContent).toMatch(/One concern has no action. That is allowed.*Sleep/);
  });

  it("locks with day and month of birth and the passphrase, and goes on with the new version", async () => {
    const app = fakeApplication({ lock_care_plan: () => ({ ...full, status: "locked", version: 1, signed: aSignature() }) });
    const { record, locked } = show();
    await sign();
    expect(app.asked).toEqual([{ command: "lock_care_plan", request: { plan: PLAN, revision: full.revision, day: "2", month: "3", passphrase: "harbour lamp otter" } }]);
    expect(locked).toHaveBeenCalledOnce();
    expect(record.view.version).toBe(1);
  });

  it("names what is missing and leads to its control", async () => {
    const app = fakeApplication({});
    const { toField } = show({ ...full, unfinished: [{ field: "due-a-1", reason: "missing" }, { field: "kind-a-1", reason: "missing" }] });
    await userEvent.click(screen.getByRole("link", { name: "Choose the kind of action 1 for Worry, fear or anxiety" }));
    expect(toField).toHaveBeenCalledWith("kind-a-1");
    await sign();
    expect(app.asked).toEqual([]);
  });

  it("leads to the words with a character that cannot be printed, and locks nothing", async () => {
    fakeApplication({ lock_care_plan: () => refuse("no_glyph", { character: "🙂", fields: [{ field: "words-emotional.worry", reason: "no_glyph" }] }) });
    const { toField, locked } = show();
    await sign();
    expect(await screen.findByText(/The character 🙂 cannot be put on paper/)).toBeTruthy();
    await userEvent.click(screen.getByRole("link", { name: "Something in what matters about Worry, fear or anxiety cannot be printed" }));
    expect(toField).toHaveBeenCalledWith("words-emotional-worry");
    expect(locked).not.toHaveBeenCalled();
  });

  it("does not lock for another day of birth, and everything stays saved", async () => {
    fakeApplication({ lock_care_plan: () => refuse("identity_differs") });
    const { locked } = show();
    await sign();
    expect((await screen.findByRole("alert")).dataset["problem"]).toBe("identity_differs");
    expect(locked).not.toHaveBeenCalled();
    expect(screen.getByText("Saved here 10:02")).toBeTruthy();
  });

  it("has ways back and to the paper", async () => {
    fakeApplication({});
    const { toPlan, preview } = show(aPlan({ concerns: [aPlanConcern("physical.sleep", "Sleep")] }));
    expect(screen.getByText("None of the concerns has an action. That is allowed.")).toBeTruthy();
    await userEvent.click(screen.getByRole("button", { name: "Back to the plan" }));
    await userEvent.click(screen.getByRole("button", { name: "Preview and print" }));
    expect([toPlan, preview].map((door) => door.mock.calls.length)).toEqual([1, 1]);
  });
});
