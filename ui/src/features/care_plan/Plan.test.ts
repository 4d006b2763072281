import { render, screen, waitFor, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { mayLeave } from "../../design/leaving";
import { PLAN, aChecklist, aDesk, aPlan, aPlanConcern, aSignature, anAction, at, day, rated } from "../../ipc/examples";
import { fakeApplication, held, refuse } from "../../ipc/fake";
import type { CarePlanView, PlanConcernView, WriteAction } from "../../ipc/bindings";
import Plan from "./Plan.svelte";
import { PlanRecord } from "./record.svelte";

const WORRY = "emotional.worry";
const worry = (more: Partial<PlanConcernView> = {}): PlanConcernView => aPlanConcern(WORRY, "Worry, fear or anxiety", { ranked: true, private: true, ...more });
const sleep = aPlanConcern("physical.sleep", "Sleep", { answer: rated(5) });
const plan = (actions: PlanConcernView["actions"] = [], more: Partial<CarePlanView> = {}): CarePlanView => aPlan({ concerns: [worry({ actions }), sleep], ...more });
const dated = { ...day("2026-12-04", "04-Dec-2026", "4 December 2026") };

function show(view: CarePlanView = plan(), more: { concern?: string; field?: string } = {}) {
  const doors = { choose: vi.fn(), read: vi.fn(), preview: vi.fn(), agree: vi.fn() };
  const props = { record: new PlanRecord(view), concern: more.concern ?? null, field: more.field ?? null, today: aDesk().today, back: { label: "Overview", go: vi.fn() }, ...doors };
  return { ...doors, ...render(Plan, props) };
}

/** An application that keeps what is written about one action. */
function keeps(view: CarePlanView, more: Parameters<typeof fakeApplication>[0] = {}) {
  const write = ({ kind, what, owner, owner_name, due }: WriteAction): CarePlanView => {
    const action = anAction("a-1", { kind, what, owner, owner_name, due: due === "" ? null : due === "4/12/26" ? dated : anAction("a-1").due });
    return { ...view, saved: at("10:12"), concerns: [worry({ actions: [action] }), sleep] };
  };
  return fakeApplication({ write_action: write, ...more });
}
const sentTo = (app: { asked: Array<{ command: string; request: unknown }> }, command: string): unknown[] => app.asked.filter((asked) => asked.command === command).map((asked) => asked.request);
const change = (): Promise<void> => userEvent.click(screen.getByRole("button", { name: /^Change action 1/ }));
const whole: Omit<WriteAction, "plan" | "action"> = { kind: "refer", what: "Counselling, Riverside support centre", owner: "nurse", owner_name: "Ruth Invented", due: "30-Nov-2026" };

describe("the care plan", () => {
  it("shows what matters most first, with scores and what is planned, and the first concern open", () => {
    fakeApplication({});
    show(plan([anAction("a-1")]));
    const list = screen.getByRole("region", { name: "Sam’s concerns (2)" });
    expect(within(list).getByText("1 of 2 planned")).toBeTruthy();
    expect(within(within(list).getByRole("list", { name: "Matter most today, in Sam’s order" })).getAllByRole("button")).toHaveLength(1);
    expect(within(list).getByText("1 action · Talk later")).toBeTruthy();
    expect(within(list).getByText("No actions yet")).toBeTruthy();
    expect(within(list).getByRole("button", { current: true }).textContent).toContain("Worry");
    expect(screen.getByRole("heading", { name: "1. Worry, fear or anxiety" })).toBeTruthy();
    for (const text of ["Refer", "Counselling, Riverside support centre", "Ruth Invented", "30-Nov-2026", "Agreed"]) expect(screen.getByRole("list", { name: "Actions for Worry, fear or anxiety" }).textContent).toContain(text);
  });

  it("walks the concerns with arrows", async () => {
    fakeApplication({});
    const { choose } = show();
    const [first, second] = within(screen.getByRole("region", { name: "Sam’s concerns (2)" })).getAllByRole("button");
    first?.focus();
    await userEvent.keyboard("{ArrowDown}{ArrowDown}");
    expect(document.activeElement).toBe(second);
    await userEvent.keyboard("{Home}");
    expect(document.activeElement).toBe(first);
    await userEvent.keyboard("{End}{Enter}");
    expect(choose).toHaveBeenCalledWith("physical.sleep");
  });

  it("puts the keyboard on a concern that was chosen, with its own words", async () => {
    fakeApplication({ write_what_matters: () => refuse("disk_full") });
    const { rerender } = show(aPlan({ concerns: [worry({ matters: "Who can I ring" }), sleep] }));
    expect(screen.getByLabelText<HTMLTextAreaElement>("What matters to Sam, in Sam’s words").value).toBe("Who can I ring");
    await rerender({ concern: "physical.sleep" });
    expect(document.activeElement).toBe(screen.getByRole("heading", { name: "2. Sleep" }));
    expect(screen.getByLabelText<HTMLTextAreaElement>("What matters to Sam, in Sam’s words").value).toBe("");
  });

  it("saves what matters when the box is left, and says so only then", async () => {
    const app = fakeApplication({ write_what_matters: ({ words }) => aPlan({ saved: at("10:12"), concerns: [worry({ matters: words }), sleep] }) });
    show();
    await userEvent.type(screen.getByLabelText(/^What matters to Sam/), "Who can I ring");
    expect(screen.getByText("Not saved yet")).toBeTruthy();
    await userEvent.tab();
    expect(await screen.findByText("Saved here 10:12")).toBeTruthy();
    expect(sentTo(app, "write_what_matters")).toEqual([{ plan: PLAN, concern: WORRY, words: "Who can I ring" }]);
  });

  it("adds an action, with the keyboard in it, and never two for two presses", async () => {
    const app = fakeApplication({ add_action: () => plan([anAction("a-1", { kind: null, what: "", owner: null, owner_name: "", due: null })]) });
    show();
    await userEvent.dblClick(screen.getByRole("button", { name: "Add your own action" }));
    await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText("Action")));
    expect(sentTo(app, "add_action")).toEqual([{ plan: PLAN, concern: WORRY }]);
    for (const label of ["Action", "What we agreed", "Who does it", "By"]) expect(screen.getByLabelText<HTMLInputElement>(label).value).toBe("");
  });

  it("saves each control when it is left, and shows the day in full", async () => {
    const view = plan([anAction("a-1", { kind: null, what: "", owner: null, owner_name: "", due: null })]);
    const app = keeps(view);
    show(view);
    await change();
    await userEvent.selectOptions(screen.getByLabelText("Action"), "self_care");
    await userEvent.type(screen.getByLabelText("What we agreed"), "Write down questions");
    await userEvent.selectOptions(screen.getByLabelText("Who does it"), "Sam");
    await userEvent.type(screen.getByLabelText("By"), "4/12/26");
    await userEvent.tab();
    await waitFor(() => expect(screen.getByLabelText<HTMLInputElement>("By").value).toBe("04-Dec-2026"));
    expect(sentTo(app, "write_action").at(-1)).toEqual({ plan: PLAN, action: "a-1", kind: "self_care", what: "Write down questions", owner: "patient", owner_name: "", due: "4/12/26" });
    expect(screen.getByText("Something Sam does.")).toBeTruthy();
    expect(screen.getByText("Saved here 10:12")).toBeTruthy();
    const before = app.asked.length;
    await userEvent.tab();
    expect(app.asked).toHaveLength(before);
  });

  it("offers the signed-in nurse's name, and no name where none is needed", async () => {
    const view = plan([anAction("a-1", { owner: null, owner_name: "" })]);
    const app = keeps(view);
    show(view);
    await change();
    expect(screen.queryByLabelText(/^Name of/)).toBeNull();
    await userEvent.selectOptions(screen.getByLabelText("Who does it"), "Nurse");
    expect(screen.getByLabelText<HTMLInputElement>("Name of the nurse").value).toBe("Ruth Invented");
    await userEvent.selectOptions(screen.getByLabelText("Who does it"), "A service");
    expect(screen.getByLabelText<HTMLInputElement>("Name of the service").value).toBe("");
    await waitFor(() => expect(sentTo(app, "write_action").at(-1)).toEqual({ plan: PLAN, action: "a-1", ...whole, owner: "service", owner_name: "" }));
  });

  it("writes what was agreed as one line", async () => {
    const view = plan([anAction("a-1")]);
    const app = keeps(view);
    show(view);
    await change();
    await userEvent.type(screen.getByLabelText("What we agreed"), " {Enter}by letter");
    await userEvent.tab();
    await waitFor(() => expect(sentTo(app, "write_action").at(-1)).toMatchObject({ what: "Counselling, Riverside support centre by letter" }));
  });

  it("says how an action ended and what came of it, and takes that back", async () => {
    const open = plan([anAction("a-1")]);
    const ended = plan([anAction("a-1", { ended: { how: "declined", on: aDesk().today }, outcome: "She changed her mind" })]);
    const app = fakeApplication({ end_action: ({ how }) => (how === null ? refuse("field", { fields: [{ field: "how", reason: "missing" }] }) : ended), reopen_action: () => open });
    show(open);
    await change();
    await userEvent.click(screen.getByRole("button", { name: /^It has ended: action 1,/ }));
    const group = screen.getByRole("group", { name: "How did it end?" });
    for (const radio of within(group).getAllByRole<HTMLInputElement>("radio")) expect(radio.checked).toBe(false);
    await userEvent.click(screen.getByRole("button", { name: "Save how it ended" }));
    expect((await screen.findByRole("link", { name: "Choose how it ended" })).getAttribute("href")).toBe("#how-a-1");
    await userEvent.click(screen.getByRole("radio", { name: "Sam does not want it" }));
    await userEvent.type(screen.getByLabelText(/^What came of it/), "She changed her mind");
    await userEvent.click(screen.getByRole("button", { name: "Save how it ended" }));
    expect(sentTo(app, "end_action").at(-1)).toEqual({ plan: PLAN, action: "a-1", how: "declined", outcome: "She changed her mind" });
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole("button", { name: /^Change how it ended: action 1,/ })));
    expect(screen.getByText(/Declined today/).textContent).toContain("What came of it: She changed her mind");
    await userEvent.click(screen.getByRole("button", { name: /^Open it again: action 1,/ }));
    expect(sentTo(app, "reopen_action")).toEqual([{ plan: PLAN, action: "a-1" }]);
    await waitFor(() => expect(screen.queryByText(/Declined today/)).toBeNull());
  });

  it("says why nothing is agreed, and takes that back", async () => {
    const said = plan([], { concerns: [worry({ nothing: "declined" }), sleep] });
    const app = fakeApplication({ agree_nothing: ({ nothing }) => (nothing === null ? plan() : said) });
    show();
    await userEvent.click(screen.getByRole("button", { name: "Sam wants nothing done" }));
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole("button", { name: "Take that back" })));
    expect(screen.getByText("1 of 2 planned")).toBeTruthy();
    await userEvent.click(screen.getByRole("button", { name: "Take that back" }));
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole("button", { name: "Sam wants nothing done" })));
    await userEvent.click(screen.getByRole("button", { name: "Nothing is needed" }));
    expect(sentTo(app, "agree_nothing")).toEqual(["declined", null, "not_needed"].map((nothing) => ({ plan: PLAN, concern: WORRY, nothing })));
  });

  it("adds a concern from the checklist, or in own words, and goes to it", async () => {
    const money = aPlanConcern("financial.money", "Money", { origin: "added", answer: { kind: "unanswered" } });
    const cat = aPlanConcern("added-1", "The cat", { origin: "added", code: null, answer: { kind: "unanswered" } });
    const list = aChecklist();
    const item = list.domains[0]?.items[0];
    if (!item) throw new Error("an item");
    const app = fakeApplication({ read_checklist: () => list, add_concern: (asked) => plan([], { concerns: [worry(), sleep, asked.item === null ? cat : { ...money, key: asked.item }] }) });
    const { choose } = show();
    await userEvent.click(screen.getByRole("button", { name: "Add a concern" }));
    const box = await screen.findByLabelText("The concern");
    await waitFor(() => expect(document.activeElement).toBe(box));
    await userEvent.type(box, item.text.slice(0, 3).toLowerCase());
    const found = within(screen.getByRole("list", { name: "On the checklist" }));
    await userEvent.click(found.getByRole("button", { name: item.text }));
    await waitFor(() => expect(choose).toHaveBeenCalledWith(item.key));
    expect(sentTo(app, "add_concern")).toEqual([{ plan: PLAN, item: item.key, words: "" }]);
    await userEvent.click(screen.getByRole("button", { name: "Add a concern" }));
    await userEvent.type(await screen.findByLabelText("The concern"), "The cat{Enter}");
    await waitFor(() => expect(choose).toHaveBeenCalledWith("added-1"));
    expect(sentTo(app, "add_concern").at(-1)).toEqual({ plan: PLAN, item: null, words: "The cat" });
  });

  it("takes the checklist's concern when its very words are typed, and names the box when it is there already", async () => {
    const list = aChecklist();
    const item = list.domains[0]?.items[0];
    if (!item) throw new Error("an item");
    const app = fakeApplication({ read_checklist: () => list, add_concern: () => refuse("field", { fields: [{ field: "item", reason: "already_there" }] }) });
    show();
    await userEvent.click(screen.getByRole("button", { name: "Add a concern" }));
    await userEvent.type(await screen.findByLabelText("The concern"), `${item.text.toUpperCase()}{Enter}`);
    expect((await screen.findByRole("link", { name: "This is there already: check the concern" })).getAttribute("href")).toBe("#words");
    expect(sentTo(app, "add_concern")).toEqual([{ plan: PLAN, item: item.key, words: "" }]);
  });

  it("says of a concern that was added that it was not raised, and takes it out while it has no action", async () => {
    const cat = aPlanConcern("added-1", "The cat", { origin: "added", code: null, answer: { kind: "unanswered" } });
    const view = plan([], { concerns: [worry(), cat] });
    const app = fakeApplication({ remove_concern: () => plan([], { concerns: [worry()] }) });
    const { choose, unmount } = show(view, { concern: "added-1" });
    expect(within(screen.getByRole("list", { name: "Added, not raised in the assessment" })).getByRole("button").textContent).toContain("Not raised");
    expect(screen.queryByText("Not answered")).toBeNull();
    await userEvent.click(screen.getByRole("button", { name: "Take “The cat” out of the plan" }));
    expect(sentTo(app, "remove_concern")).toEqual([{ plan: PLAN, concern: "added-1" }]);
    await waitFor(() => expect(choose).toHaveBeenCalledWith(WORRY));
    unmount();
    show(plan([], { concerns: [worry(), { ...cat, actions: [anAction("a-1")] }] }), { concern: "added-1" });
    expect(screen.queryByRole("button", { name: /out of the plan$/ })).toBeNull();
  });

  it("keeps a day that is none as it was typed, says why beside it, and is not left with it", async () => {
    const view = plan([anAction("a-1")]);
    let wrong = true;
    keeps(view, { write_action: () => (wrong ? refuse("field", { fields: [{ field: "due", reason: "day_form" }] }) : view) });
    show(view);
    await change();
    const by = screen.getByLabelText<HTMLInputElement>("By");
    await userEvent.clear(by);
    await userEvent.type(by, "soon");
    await userEvent.tab();
    const words = "This is not a day: write the day by which action 1 for Worry, fear or anxiety is done like 04-Dec-2026";
    const here = "This is not a day: write the day like 04-Dec-2026";
    expect(await screen.findByText(here)).toBeTruthy();
    expect(document.activeElement).toBe(screen.getByRole("button", { name: /^Remove action 1/ }));
    expect([by.value, by.getAttribute("aria-invalid")]).toEqual(["soon", "true"]);
    expect(screen.getByText("The last change was not saved")).toBeTruthy();
    expect(await mayLeave(vi.fn())).toBe(false);
    await userEvent.click(await screen.findByRole("link", { name: words }));
    expect(document.activeElement).toBe(by);
    wrong = false;
    await userEvent.clear(by);
    expect(await mayLeave(vi.fn())).toBe(true);
    await waitFor(() => expect(screen.queryByText(here)).toBeNull());
  });

  it("forgets a refusal when what is saved is typed back", async () => {
    const view = plan([anAction("a-1")]);
    keeps(view, { write_action: () => refuse("field", { fields: [{ field: "due", reason: "day_form" }] }) });
    show(view);
    await change();
    const by = screen.getByLabelText<HTMLInputElement>("By");
    await userEvent.type(by, "x");
    await userEvent.tab();
    await screen.findByText("The last change was not saved");
    await userEvent.type(by, "{Backspace}");
    await userEvent.tab();
    expect(await screen.findByText("Saved here 10:02")).toBeTruthy();
    expect(by.getAttribute("aria-invalid")).toBeNull();
  });

  it("shows a save that failed, keeps the words, and holds back leaving until they are safe", async () => {
    let full = true;
    const view = plan([anAction("a-1")]);
    keeps(view, { write_what_matters: ({ words }) => (full ? refuse("disk_full") : aPlan({ concerns: [worry({ matters: words }), sleep] })) });
    show(view);
    const box = screen.getByLabelText<HTMLTextAreaElement>(/^What matters to Sam/);
    await userEvent.type(box, "Who can I ring");
    expect(await mayLeave(vi.fn())).toBe(false);
    expect((await screen.findByRole("alert")).dataset["problem"]).toBe("disk_full");
    expect(box.value).toBe("Who can I ring");
    full = false;
    expect(await mayLeave(vi.fn())).toBe(true);
  });

  it("removes an action, and the keyboard goes to the one that took its place, at last to the way to a new one", async () => {
    const two = [anAction("a-1", { what: "First" }), anAction("a-2", { what: "Second" })];
    const left = [two.slice(1), []];
    const app = fakeApplication({ remove_action: () => plan(left.shift() ?? []) });
    show(plan(two));
    await change();
    await userEvent.click(screen.getByRole("button", { name: "Remove action 1: First" }));
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole("button", { name: "Change action 1: Second" })));
    expect(screen.getByText("Removed. Actions left: 1.")).toBeTruthy();
    await userEvent.keyboard("{Enter}");
    await userEvent.click(screen.getByRole("button", { name: "Remove action 1: Second" }));
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole("button", { name: "Add your own action" })));
    expect(sentTo(app, "remove_action")).toEqual([{ plan: PLAN, action: "a-1" }, { plan: PLAN, action: "a-2" }]);
    expect(await mayLeave(vi.fn())).toBe(true);
  });

  it("sends what was typed before a removal, which may be refused", async () => {
    const view = plan([anAction("a-1")]);
    const slow = held<CarePlanView>();
    const app = keeps(view, { write_what_matters: () => slow.promise, remove_action: () => refuse("disk_full") });
    show(view);
    await change();
    await userEvent.type(screen.getByLabelText(/^What matters to Sam/), "Soon");
    await userEvent.type(screen.getByLabelText("What we agreed"), " by letter");
    await userEvent.click(screen.getByRole("button", { name: /^Remove action 1/ }));
    slow.settle(view);
    expect((await screen.findByRole("alert")).dataset["problem"]).toBe("disk_full");
    expect(sentTo(app, "write_action")).toEqual([{ plan: PLAN, action: "a-1", ...whole, what: "Counselling, Riverside support centre by letter" }]);
  });

  it("takes what was refused in an action away with it", async () => {
    const view = plan([anAction("a-1")]);
    keeps(view, { write_action: () => refuse("field", { fields: [{ field: "due", reason: "day_form" }] }), remove_action: () => plan([]) });
    show(view);
    await change();
    await userEvent.type(screen.getByLabelText("By"), "x");
    await userEvent.tab();
    await screen.findByText("The last change was not saved");
    await userEvent.click(screen.getByRole("button", { name: /^Remove action 1/ }));
    expect(await screen.findByText("Saved here 10:02")).toBeTruthy();
  });

  it("leads to the next concern, and from the last to agreeing", async () => {
    fakeApplication({});
    const { choose, rerender, agree, preview } = show();
    await userEvent.click(screen.getByRole("button", { name: "Next concern: Sleep" }));
    expect(choose).toHaveBeenCalledWith("physical.sleep");
    await userEvent.click(screen.getByRole("button", { name: "Preview and print" }));
    expect(preview).toHaveBeenCalledOnce();
    await rerender({ concern: "physical.sleep" });
    expect(screen.queryByRole("button", { name: /^Next concern/ })).toBeNull();
    await userEvent.click(screen.getByRole("button", { name: "Agree this plan" }));
    expect(agree).toHaveBeenCalledOnce();
  });

  it("opens the control that a link led to, with what is missing there", async () => {
    fakeApplication({});
    const open = anAction("a-1", { due: null });
    show(plan([open], { unfinished: [{ field: "due-a-1", reason: "missing" }] }), { concern: WORRY, field: "due-a-1" });
    await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText("By")));
    expect(screen.getByText("Enter the day")).toBeTruthy();
  });

  it("says nothing of what is missing to somebody sent here for something else", async () => {
    fakeApplication({});
    show(plan([anAction("a-1", { due: null })], { unfinished: [{ field: "due-a-1", reason: "missing" }] }), { concern: WORRY, field: "what-a-1" });
    await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText("What we agreed")));
    expect(screen.queryByText("Enter the day")).toBeNull();
  });

  it("says after an unlock which version the patient has, and why, and leads to it", async () => {
    fakeApplication({});
    const { read } = show(plan([], { version: 1, signed: aSignature(), unlock_reason: "New referral" }));
    expect(screen.getByText("Version 2, draft. Version 1, agreed 23-Nov-2026 by Ruth Invented, holds until then.")).toBeTruthy();
    expect(screen.getByText("Why it was unlocked: New referral")).toBeTruthy();
    await userEvent.click(screen.getByRole("button", { name: "Read version 1" }));
    expect(read).toHaveBeenCalledWith(1);
  });

  it("says where an action stands in words", () => {
    fakeApplication({});
    const actions = [anAction("a-1", { ended: { how: "done", on: aDesk().today } }), anAction("a-2", { ended: { how: "done", on: dated } }), anAction("a-3", { overdue: true }), anAction("a-4"), anAction("a-5", { due: null })];
    const { container } = show(plan(actions, { unfinished: [{ field: "due-a-5", reason: "missing" }] }));
    for (const words of ["Done today", "Done 04-Dec-2026", "Overdue", "Agreed", "Not complete"]) expect(container.textContent).toContain(words);
  });

  it("calls an action agreed only when the application misses nothing of it, as the name of who does it", () => {
    fakeApplication({});
    show(plan([anAction("a-1", { owner_name: "" }), anAction("a-10")], { unfinished: [{ field: "owner_name-a-1", reason: "missing" }] }));
    const rows = within(screen.getByRole("list", { name: "Actions for Worry, fear or anxiety" })).getAllByRole("listitem");
    expect(rows.map((row) => /Agreed|Not complete/.exec(row.querySelector(".now")?.textContent ?? "")?.[0])).toEqual(["Not complete", "Agreed"]);
  });
});
