import { render, screen, waitFor, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { createRawSnippet } from "svelte";
import { describe, expect, it, vi } from "vitest";
import { mayLeave } from "../../design/leaving";
import type { SummaryView } from "../../ipc/bindings";
import { SUMMARY, aChosen, aSummary, aTemplate, at } from "../../ipc/examples";
import { fakeApplication, held, refuse } from "../../ipc/fake";
import Editor from "./Editor.svelte";
import { SummaryRecord } from "./record.svelte";

const invasive = (value = ""): SummaryView["chosen"][number] => aChosen("e-1", "invasive", [{ value, shown: value && "04-Dec-2026", offers: [{ value: "2026-03-19", shown: "19-Mar-2026" }] }]);

function show(view: SummaryView = aSummary(), open: string | null = "diagnosis") {
  const doors = { sign: vi.fn(), print: vi.fn() };
  const props = { record: new SummaryRecord(view), template: aTemplate(), open, back: { label: "Overview", go: vi.fn() }, beside: createRawSnippet(() => ({ render: () => "<p>Paper</p>" })), ...doors };
  const toSection = vi.fn(async (section: string | null) => {
    if (await mayLeave(vi.fn())) await rerender({ open: section });
  });
  const { rerender } = render(Editor, { ...props, toSection });
  return { toSection, ...doors };
}
const box = (id: string): HTMLInputElement => document.getElementById(id) as HTMLInputElement;
const press = (name: string | RegExp): Promise<void> => userEvent.click(screen.getByRole("button", { name }));

describe("the sections of a summary", () => {
  it("have one open at most, with the lines of the others not even there", async () => {
    fakeApplication({});
    const { toSection } = show();
    expect(screen.getAllByRole("checkbox").map((tick) => tick.id)).toEqual(["line-diagnosis-invasive", "line-diagnosis-other"]);
    screen.getByRole("button", { name: /^When to get help/ }).focus();
    await userEvent.keyboard("{Enter}");
    expect(toSection).toHaveBeenLastCalledWith("alerts");
    expect(screen.getAllByRole("checkbox").map((tick) => tick.id)).toEqual(["line-alerts-fever", "line-alerts-same"]);
    expect(document.activeElement).toBe(screen.getByRole("button", { name: /^When to get help/, expanded: true }));
    await userEvent.keyboard("{Enter}");
    expect(toSection).toHaveBeenLastCalledWith(null);
    expect(screen.queryAllByRole("checkbox")).toEqual([]);
  });

  it("say how much is kept, what is to fill in, and which is needed", () => {
    fakeApplication({});
    const own = [{ key: "own-2", section: "alerts", urgent: false, patient: "", gp: "" }];
    show(aSummary({ chosen: [aChosen("e-1", "fever")], own, unfinished: [{ field: "section-diagnosis", reason: "section_needed" }, { field: "own-2-gp", reason: "missing" }] }), null);
    expect(screen.getByRole("button", { name: "Your diagnosis 0 of 2 kept · needed" })).toBeTruthy();
    expect(screen.getByRole("button", { name: "When to get help 1 of 2 kept · 1 of your own · 1 to fill in" })).toBeTruthy();
  });

  it("group lines under their titles", () => {
    fakeApplication({});
    show(aSummary(), "contacts");
    expect(screen.getAllByRole("heading", { level: 3 }).map((heading) => heading.textContent)).toEqual(["In the daytime", "At night"]);
  });

  it("say where their lines come from when asked", async () => {
    fakeApplication({});
    show();
    expect(screen.queryByText(/NHS public advice/)).toBeNull();
    await press("Where these lines come from");
    expect(screen.getByText("NHS public advice: read in an official or primary text")).toBeTruthy();
    expect(screen.getByText("NHS public advice: from general knowledge, to be checked by the trust")).toBeTruthy();
  });
});

describe("a line", () => {
  it("is chosen and dropped the moment it is ticked, and says URGENT in words", async () => {
    const app = fakeApplication({ choose_line: () => aSummary({ chosen: [aChosen("e-1", "fever")], saved: at("11:19") }), drop_line: () => aSummary() });
    show(aSummary(), "alerts");
    await userEvent.click(screen.getByRole("checkbox", { name: /^URGENT A temperature/ }));
    await waitFor(() => expect(screen.getByText("Saved here 11:19")).toBeTruthy());
    await userEvent.click(screen.getByRole("checkbox", { name: /^URGENT A temperature/ }));
    await waitFor(() => expect(box("line-alerts-fever").checked).toBe(false));
    expect(app.asked).toEqual([
      { command: "choose_line", request: { summary: SUMMARY, section: "alerts", line: "fever" } },
      { command: "drop_line", request: { summary: SUMMARY, entry: "e-1" } },
    ]);
  });

  it("ticked and unticked at once is not kept", async () => {
    const first = held<SummaryView>();
    const app = fakeApplication({ choose_line: () => first.promise, drop_line: () => aSummary() });
    show(aSummary(), "alerts");
    await userEvent.click(box("line-alerts-same"));
    await userEvent.click(box("line-alerts-same"));
    first.settle(aSummary({ chosen: [aChosen("e-1", "same")] }));
    await waitFor(() => expect(app.asked.at(-1)).toEqual({ command: "drop_line", request: { summary: SUMMARY, entry: "e-1" } }));
    await waitFor(() => expect(box("line-alerts-same").checked).toBe(false));
  });

  it("goes back to what is saved when it could not be kept", async () => {
    fakeApplication({ choose_line: () => refuse("disk_full") });
    show(aSummary(), "alerts");
    await userEvent.click(box("line-alerts-same"));
    expect((await screen.findByRole("alert")).dataset["problem"]).toBe("disk_full");
    expect(box("line-alerts-same").checked).toBe(false);
    expect(screen.getByText("The last change was not saved")).toBeTruthy();
  });

  it("shows the GP’s wording beneath where it differs: of kept lines always, of all when asked", async () => {
    fakeApplication({});
    show(aSummary({ chosen: [aChosen("e-1", "same")] }), "alerts");
    expect(screen.queryByText("Temperature 38 °C or more: same day.")).toBeNull();
    await press("Show the GP’s words");
    expect(screen.getByText("Temperature 38 °C or more: same day.")).toBeTruthy();
    expect(box("line-alerts-fever").getAttribute("aria-describedby")).toBe("line-alerts-fever-gp");
    expect(box("line-alerts-same").getAttribute("aria-describedby")).toBeNull();
  });

  it("that repeats is added again, the keyboard going to the new blank, and one of them taken out", async () => {
    const one = aChosen("e-1", "other", [{ value: "lobular", shown: "lobular" }]);
    const two = aChosen("e-2", "other");
    const app = fakeApplication({ choose_line: () => aSummary({ chosen: [one, two] }), drop_line: () => aSummary({ chosen: [one] }) });
    show(aSummary({ chosen: [one] }));
    await press(/^Add another/);
    await waitFor(() => expect(document.activeElement).toBe(box("e-2-type")));
    expect(box("e-1-type").value).toBe("lobular");
    await userEvent.click(box("drop-e-2"));
    await waitFor(() => expect(box("e-2-type")).toBeNull());
    expect(app.asked.at(-1)?.request).toEqual({ summary: SUMMARY, entry: "e-2" });
    expect(document.activeElement).toBe(screen.getByRole("button", { name: /^Add another/ }));
  });
});

describe("a blank of a line", () => {
  it("has nothing chosen beforehand, and is saved as it is filled in", async () => {
    const app = fakeApplication({ fill_slot: ({ slot, value }) => aSummary({ chosen: [aChosen("e-1", "invasive", slot === "side" ? [{}, { value, shown: "left breast" }] : [{ value: "2026-12-04", shown: "04-Dec-2026" }])] }) });
    show(aSummary({ chosen: [invasive()] }));
    const side = screen.getByLabelText<HTMLSelectElement>("Side");
    expect(side.value).toBe("");
    await userEvent.selectOptions(side, "left");
    expect(app.asked.at(-1)).toEqual({ command: "fill_slot", request: { summary: SUMMARY, entry: "e-1", slot: "side", value: "left" } });
    await userEvent.type(box("e-1-date"), "4/12/26");
    expect(screen.getByText("Not saved yet")).toBeTruthy();
    await userEvent.tab();
    expect(app.asked.at(-1)).toEqual({ command: "fill_slot", request: { summary: SUMMARY, entry: "e-1", slot: "date", value: "4/12/26" } });
    await waitFor(() => expect(box("e-1-date").value).toBe("04-Dec-2026"));
    expect(screen.getByText("Saved here 11:18")).toBeTruthy();
  });

  it("takes a value of the record with one press", async () => {
    const app = fakeApplication({ fill_slot: ({ value }) => aSummary({ chosen: [aChosen("e-1", "invasive", [{ value, shown: "19-Mar-2026", offers: [{ value, shown: "19-Mar-2026" }] }])] }) });
    show(aSummary({ chosen: [invasive()] }));
    await press("Use 19-Mar-2026 for Date of diagnosis");
    expect(app.asked.at(-1)?.request).toEqual({ summary: SUMMARY, entry: "e-1", slot: "date", value: "2026-03-19" });
    await waitFor(() => expect(box("e-1-date").value).toBe("19-Mar-2026"));
    expect(document.activeElement).toBe(box("e-1-date"));
    expect(screen.queryByRole("button", { name: /^Use / })).toBeNull();
  });

  it("keeps what was typed and says above it why it is not taken; nobody leaves before", async () => {
    fakeApplication({ fill_slot: ({ value }) => (value === "" ? aSummary({ chosen: [invasive()] }) : refuse("field", { fields: [{ field: "e-1-date", reason: "day_form" }] })) });
    const { toSection } = show(aSummary({ chosen: [invasive("2026-12-04")] }));
    await userEvent.clear(box("e-1-date"));
    await userEvent.type(box("e-1-date"), "tomorrow");
    await userEvent.tab();
    const words = "This is not a day: write “Date of diagnosis” like 04-Dec-2026";
    expect(await screen.findByText(words)).toBeTruthy();
    expect(screen.queryByRole("alert")).toBeNull();
    await press(/^When to get help/);
    await toSection.mock.results[0]?.value;
    expect(document.activeElement).toBe(screen.getByRole("alert", { name: "Check one thing" }));
    await userEvent.click(screen.getByRole("link", { name: words }));
    expect(document.activeElement).toBe(box("e-1-date"));
    expect(box("e-1-date").value).toBe("tomorrow");
    await userEvent.clear(box("e-1-date"));
    await userEvent.tab();
    await waitFor(() => expect(screen.queryByText(words)).toBeNull());
    expect(await mayLeave(vi.fn())).toBe(true);
  });

  it("typed back to what is saved is no longer wrong", async () => {
    fakeApplication({ fill_slot: () => refuse("field", { fields: [{ field: "e-1-date", reason: "day_form" }] }) });
    show(aSummary({ chosen: [invasive()] }));
    await userEvent.type(box("e-1-date"), "x");
    await userEvent.tab();
    expect(await screen.findByText(/This is not a day/)).toBeTruthy();
    await userEvent.clear(box("e-1-date"));
    await userEvent.tab();
    await waitFor(() => expect(screen.queryByText(/This is not a day/)).toBeNull());
    expect(screen.getByText("Saved here 11:18")).toBeTruthy();
  });
});

describe("a line of one’s own", () => {
  const own = { key: "own-1", section: "alerts", urgent: false, patient: "", gp: "" };

  it("is added with the keyboard in it, worded for both copies, and marked urgent", async () => {
    const app = fakeApplication({ add_own_line: () => aSummary({ own: [own] }), write_own_line: ({ urgent, patient, gp }) => aSummary({ own: [{ ...own, urgent, patient, gp }] }) });
    show(aSummary(), "alerts");
    await press("Add your own line");
    await waitFor(() => expect(document.activeElement).toBe(box("own-1-patient")));
    await userEvent.type(box("own-1-patient"), "Ring us");
    await press("Use the patient’s words");
    expect(box("own-1-gp").value).toBe("Ring us");
    expect(screen.queryByRole("button", { name: "Use the patient’s words" })).toBeNull();
    await userEvent.click(screen.getByRole("checkbox", { name: "Print URGENT before it" }));
    await waitFor(() => expect(app.asked.at(-1)).toEqual({ command: "write_own_line", request: { summary: SUMMARY, entry: "own-1", urgent: true, patient: "Ring us", gp: "Ring us" } }));
  });

  it("is taken off, the keyboard going to the way to add one", async () => {
    const app = fakeApplication({ drop_line: () => aSummary() });
    show(aSummary({ own: [own] }), "alerts");
    await press("Take off Your own line 1");
    expect(app.asked).toEqual([{ command: "drop_line", request: { summary: SUMMARY, entry: "own-1" } }]);
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole("button", { name: "Add your own line" })));
  });

  it("says at its own box why it is not taken", async () => {
    fakeApplication({ write_own_line: () => refuse("field", { fields: [{ field: "own-1-gp", reason: "too_long" }] }) });
    show(aSummary({ own: [own] }), "alerts");
    await userEvent.type(box("own-1-gp"), "Long");
    await userEvent.tab();
    const words = await screen.findByText("This is too long: shorten your own line in words for the GP");
    expect(box("own-1-gp").getAttribute("aria-describedby")).toContain(words.id);
  });
});

it("signing is always there, and so is the paper", async () => {
  fakeApplication({});
  const { sign, print } = show(aSummary({ unfinished: [{ field: "section-diagnosis", reason: "section_needed" }] }));
  const bar = within(screen.getByRole("contentinfo"));
  await userEvent.click(bar.getByRole("button", { name: "Sign the summary" }));
  await userEvent.click(bar.getByRole("button", { name: "Preview and print" }));
  expect([sign.mock.calls.length, print.mock.calls.length]).toEqual([1, 1]);
});
