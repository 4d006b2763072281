import { render, screen, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import type { ConflictView } from "../../ipc/bindings";
import { aClash, aConflict, dueClash } from "../../ipc/conflict_examples";
import { SENDING, at } from "../../ipc/examples";
import { fakeApplication, refuse } from "../../ipc/fake";
import Conflict from "./Conflict.svelte";
import { Undecided } from "./undecided";

function show(more: Partial<ConflictView> = {}, undecided = new Undecided()) {
  const [settled, go] = [vi.fn(), vi.fn()];
  const { unmount } = render(Conflict, { view: aConflict(more), undecided, back: { label: "Overview", go }, settled });
  return { settled, go, unmount };
}

const WHAT = "Refer to community dietitian: what we agreed";
const DUE = "Refer to community dietitian: by which day";
const part = (name: string) => within(screen.getByRole("radiogroup", { name }));
const press = (name: string): Promise<void> => userEvent.click(screen.getByRole("button", { name }));
const choose = (name: string, side: RegExp): Promise<void> => userEvent.click(part(name).getByRole("radio", { name: side }));

describe("two versions beside each other", () => {
  it("says who changed it when on each side, and shows of each part what it was and what both say, with nothing chosen", () => {
    show();
    expect(screen.getByRole("heading", { level: 1 }).textContent).toBe("Two people changed this care plan");
    expect(screen.getByRole("heading", { name: "2 differences" })).toBeTruthy();
    expect(document.querySelector("#by-ours")?.textContent).toBe("Ruth Invented · 19-Nov-2026 15:42");
    expect(document.querySelector("#by-theirs")?.textContent).toBe("Tom Invented · 20-Nov-2026 10:10");
    expect(screen.getAllByRole<HTMLInputElement>("radio").filter((radio) => radio.checked)).toEqual([]);
    const [ours, theirs] = part(WHAT).getAllByRole("radio");
    expect(document.getElementById(ours?.getAttribute("aria-describedby") ?? "")?.textContent).toBe("Refer to community dietitian, Fernleigh");
    expect(document.getElementById(theirs?.getAttribute("aria-describedby") ?? "")?.textContent).toBe("Refer to hospital dietitian, Fernleigh");
    expect(screen.getByRole("radiogroup", { name: WHAT }).textContent).toContain("Refer to dietitian");
    expect([...document.querySelectorAll(".value strong")].map((run) => run.textContent)).toEqual(["community", "hospital", "11-Dec-2026", "04-Dec-2026"]);
    expect(screen.getByRole("radiogroup", { name: DUE }).textContent).toContain("Before Nothing there");
  });

  it("keeps the server’s words as text", () => {
    show({ clashes: [aClash({ theirs: "<b>bold</b>" })], who_theirs: "<i>Tom</i>" });
    expect(document.querySelector("main b, main i")).toBeNull();
    expect(screen.getByRole("radiogroup", { name: WHAT }).textContent).toContain("<b>bold</b>");
  });

  it("tells what was taken without asking, and how much is alike", () => {
    show();
    const taken = within(screen.getByRole("region", { name: "Taken from the trust without asking (1)" }));
    expect(taken.getByText("Pain clinic: how it ended")).toBeTruthy();
    expect(taken.getByRole("definition").textContent).toBe("Done\n20-Nov-2026\nSeen by the team");
    expect(screen.getByText("9 other parts are the same in both.")).toBeTruthy();
  });

  it("keeps what was chosen when it is decided later, for as long as both say the same and until it is saved", async () => {
    fakeApplication({ resolve_conflict: () => [] });
    const undecided = new Undecided();
    const before = show({}, undecided);
    await choose(WHAT, /the trust has/);
    await press("Decide later");
    expect(before.go).toHaveBeenCalled();
    before.unmount();
    const again = show({}, undecided);
    expect(screen.getByText("1 of 2 chosen")).toBeTruthy();
    expect(part(WHAT).getByRole<HTMLInputElement>("radio", { name: /the trust has/ }).checked).toBe(true);
    again.unmount();
    const { clashes } = aConflict();
    const changed = show({ clashes: clashes.map((clash) => ({ ...clash, theirs: `${clash.theirs} by now` })) }, undecided);
    expect(screen.getByText("0 of 2 chosen"), "of what reads otherwise nothing is chosen").toBeTruthy();
    changed.unmount();
    const last = show({}, undecided);
    await choose(DUE, /this PC has/);
    await press("Save my choices");
    expect(last.settled).toHaveBeenCalledWith("resolved");
    last.unmount();
    show({}, undecided);
    expect(screen.getByText("0 of 2 chosen")).toBeTruthy();
  });

  it("leads to each part that is not chosen, by its name, and sends nothing until all are", async () => {
    const app = fakeApplication({ resolve_conflict: () => [] });
    const { settled } = show();
    await choose(WHAT, /the trust has/);
    expect(screen.getByText("1 of 2 chosen")).toBeTruthy();
    await press("Save my choices");
    expect((await screen.findByRole("alert")).textContent).not.toContain(WHAT);
    expect(document.activeElement?.getAttribute("role")).toBe("alert");
    await userEvent.click(screen.getByRole("link", { name: `Choose which to keep: ${DUE}` }));
    expect(document.activeElement).toBe(part(DUE).getByRole("radio", { name: "Keep what this PC has" }));
    expect(app.asked).toEqual([]);
    await userEvent.keyboard(" ");
    await press("Save my choices");
    expect(app.asked).toEqual([
      {
        command: "resolve_conflict",
        request: {
          sending: SENDING,
          choices: [
            { item: "action/a-1/what", side: "theirs" },
            { item: "action/a-1/due", side: "ours" },
          ],
        },
      },
    ]);
    expect(settled).toHaveBeenCalledWith("resolved");
  });

  it("keeps every choice when the application refuses, and says why", async () => {
    fakeApplication({ resolve_conflict: () => refuse("changed_meanwhile") });
    const { settled } = show({ clashes: [dueClash] });
    await choose(DUE, /this PC has/);
    await press("Save my choice");
    expect((await screen.findByRole("alert")).dataset["problem"]).toBe("changed_meanwhile");
    expect(part(DUE).getByRole<HTMLInputElement>("radio", { name: /this PC has/ }).checked).toBe(true);
    expect(settled).not.toHaveBeenCalled();
  });

  it("names the part whose choice the application does not take", async () => {
    fakeApplication({ resolve_conflict: () => refuse("field", { fields: [{ field: "action/a-1/due", reason: "before_diagnosis" }] }) });
    show({ clashes: [aClash(), dueClash] });
    await choose(WHAT, /this PC has/);
    await choose(DUE, /this PC has/);
    await press("Save my choices");
    const link = within(await screen.findByRole("alert")).getByRole("link");
    expect(link.getAttribute("href")).toBe("#clash-1");
    expect(part(DUE).getByText(link.textContent)).toBeTruthy();
  });

  it("leaves everything as it is", async () => {
    const app = fakeApplication({});
    const { go } = show();
    await press("Decide later");
    expect(go).toHaveBeenCalled();
    expect(app.asked).toEqual([]);
  });

  it("says that nothing has to be chosen where only different things were changed", async () => {
    const app = fakeApplication({ resolve_conflict: () => [] });
    const { settled } = show({ clashes: [] });
    expect(screen.getByText("You and they changed different things")).toBeTruthy();
    await press("Save my choice");
    expect(app.asked).toEqual([{ command: "resolve_conflict", request: { sending: SENDING, choices: [] } }]);
    expect(settled).toHaveBeenCalledWith("resolved");
  });

  it.each([
    [{ when_theirs: null, who_theirs: null }, "The trust does not say who or when"],
    [{ who_theirs: null }, "Somebody the trust does not name · 20-Nov-2026 10:10"],
    [{ when_theirs: null }, "Tom Invented · the trust does not say when"],
  ])("says what the trust does not say: %j", (more, words) => {
    show(more);
    expect(document.querySelector("#by-theirs")?.textContent).toBe(words);
  });
});

describe("a record that is chosen as a whole", () => {
  const whole: Partial<ConflictView> = { whole: true, kind: "hna", clashes: [], taken: [], same: 0 };

  it("has nothing chosen, and names the choice", async () => {
    const app = fakeApplication({});
    show(whole);
    expect(screen.getByRole("heading", { level: 1 }).textContent).toBe("Two people changed this record");
    await press("Save my choice");
    expect(within(await screen.findByRole("alert")).getByRole("link", { name: "Choose which one goes on" })).toBeTruthy();
    expect(app.asked).toEqual([]);
  });

  it("sends ours", async () => {
    const app = fakeApplication({ resolve_conflict: () => [] });
    const { settled } = show(whole);
    await userEvent.click(screen.getByRole("radio", { name: /Send what this PC has/ }));
    await press("Save my choice");
    expect(app.asked).toEqual([{ command: "resolve_conflict", request: { sending: SENDING, choices: [{ item: "whole", side: "ours" }] } }]);
    expect(settled).toHaveBeenCalledWith("resolved");
  });

  it("leaves theirs only with a reason", async () => {
    const app = fakeApplication({ withdraw_sending: ({ reason }) => (reason ? [] : refuse("field", { fields: [{ field: "reason", reason: "missing" }] })) });
    const { settled } = show(whole);
    await userEvent.click(screen.getByRole("radio", { name: /Leave the trust’s version/ }));
    await press("Save my choice");
    expect(within(await screen.findByRole("alert")).getByRole("link", { name: "Enter why it is withdrawn" })).toBeTruthy();
    await userEvent.type(screen.getByLabelText("Why"), "Entered twice");
    await press("Save my choice");
    expect(app.asked.at(-1)).toEqual({ command: "withdraw_sending", request: { sending: SENDING, reason: "Entered twice" } });
    expect(settled).toHaveBeenCalledWith("withdrawn");
  });

  it("is sent again where it was removed, which is said", async () => {
    const app = fakeApplication({ resolve_conflict: () => [] });
    show({ removed: true, whole: true, clashes: [], taken: [], same: 0, when_theirs: at("09:00"), who_theirs: null });
    expect(screen.getByRole("heading", { level: 1 }).textContent).toBe("Somebody removed this record at the trust");
    await press("Save my choice");
    expect(within(await screen.findByRole("alert")).getByRole("link", { name: "Choose what is to happen" })).toBeTruthy();
    await userEvent.click(screen.getByRole("radio", { name: /Send it again/ }));
    await press("Save my choice");
    expect(app.asked.map((one) => one.request)).toEqual([{ sending: SENDING, choices: [{ item: "whole", side: "ours" }] }]);
  });
});
