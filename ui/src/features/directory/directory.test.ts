import { render, screen, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { ENTRY, aDirectory, aLine, anEntryView } from "../../ipc/directory_examples";
import { PLAN, aPlan, anAction, day } from "../../ipc/examples";
import { fakeApplication, refuse } from "../../ipc/fake";
import type { PlanConcernView } from "../../ipc/bindings";
import AddEntry from "./AddEntry.svelte";
import Directory from "./Directory.svelte";
import Entry from "./Entry.svelte";
import Letters from "./Letters.svelte";
import Suggestions from "./Suggestions.svelte";

const press = (name: string | RegExp): Promise<void> => userEvent.click(screen.getByRole("button", { name }));

describe("the directory", () => {
  it("looks up while it is typed, by words and by concern, and says how many there are", async () => {
    const app = fakeApplication({ look_up: ({ words }) => aDirectory(words === "" ? [aLine(), aLine({ id: "other" as never, kind: "topic", name: "Sleeping better", phone: "", checked: null, checked_by: null })] : []) });
    const open = vi.fn();
    render(Directory, { open, add: vi.fn() });
    expect(await screen.findByText("2 entries")).toBeTruthy();
    expect(screen.getByText("Details checked 12-Oct-2026 by Ruth Invented")).toBeTruthy();
    expect(screen.getByText("Details not checked yet")).toBeTruthy();
    await press("Open, Riverside support centre");
    expect(open).toHaveBeenCalledWith(ENTRY);
    await userEvent.type(screen.getByLabelText("Words"), "x");
    expect(await screen.findByText("Nothing found")).toBeTruthy();
    await userEvent.selectOptions(screen.getByLabelText("For which concern?"), "sleep");
    await userEvent.click(screen.getByRole("checkbox"));
    expect(app.asked.at(-1)?.request).toEqual({ words: "x", concern: "sleep", retired: true });
  });

  it("says that a place without a telephone is to be filled in, and that a check was long ago", async () => {
    fakeApplication({ look_up: () => aDirectory([aLine({ phone: "", checked_long_ago: true })]) });
    render(Directory, { open: vi.fn(), add: vi.fn() });
    expect(await screen.findByText("Telephone: to be filled in")).toBeTruthy();
    expect(screen.getByText(/more than a year ago$/)).toBeTruthy();
  });
});

describe("an entry", () => {
  it("has nothing chosen when it is new, and names each field that is refused", async () => {
    const app = fakeApplication({ look_up: () => aDirectory(), add_directory_entry: () => refuse("field", { fields: [{ field: "kind", reason: "choose" }, { field: "name", reason: "missing" }] }) });
    render(AddEntry, { added: vi.fn(), back: { label: "Directory", go: vi.fn() } });
    await screen.findByLabelText("Name");
    expect([...screen.getAllByRole<HTMLInputElement>("radio"), ...screen.getAllByRole<HTMLInputElement>("checkbox")].filter((box) => box.checked)).toEqual([]);
    await press("Add the entry");
    for (const words of ["Choose what it is", "Enter the name"]) expect(screen.getByRole("link", { name: words })).toBeTruthy();
    await userEvent.type(screen.getByLabelText("Name"), "A place");
    await userEvent.click(screen.getByRole("checkbox", { name: "Sleep" }));
    await press("Add the entry");
    expect(app.asked.at(-1)?.request).toMatchObject({ form: { kind: null, name: "A place", concerns: ["sleep"] } });
  });

  it("is changed, checked and retired at the revision that was read", async () => {
    const app = fakeApplication({ change_directory_entry: () => anEntryView(), check_directory_entry: () => anEntryView(), retire_directory_entry: () => anEntryView() });
    const changed = vi.fn();
    render(Entry, { view: anEntryView(), changed, back: { label: "Directory", go: vi.fn() } });
    await userEvent.type(screen.getByLabelText("Telephone"), "6");
    await press("Save the change");
    await press("The details are right today");
    await press("No longer offer it");
    expect(app.asked.map(({ command, request }) => [command, request])).toMatchObject([
      ["change_directory_entry", { entry: ENTRY, revision: 2, form: { phone: "020 7946 01556" } }],
      ["check_directory_entry", { entry: ENTRY, revision: 2 }],
      ["retire_directory_entry", { entry: ENTRY, revision: 2, retired: true }],
    ]);
    expect(changed).toHaveBeenCalledTimes(3);
  });
});

describe("suggestions beside a concern", () => {
  const concern = (more: Partial<PlanConcernView> = {}): PlanConcernView => ({ ...aPlan().concerns[0]!, code: "anxiety", actions: [], ...more });

  it("adds nothing by itself, and what is asked for as one of three things", async () => {
    fakeApplication({ look_up: () => aDirectory() });
    const take = vi.fn(() => Promise.resolve(true));
    render(Suggestions, { concern: concern(), take, open: vi.fn() });
    await screen.findByText("Riverside support centre");
    expect(take).not.toHaveBeenCalled();
    await press("Give information about Riverside support centre");
    await press("Signpost: the patient contacts Riverside support centre");
    await press("Refer: we contact Riverside support centre");
    expect(take.mock.calls).toEqual([[ENTRY, "inform"], [ENTRY, "signpost"], [ENTRY, "refer"]]);
    expect(screen.getByRole("status").textContent).toBe("Added to the plan: Riverside support centre");
  });

  it("says what is in the plan already, and shows a few until more are asked for", async () => {
    const five = ["a", "b", "c", "d", "e"].map((id) => aLine({ id: id as never, name: `Place ${id}` }));
    fakeApplication({ look_up: () => aDirectory(five) });
    render(Suggestions, { concern: concern({ actions: [anAction("a-1", { entry: "a" as never, kind: "refer" })] }), take: vi.fn(), open: vi.fn() });
    expect(await screen.findByText("Referred")).toBeTruthy();
    expect(screen.queryByRole("button", { name: "Refer: we contact Place a" })).toBeNull();
    expect(screen.queryByText("Place d")).toBeNull();
    await press("Show 2 more");
    expect(screen.getByText("Place e")).toBeTruthy();
  });

  it("asks nothing for a concern in own words", () => {
    const app = fakeApplication({});
    render(Suggestions, { concern: concern({ code: null }), take: vi.fn(), open: vi.fn() });
    expect(screen.getByText(/this one is in own words/)).toBeTruthy();
    expect(app.asked).toEqual([]);
  });
});

describe("letters", () => {
  it("are there for referrals that still stand", async () => {
    const on = day("2026-11-24", "24-Nov-2026", "24 November 2026");
    const actions = [anAction("a-1"), anAction("a-2", { ended: { how: "declined", on } }), anAction("a-3", { kind: "signpost" }), anAction("a-4", { what: "Done one", ended: { how: "done", on } }), anAction("a-5", { ended: { how: "not_needed", on } })];
    const open = vi.fn();
    const first = aPlan().concerns[0]!;
    const plan = aPlan({ id: PLAN, concerns: [{ ...first, actions }] });
    render(Letters, { plan, now: plan, open });
    const buttons = within(screen.getByRole("list")).getAllByRole("button");
    expect(buttons.map((button) => button.id)).toEqual(["letter-a-1", "letter-a-4"]);
    await userEvent.click(buttons[1]!);
    expect(open).toHaveBeenCalledWith("a-4");
  });

  it("are not there for what the draft after it has ended or taken out", () => {
    const on = day("2026-11-24", "24-Nov-2026", "24 November 2026");
    const first = aPlan().concerns[0]!;
    const agreed = aPlan({ concerns: [{ ...first, actions: [anAction("a-1"), anAction("a-2"), anAction("a-3"), anAction("a-4")] }] });
    const now = aPlan({ concerns: [{ ...first, actions: [anAction("a-1"), anAction("a-2", { ended: { how: "declined", on } }), anAction("a-3", { ended: { how: "not_needed", on } }), anAction("a-5")] }] });
    render(Letters, { plan: agreed, now, open: vi.fn() });
    expect(screen.getAllByRole("button").map((button) => button.id)).toEqual(["letter-a-1"]);
  });
});
