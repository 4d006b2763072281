import { render, screen, waitFor, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { mayLeave } from "../../design/leaving";
import { HNA, aChecklist, aConcern, anHna, at } from "../../ipc/examples";
import { fakeApplication, held, refuse } from "../../ipc/fake";
import type { HnaView } from "../../ipc/bindings";
import { HnaRecord } from "./record.svelte";
import Ticks from "./Ticks.svelte";

function show(view: HnaView = anHna()) {
  const doors = { back: vi.fn(), toScores: vi.fn(), noConcerns: vi.fn(), handOver: vi.fn() };
  render(Ticks, { record: new HnaRecord(view), checklist: aChecklist(), name: "Sam", ...doors });
  return doors;
}
const box = (name: string): HTMLInputElement => screen.getByRole<HTMLInputElement>("checkbox", { name });
const two = [aConcern("physical.pain", "Pain"), aConcern("own-1", "Who will walk the dog", undefined, { own: true })];

describe("ticks", () => {
  it("says Saved here only after the tick is durable", async () => {
    const saving = held<HnaView>();
    const app = fakeApplication({ tick_concern: () => saving.promise });
    show();
    await userEvent.click(box("Pain"));
    expect(app.asked).toEqual([{ command: "tick_concern", request: { hna: HNA, concern: "physical.pain" } }]);
    expect(screen.queryByText(/Saved here \d/)).toBeNull();
    saving.settle(anHna({ concerns: [aConcern("physical.pain", "Pain")], saved: at("10:12") }));
    expect(await screen.findByText("Saved here 10:12")).toBeTruthy();
    expect(screen.getByRole("heading", { name: "Sam’s concerns (1)" })).toBeTruthy();
  });

  it("takes back a tick that could not be saved, and says so", async () => {
    fakeApplication({ tick_concern: () => refuse("disk_full") });
    show();
    await userEvent.click(box("Pain"));
    expect((await screen.findByRole("alert")).dataset["problem"]).toBe("disk_full");
    await waitFor(() => expect(box("Pain").checked).toBe(false));
    expect(screen.queryByText(/Saved here \d/)).toBeNull();
  });

  it("unticks, and takes off from the list with the keyboard staying there", async () => {
    const app = fakeApplication({ untick_concern: () => anHna({ concerns: two.slice(1) }) });
    show(anHna({ concerns: two }));
    await userEvent.click(screen.getByRole("button", { name: "Take off Pain" }));
    expect(app.asked).toEqual([{ command: "untick_concern", request: { hna: HNA, concern: "physical.pain" } }]);
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole("button", { name: "Take off Who will walk the dog" })));
  });

  it("adds the patient's own words as they were said, and never loses them", async () => {
    let full = true;
    const app = fakeApplication({ add_own_concern: () => (full ? refuse("not_saved") : anHna({ concerns: two.slice(1) })) });
    show();
    const words = screen.getByLabelText<HTMLInputElement>("Something else, in Sam’s words");
    await userEvent.type(words, "Who will walk the dog");
    expect(screen.getByText("Not saved yet")).toBeTruthy();
    expect(await mayLeave(vi.fn())).toBe(false);
    await userEvent.click(screen.getByRole("button", { name: "Add" }));
    await screen.findByText(/last change was not saved/, { selector: "p *" });
    expect(words.value).toBe("Who will walk the dog");
    full = false;
    await userEvent.click(screen.getByRole("button", { name: "Add" }));
    expect(await screen.findByText("Who will walk the dog", { selector: "p" })).toBeTruthy();
    expect(app.asked.at(-1)).toEqual({ command: "add_own_concern", request: { hna: HNA, words: "Who will walk the dog" } });
    expect(words.value).toBe("");
    expect(await mayLeave(vi.fn())).toBe(true);
  });

  it("takes no concern at all as an answer", async () => {
    fakeApplication({});
    const { noConcerns, toScores } = show();
    await userEvent.click(screen.getByRole("button", { name: "Continue to scores" }));
    expect(toScores).not.toHaveBeenCalled();
    await userEvent.click(screen.getByRole("button", { name: "Sam has no concerns" }));
    expect(noConcerns).toHaveBeenCalledOnce();
  });

  it("records that a whole area is not answered", async () => {
    const app = fakeApplication({ decline_domain: () => anHna({ declined_domains: ["emotional"] }) });
    show();
    await userEvent.click(box("Sam does not want to answer emotional questions"));
    expect(app.asked).toEqual([{ command: "decline_domain", request: { hna: HNA, domain: "emotional", declined: true } }]);
    await waitFor(() => expect(box("Sam does not want to answer emotional questions").checked).toBe(true));
  });

  it("speaks of the rest of an area where something is ticked", () => {
    fakeApplication({});
    show(anHna({ concerns: [aConcern("physical.pain", "Pain")] }));
    expect(box("Sam does not want to answer any more physical questions")).toBeTruthy();
    expect(box("Sam does not want to answer emotional questions")).toBeTruthy();
  });

  it("finds a concern by its letters, in the order of the list", async () => {
    fakeApplication({});
    show();
    await userEvent.type(screen.getByLabelText("Find a concern"), "FA");
    expect(screen.getAllByRole("checkbox").map((tick) => tick.id)).toEqual(["concern-physical.fatigue"]);
    expect(screen.getByText("1 concern shown")).toBeTruthy();
  });

  it.each([["face_to_face", true], ["this_pc", true], ["telephone", false], ["video", false], ["paper", false], ["home", false]] as const)("%s: hands this PC over only where the patient sits at it", (method, offered) => {
    fakeApplication({});
    show(anHna({ method }));
    expect(screen.queryByRole("button", { name: "Hand over to Sam" }) !== null).toBe(offered);
  });

  it("marks a wish to talk privately neutrally", () => {
    fakeApplication({});
    show(anHna({ concerns: [aConcern("physical.pain", "Pain", undefined, { private: true })] }));
    expect(within(screen.getByRole("region", { name: "Sam’s concerns (1)" })).getByText("Talk later")).toBeTruthy();
  });
});
