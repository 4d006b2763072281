import { render, screen, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { HNA, SAM, aBanner, day } from "../../ipc/examples";
import { fakeApplication, refuse } from "../../ipc/fake";
import type { AppointmentLine } from "../../ipc/bindings";
import { APPOINTMENT, anAppointment, anAppointmentView } from "../../ipc/home_examples";
import Appointment from "./Appointment.svelte";
import Appointments from "./Appointments.svelte";

function show(line: Partial<AppointmentLine> = {}, more: Parameters<typeof anAppointmentView>[1] = {}) {
  const doors = { changed: vi.fn(), read: vi.fn(), book: vi.fn() };
  render(Appointment, { view: anAppointmentView(line, more), me: "Ruth Invented", back: { label: "Overview", go: vi.fn() }, ...doors });
  return doors;
}
const press = (name: string): Promise<void> => userEvent.click(screen.getByRole("button", { name }));

describe("one talk", () => {
  it("is changed from what is arranged, for the revision that was read", async () => {
    const app = fakeApplication({ change_appointment: () => anAppointmentView({ time: "15:00" }) });
    const { changed } = show();
    expect(screen.getByRole("heading", { level: 1 }).textContent).toBe("Talk, 04-Dec-2026 14:30");
    const time = screen.getByLabelText("Time");
    await userEvent.clear(time);
    await userEvent.type(time, "15:00");
    await press("Save the change");
    expect(app.asked).toEqual([{ command: "change_appointment", request: { appointment: APPOINTMENT, revision: 1, form: { on: "04-Dec-2026", time: "15:00", channel: "telephone", place: "", with_whom: "Ruth Invented" } } }]);
    expect(changed).toHaveBeenCalledWith(anAppointmentView({ time: "15:00" }));
  });

  it("says that somebody else changed it meanwhile, and keeps what was typed", async () => {
    fakeApplication({ change_appointment: () => refuse("changed_meanwhile") });
    const { changed } = show();
    await userEvent.type(screen.getByLabelText("Place"), "Room 3");
    await press("Save the change");
    expect((await screen.findByRole("alert")).dataset["problem"]).toBe("changed_meanwhile");
    expect(screen.getByLabelText<HTMLInputElement>("Place").value).toBe("Room 3");
    expect(changed).not.toHaveBeenCalled();
  });

  it("is cancelled with a reason", async () => {
    const app = fakeApplication({ cancel_appointment: () => anAppointmentView({ status: "cancelled" }) });
    const { changed } = show();
    await press("Cancel the talk");
    expect(within(screen.getByRole("form", { name: "Cancel the talk" })).getAllByRole("button").map((button) => button.textContent.trim())).toEqual(["Cancel it", "Keep it as it is"]);
    await userEvent.type(screen.getByLabelText("Reason"), "Sam is in hospital{Enter}");
    expect(app.asked).toEqual([{ command: "cancel_appointment", request: { appointment: APPOINTMENT, reason: "Sam is in hospital" } }]);
    expect(changed).toHaveBeenCalled();
  });

  it("asks how it went once its day has come, with nothing chosen", async () => {
    const app = fakeApplication({ end_appointment: () => anAppointmentView({ status: "missed" }) });
    const { changed } = show({ due: true });
    const group = within(screen.getByRole("group", { name: "How did it go?" }));
    expect(group.getAllByRole<HTMLInputElement>("radio").filter((radio) => radio.checked)).toEqual([]);
    await press("Save how it went");
    expect(screen.getByRole("link", { name: "Choose how it went" })).toBeTruthy();
    expect(app.asked).toEqual([]);
    await userEvent.click(group.getByRole("radio", { name: "It did not take place" }));
    await press("Save how it went");
    expect(app.asked).toEqual([{ command: "end_appointment", request: { appointment: APPOINTMENT, kept: false } }]);
    expect(changed).toHaveBeenCalled();
  });

  it("asks nothing of the kind before", () => {
    show();
    expect(screen.queryByRole("group", { name: "How did it go?" })).toBeNull();
  });

  it.each(["kept", "missed", "cancelled"] as const)("is only read once it is %s, and another can be booked", async (status) => {
    const { book, read } = show({ status, cancel_reason: status === "cancelled" ? "Sam is in hospital" : null });
    expect(screen.queryByRole("button", { name: "Save the change" })).toBeNull();
    expect(screen.queryByRole("button", { name: "Cancel the talk" })).toBeNull();
    expect(screen.queryByText("Sam is in hospital") !== null).toBe(status === "cancelled");
    await press("Book another talk");
    expect(book).toHaveBeenCalledWith(SAM, HNA);
    await press("Read the assessment");
    expect(read).toHaveBeenCalledWith(HNA);
  });
});

describe("a talk with somebody who has died", () => {
  it.each(["kept", "missed", "cancelled"] as const)("is %s, and no other is booked", (status) => {
    show({ status }, { banner: aBanner({ died: day("2026-11-20", "20-Nov-2026", "20 November 2026") }) });
    expect(screen.queryByRole("button", { name: "Book another talk" })).toBeNull();
    expect(screen.getByRole("button", { name: "To the overview" })).toBeTruthy();
  });
});

describe("appointments on the overview", () => {
  it("are listed with when, how, with whom and how they stand", async () => {
    const open = vi.fn();
    const open_day = anAppointment({ id: "open" as never, status: "proposed", on: null, time: null, channel: "face_to_face", place: "Room 3" });
    const due = anAppointment({ due: true });
    render(Appointments, { appointments: [open_day, due], name: "Sam", book: vi.fn(), open });
    const rows = screen.getAllByRole("listitem").map((row) => row.textContent.replace(/\s+/g, " ").trim());
    expect(rows[0]).toBe("Day not known yet Face to face · with Ruth Invented · Room 3 booked 23-Nov-2026 by Ruth Invented Day to be arranged Saved here Open");
    expect(rows[1]).toContain("04-Dec-2026 14:30 Telephone · with Ruth Invented booked 23-Nov-2026 by Ruth Invented Due: say how it went");
    await userEvent.click(screen.getByRole("button", { name: "Open, 04-Dec-2026 14:30" }));
    expect(open).toHaveBeenCalledWith(APPOINTMENT);
  });

  it("says that there is none, and books none for somebody who has died", async () => {
    const book = vi.fn();
    const { rerender } = render(Appointments, { appointments: [], name: "Sam", book, open: vi.fn() });
    await userEvent.click(screen.getByRole("button", { name: "Book a talk" }));
    expect(book).toHaveBeenCalled();
    await rerender({ appointments: [], name: "Sam", book: null, open: vi.fn() });
    expect(screen.getByText("No appointment")).toBeTruthy();
    expect(screen.queryByRole("button", { name: "Book a talk" })).toBeNull();
  });
});
