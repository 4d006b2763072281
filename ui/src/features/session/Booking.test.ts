import { render, screen, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { SAM, aBanner, at, day } from "../../ipc/examples";
import { fakeApplication, refuse } from "../../ipc/fake";
import { BOOKING, SESSION, aBooking, aBookingView, aDate, aSession, exact, inMonth, unknown } from "../../ipc/session_examples";
import type { BookingLine, BookingView } from "../../ipc/bindings";
import Book from "./Book.svelte";
import Booking from "./Booking.svelte";
import Bookings from "./Bookings.svelte";

const press = (name: string): Promise<void> => userEvent.click(screen.getByRole("button", { name }));
const choose = (name: RegExp): Promise<void> => userEvent.click(screen.getByRole("radio", { name }));
const dead = { banner: aBanner({ died: day("2026-11-20", "20-Nov-2026", "20 November 2026") }) };

describe("book a session", () => {
  const other = aSession({ id: "other" as never, title: "Neutropenic sepsis", relatives_welcome: false, dates: [] });
  function show() {
    const booked = vi.fn();
    render(Book, { patient: SAM, sessions: [aSession(), other, aSession({ id: "gone" as never, title: "Old one", retired: true })], chosen: null, name: "Sam", booked, back: vi.fn() });
    return booked;
  }

  it("has nothing chosen, offers no retired one, and names each thing that is missing", async () => {
    const app = fakeApplication({});
    show();
    expect(screen.getAllByRole<HTMLInputElement>("radio").filter((radio) => radio.checked)).toEqual([]);
    expect(screen.queryByRole("radio", { name: /Old one/ })).toBeNull();
    await press("Ask for a place");
    expect(screen.getByRole("link", { name: "Choose the session" })).toBeTruthy();
    await choose(/^Coping with anxiety/);
    await press("Ask for a place");
    for (const words of ["Choose the date", "Enter how many come along"]) expect(screen.getByRole("link", { name: words })).toBeTruthy();
    expect(app.asked).toEqual([]);
  });

  it.each([
    [/^04-Dec-2026 10:00 to 11:30/, "d-1"],
    [/^January 2027, day to be confirmed/, "d-2"],
    [/^Date to be confirmed/, "d-3"],
    [/^Whichever comes first/, null],
  ])("asks for %s", async (words, date) => {
    const app = fakeApplication({ book_session: () => aBookingView() });
    const booked = show();
    await choose(/^Coping with anxiety/);
    await choose(words);
    await userEvent.type(screen.getByLabelText("How many relatives or friends come along?"), "2");
    await userEvent.type(screen.getByLabelText("What should the team know?"), "Ring first");
    await press("Ask for a place");
    expect(app.asked).toEqual([{ command: "book_session", request: { patient: SAM, session: SESSION, form: { date, relatives: "2", note: "Ring first" } } }]);
    expect(booked).toHaveBeenCalledWith(aBookingView());
  });

  it("asks nothing about relatives where none may come, and forgets the date of another session", async () => {
    const app = fakeApplication({ book_session: () => aBookingView() });
    show();
    await choose(/^Coping with anxiety/);
    await choose(/^04-Dec-2026/);
    await choose(/^Neutropenic sepsis/);
    expect(screen.queryByLabelText("How many relatives or friends come along?")).toBeNull();
    await press("Ask for a place");
    expect(screen.getByRole("link", { name: "Choose the date" })).toBeTruthy();
    await choose(/^Whichever comes first/);
    await press("Ask for a place");
    expect(app.asked[0]?.request).toMatchObject({ session: "other", form: { date: null, relatives: "0" } });
  });

  it.each([
    ["session", "already_there", "This is there already: check the session", /^Coping/],
    ["date", "no_place", "No place can be had on the date: choose another one", /^04-Dec/],
    ["relatives", "number_form", "This is not a number that fits: check how many come along", null],
  ])("says of %s, refused as %s, what is wrong", async (field, reason, words, radio) => {
    fakeApplication({ book_session: () => refuse("field", { fields: [{ field, reason }] }) });
    const booked = show();
    await choose(/^Coping with anxiety/);
    await choose(/^04-Dec-2026/);
    await userEvent.type(screen.getByLabelText("How many relatives or friends come along?"), "12");
    await press("Ask for a place");
    await userEvent.click(await screen.findByRole("link", { name: words }));
    expect(document.activeElement).toBe(radio ? screen.getByRole("radio", { name: field === "session" ? /^Coping/ : radio }) : screen.getByLabelText("How many relatives or friends come along?"));
    expect(booked).not.toHaveBeenCalled();
  });
});

describe("one booking", () => {
  function show(line: Partial<BookingLine> = {}, more: Partial<BookingView> = {}) {
    const doors = { changed: vi.fn(), print: vi.fn(), seeSession: vi.fn() };
    render(Booking, { view: aBookingView(line, more), back: { label: "Overview", go: vi.fn() }, ...doors });
    return doors;
  }

  it("is confirmed on one of the dates that take people, none of them chosen", async () => {
    const app = fakeApplication({ confirm_booking: () => aBookingView({ standing: "confirmed" }) });
    const { changed } = show({ date: null }, { session: aSession({ dates: [aDate("d-1", exact), aDate("d-4", exact, { takes_people: false, over: true }), aDate("d-2", inMonth)] }) });
    const group = within(screen.getByRole("group", { name: "On which date?" }));
    expect(group.getAllByRole<HTMLInputElement>("radio").map((radio) => [radio.value, radio.checked])).toEqual([["d-1", false]]);
    await press("Confirm it");
    expect(screen.getByRole("link", { name: "Choose the date" })).toBeTruthy();
    expect(app.asked).toEqual([]);
    await userEvent.click(group.getByRole("radio"));
    await press("Confirm it");
    expect(app.asked).toEqual([{ command: "confirm_booking", request: { booking: BOOKING, date: "d-1" } }]);
    expect(changed).toHaveBeenCalled();
  });

  it("says that there is no date yet while it waits", () => {
    show({ standing: "waiting", date: "d-3", when: unknown }, { session: aSession({ dates: [aDate("d-3", unknown)] }) });
    expect(screen.getByRole("heading", { name: "No date to confirm yet" })).toBeTruthy();
    expect(screen.queryByRole("button", { name: "Confirm it" })).toBeNull();
    expect(document.getElementById("standing")?.textContent).toBe("On the waiting list");
  });

  it("says that the timetable has changed, and asks for a date", () => {
    show({ standing: "moved" });
    expect(screen.getByText("The timetable has changed")).toBeTruthy();
    expect(document.getElementById("standing")?.textContent).toBe("Date or place changed");
    expect(screen.getByRole("group", { name: "On which date?" })).toBeTruthy();
  });

  it("is reminded of when the day is near, and says who did", async () => {
    const app = fakeApplication({ remind_booking: () => aBookingView({ standing: "confirmed" }) });
    const { changed } = show({ standing: "to_remind", confirmed: { at: at("10:00"), by: "Nkechi Notional" } });
    expect(screen.getByText("23-Nov-2026 10:00 by Nkechi Notional")).toBeTruthy();
    await press("Sam was reminded");
    expect(app.asked).toEqual([{ command: "remind_booking", request: { booking: BOOKING } }]);
    expect(changed).toHaveBeenCalled();
  });

  it("asks whether the patient came once the day is there", async () => {
    const app = fakeApplication({ end_booking: () => aBookingView({ standing: "missed", open: false }) });
    show({ standing: "due", due: true });
    await press("Save it");
    expect(screen.getByRole("link", { name: "Choose whether the patient came" })).toBeTruthy();
    await choose(/^Did not come/);
    await press("Save it");
    expect(app.asked).toEqual([{ command: "end_booking", request: { booking: BOOKING, attended: false } }]);
  });

  it("is changed from what was asked for, for the revision that was read", async () => {
    const app = fakeApplication({ change_booking: () => refuse("changed_meanwhile") });
    const { changed } = show();
    const relatives = screen.getByLabelText<HTMLInputElement>("How many relatives or friends come along?");
    expect(relatives.value).toBe("1");
    await userEvent.clear(relatives);
    await userEvent.type(relatives, "3");
    await press("Save the change");
    expect(app.asked).toEqual([{ command: "change_booking", request: { booking: BOOKING, revision: 1, form: { date: "d-1", relatives: "3", note: "" } } }]);
    expect((await screen.findByRole("alert")).dataset["problem"]).toBe("changed_meanwhile");
    expect(relatives.value).toBe("3");
    expect(changed).not.toHaveBeenCalled();
  });

  it("is given back with a reason, and printed until then", async () => {
    const app = fakeApplication({ cancel_booking: () => aBookingView({ standing: "cancelled", open: false }) });
    const { print } = show();
    await press("Print the invitation");
    expect(print).toHaveBeenCalled();
    await press("Give the place back");
    await userEvent.type(screen.getByLabelText("Reason"), "Feels better{Enter}");
    expect(app.asked).toEqual([{ command: "cancel_booking", request: { booking: BOOKING, reason: "Feels better" } }]);
  });

  it.each(["attended", "missed", "cancelled"] as const)("is only read once it is %s", (standing) => {
    show({ standing, open: false, cancel_reason: standing === "cancelled" ? "Feels better" : null });
    for (const name of ["Save the change", "Give the place back", "Print the invitation", "Confirm it"]) expect(screen.queryByRole("button", { name })).toBeNull();
    expect(screen.queryByText("Feels better") !== null).toBe(standing === "cancelled");
  });

  it.each(["to_confirm", "to_remind", "moved"] as const)("arranges nothing for somebody who has died, whatever it was: %s", (standing) => {
    show({ standing }, dead);
    for (const name of ["Save the change", "Print the invitation", "Confirm it", "Sam was reminded"]) expect(screen.queryByRole("button", { name })).toBeNull();
    expect(screen.getByRole("button", { name: "Give the place back" })).toBeTruthy();
  });
});

describe("sessions on the overview", () => {
  it("are listed with when, where and how they stand", async () => {
    const open = vi.fn();
    render(Bookings, { bookings: [aBooking(), aBooking({ id: "other" as never, title: "Neutropenic sepsis", when: inMonth, standing: "waiting" })], name: "Sam", book: vi.fn(), open });
    const rows = screen.getAllByRole("listitem").map((row) => row.textContent.replace(/\s+/g, " ").trim());
    expect(rows[0]).toBe("Coping with anxiety 04-Dec-2026 10:00 to 11:30 Online · Microsoft Teams asked for 23-Nov-2026 by Ruth Invented To be confirmed Saved here Open");
    expect(rows[1]).toContain("January 2027, day to be confirmed");
    await press("Open, Coping with anxiety");
    expect(open).toHaveBeenCalledWith(BOOKING);
  });

  it("says that there is none, and books none for somebody who has died", async () => {
    const book = vi.fn();
    const { rerender } = render(Bookings, { bookings: [], name: "Sam", book, open: vi.fn() });
    await press("Book a session");
    expect(book).toHaveBeenCalled();
    await rerender({ bookings: [], name: "Sam", book: null, open: vi.fn() });
    expect(screen.getByText("No session booked")).toBeTruthy();
    expect(screen.queryByRole("button", { name: "Book a session" })).toBeNull();
  });
});
