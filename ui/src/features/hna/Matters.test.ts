import { render, screen, waitFor } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { HNA, aConcern, anHna, rated } from "../../ipc/examples";
import { fakeApplication, held, refuse } from "../../ipc/fake";
import type { HnaView } from "../../ipc/bindings";
import Matters from "./Matters.svelte";
import { HnaRecord } from "./record.svelte";

const concerns = ["Pain", "Sleep", "Worry", "Money", "Work"].map((text, index) => aConcern(text.toLowerCase(), text, rated(index + 1)));
const view = (ranked: string[]): HnaView => anHna({ concerns, ranked });

function show(ranked: string[], refused = false) {
  const app = fakeApplication({ rank_concerns: ({ order }) => (refused ? refuse("not_saved") : view(order)) });
  render(Matters, { record: new HnaRecord(view(ranked)), name: "Sam", back: { label: "Overview", go: vi.fn() }, previous: vi.fn(), next: vi.fn() });
  return app;
}
const press = (name: string): Promise<void> => userEvent.click(screen.getByRole("button", { name }));
const order = (): string[] => [...document.querySelectorAll<HTMLElement>("[data-concern]")].map((row) => row.dataset["concern"] ?? "");

describe("what matters most", () => {
  it("keeps the keyboard on the concern that moved, and says its new place", async () => {
    const app = show(["pain", "sleep", "worry"]);
    await press("Move up Worry");
    expect(app.asked.at(-1)).toEqual({ command: "rank_concerns", request: { hna: HNA, order: ["pain", "worry", "sleep"] } });
    expect(order()).toEqual(["pain", "worry", "sleep"]);
    expect(document.activeElement).toBe(screen.getByRole("button", { name: "Move up Worry" }));
    await waitFor(() => expect(screen.getByRole("status").textContent).toContain("“Worry” is now number 2."));
  });

  it("passes the keyboard to the other button at the end of the list", async () => {
    show(["pain", "sleep"]);
    await press("Move up Sleep");
    expect(document.activeElement).toBe(screen.getByRole("button", { name: "Move down Sleep" }));
    await press("Move down Sleep");
    expect(document.activeElement).toBe(screen.getByRole("button", { name: "Move up Sleep" }));
  });

  it("moves by keyboard alone", async () => {
    show(["pain", "sleep", "worry"]);
    screen.getByRole("button", { name: "Move down Pain" }).focus();
    await userEvent.keyboard("{Enter}");
    await userEvent.keyboard("{Enter}");
    await waitFor(() => expect(order()).toEqual(["sleep", "worry", "pain"]));
    expect(document.activeElement).toBe(screen.getByRole("button", { name: "Move up Pain" }));
  });

  it("sends the second of two quick moves only, and leaves the keyboard there", async () => {
    const first = held<HnaView>();
    const app = fakeApplication({ rank_concerns: ({ order }) => (order[0] === "pain" ? first.promise : view(order)), want_information: () => first.promise });
    const record = new HnaRecord(view(["pain", "sleep", "worry"]));
    render(Matters, { record, name: "Sam", back: { label: "Overview", go: vi.fn() }, previous: vi.fn(), next: vi.fn() });
    void record.act("want_information", { hna: HNA, topic: "diet", wanted: true });
    await press("Move up Worry");
    await press("Move up Worry");
    await press("Move down Pain");
    first.settle(view(["pain", "sleep", "worry"]));
    await waitFor(() => expect(record.saving).toBe(0));
    expect(app.asked.map((asked) => asked.command)).toEqual(["want_information", "rank_concerns"]);
    expect(order()).toEqual(["worry", "sleep", "pain"]);
    expect(document.activeElement).toBe(screen.getByRole("button", { name: "Move up Pain" }));
    expect(screen.getByRole("status").textContent).toContain("“Pain” is now number 3.");
  });

  it("adds at the end and takes off to the others, the keyboard going along", async () => {
    show(["pain"]);
    await press("Add Money");
    expect(order()).toEqual(["pain", "money"]);
    expect(document.activeElement).toBe(screen.getByRole("button", { name: "Move up Money" }));
    await press("Take off Money");
    expect(document.activeElement).toBe(screen.getByRole("button", { name: "Add Money" }));
  });

  it("takes four and no more", async () => {
    show(["pain", "sleep", "worry"]);
    await press("Add Money");
    expect(screen.queryByRole("button", { name: /^Add/ })).toBeNull();
    expect(screen.getByText("That is four. Take one off to add another.")).toBeTruthy();
  });

  it("goes back to the saved order when it could not be saved", async () => {
    show(["pain", "sleep"], true);
    await press("Move up Sleep");
    expect((await screen.findByRole("alert")).dataset["problem"]).toBe("not_saved");
    await waitFor(() => expect(order()).toEqual(["pain", "sleep"]));
    expect(screen.getByRole("status").textContent).not.toContain("Saved here");
  });
});
