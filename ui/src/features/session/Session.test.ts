import { render, screen, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { createRawSnippet } from "svelte";
import { describe, expect, it, vi } from "vitest";
import { aBanner } from "../../ipc/examples";
import { fakeApplication, refuse } from "../../ipc/fake";
import { BOOKING, SESSION, aBooking, aDate, aSession, aSessionView, exact } from "../../ipc/session_examples";
import type { Banner, SessionLine, SessionView } from "../../ipc/bindings";
import Add from "./Add.svelte";
import Session from "./Session.svelte";
import Sessions from "./Sessions.svelte";

const press = (name: string): Promise<void> => userEvent.click(screen.getByRole("button", { name }));
const choose = (name: string): Promise<void> => userEvent.click(screen.getByRole("radio", { name: new RegExp(`^${name}`) }));

function show(line: Partial<SessionLine> = {}, more: Partial<SessionView> = {}) {
  const doors = { changed: vi.fn(), openBooking: vi.fn() };
  const person = createRawSnippet((banner: () => Banner) => ({ render: () => `<p>${banner().family}</p>` }));
  render(Session, { view: aSessionView(line, more), person, nameOf: (banner: Banner) => banner.called, back: { label: "Sessions", go: vi.fn() }, ...doors });
  return doors;
}

describe("the timetable", () => {
  it("is shown by its parts, with dates, people and what is no longer offered", async () => {
    const open = vi.fn();
    const sepsis = aSession({ id: "sepsis" as never, group: "sact", title: "Neutropenic sepsis", dates: [], retired: true });
    const off = aDate("d-9", exact, { cancel_reason: "Flooded" });
    render(Sessions, { sessions: [aSession({ waiting: 2, confirmed: 1, dates: [...aSession().dates, off] }), sepsis], open, add: vi.fn() });
    expect(screen.getAllByRole("heading", { level: 2 }).map((heading) => heading.textContent)).toEqual(["Psychology", "Anti-cancer treatment"]);
    const rows = screen.getAllByRole("listitem").map((row) => row.textContent.replace(/\s+/g, " ").trim());
    expect(rows).toEqual([
      "Coping with anxiety Online · Microsoft Teams 04-Dec-2026 10:00 to 11:30January 2027, day to be confirmedDate to be confirmed 2 waiting for a date · 1 confirmed Open",
      "Neutropenic sepsis Online · Microsoft Teams No longer offered No date yet. People can be put on the waiting list. Open",
    ]);
    await press("Open, Coping with anxiety");
    expect(open).toHaveBeenCalledWith(SESSION);
  });
});

describe("a session of the team's own", () => {
  it("has nothing chosen, and names each thing that is missing", async () => {
    const fields = ["group", "held", "relatives_welcome"].map((field) => ({ field, reason: "choose" }));
    const app = fakeApplication({ add_session: () => refuse("field", { fields: [...fields, { field: "title", reason: "missing" }] }) });
    const added = vi.fn();
    render(Add, { added, back: { label: "Sessions", go: vi.fn() } });
    expect(screen.getAllByRole<HTMLInputElement>("radio").filter((radio) => radio.checked)).toEqual([]);
    await press("Add the session");
    for (const words of ["Choose the part of the timetable", "Choose how it is held", "Choose whether relatives may come along", "Enter the title"]) expect(await screen.findByRole("link", { name: words })).toBeTruthy();
    expect(app.asked[0]?.request).toEqual({ form: { group: null, title: "", about: "", held: null, place: "", relatives_welcome: null } });
    expect(added).not.toHaveBeenCalled();
  });

  it("is added as it was typed", async () => {
    const app = fakeApplication({ add_session: () => aSessionView() });
    const added = vi.fn();
    render(Add, { added, back: { label: "Sessions", go: vi.fn() } });
    await choose("Health and wellbeing");
    await userEvent.type(screen.getByLabelText("Title"), "Walking group");
    await choose("In person");
    await userEvent.type(screen.getByLabelText("Place"), "The park");
    await choose("No");
    await press("Add the session");
    expect(app.asked).toEqual([{ command: "add_session", request: { form: { group: "wellbeing", title: "Walking group", about: "", held: "in_person", place: "The park", relatives_welcome: false } } }]);
    expect(added).toHaveBeenCalledWith(aSessionView());
  });
});

describe("one session", () => {
  it.each([
    ["Day and time", { known: "exact", on: "04-Dec-2026", starts: "10:00", ends: "11:30", month: "" }],
    ["Only the month", { known: "month", on: "", starts: "", ends: "", month: "January 2027" }],
    ["Nothing yet", { known: "unknown", on: "", starts: "", ends: "", month: "" }],
  ])("gets a date: %s", async (known, typed) => {
    const app = fakeApplication({ write_session_date: () => aSessionView() });
    const { changed } = show({ dates: [] });
    await press("Add a date");
    expect(document.activeElement?.textContent).toBe("Add a date");
    await choose(known);
    const form = within(screen.getByRole("form", { name: "Add a date" }));
    for (const [label, text] of [["Day", typed.on], ["Starts", typed.starts], ["Ends", typed.ends], ["Month", typed.month]] as const) if (text) await userEvent.type(form.getByLabelText(label), text);
    await press("Save the date");
    expect(app.asked).toEqual([{ command: "write_session_date", request: { session: SESSION, revision: 3, date: null, form: { ...typed, place: "" } } }]);
    expect(changed).toHaveBeenCalled();
  });

  it.each([
    ["on", "in_past", "This day is past: check the day"],
    ["ends", "end_before_start", "The end is before the start: check when it ends"],
    ["place", "too_long", "This is too long: shorten the place"],
  ])("says of %s, refused as %s, what is wrong, in the form of the date", async (field, reason, words) => {
    fakeApplication({ write_session_date: () => refuse("field", { fields: [{ field, reason }] }) });
    const { changed } = show();
    await press("Change 04-Dec-2026 10:00 to 11:30");
    await press("Save the date");
    await userEvent.click(await screen.findByRole("link", { name: words }));
    expect(document.activeElement?.closest("form")?.id).toBe("date-form");
    expect(changed).not.toHaveBeenCalled();
  });

  it("turns a month into a day, or cancels a date with a reason", async () => {
    const app = fakeApplication({ write_session_date: () => aSessionView(), cancel_session_date: () => aSessionView() });
    show();
    await press("Change January 2027, day to be confirmed");
    await choose("Day and time");
    const form = within(screen.getByRole("form", { name: "Change the date" }));
    await userEvent.type(form.getByLabelText("Day"), "12-Jan-2027");
    await press("Save the date");
    expect(app.asked[0]?.request).toMatchObject({ date: "d-2", form: { known: "exact", on: "12-Jan-2027" } });
    await press("Cancel this date");
    await userEvent.type(screen.getByLabelText("Reason"), "The speaker is ill{Enter}");
    expect(app.asked[1]).toEqual({ command: "cancel_session_date", request: { session: SESSION, revision: 3, date: "d-2", reason: "The speaker is ill" } });
  });

  it("is changed, retired and offered again", async () => {
    const app = fakeApplication({ change_session: () => aSessionView(), retire_session: () => aSessionView() });
    show();
    const title = screen.getByLabelText("Title");
    await userEvent.clear(title);
    await userEvent.type(title, "Living with anxiety");
    await press("Save the change");
    expect(app.asked[0]?.request).toMatchObject({ revision: 3, form: { title: "Living with anxiety", group: "psychology", relatives_welcome: true } });
    await press("Stop offering it");
    expect(app.asked[1]?.request).toEqual({ session: SESSION, revision: 3, retired: true });
  });

  it("lists who is booked, each by name", async () => {
    const { openBooking } = show({}, { people: [{ banner: aBanner(), booking: aBooking({ relatives: 2, standing: "to_confirm" }) }] });
    const card = within(screen.getByRole("region", { name: "People booked" }));
    expect(card.getByRole("listitem").textContent.replace(/\s+/g, " ").trim()).toContain("To be confirmed 04-Dec-2026 10:00 to 11:30 2 relatives or friends come along");
    await press("Open, Sam");
    expect(openBooking).toHaveBeenCalledWith(BOOKING);
  });

  it("leaves a cancelled date as it is", () => {
    show({ dates: [aDate("d-1", exact, { cancel_reason: "Flooded", takes_people: false })] });
    expect(screen.getByText("Cancelled: Flooded")).toBeTruthy();
    expect(screen.queryByRole("button", { name: /^Change 04-Dec/ })).toBeNull();
  });
});
