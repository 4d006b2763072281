import { render, screen } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { HNA, SAM } from "../../ipc/examples";
import { fakeApplication, refuse } from "../../ipc/fake";
import { anAppointmentView } from "../../ipc/home_examples";
import Book from "./Book.svelte";

const show = () => {
  const booked = vi.fn();
  render(Book, { patient: SAM, about: HNA, assessed: "22-Nov-2026", name: "Sam", me: "Ruth Invented", booked, back: vi.fn() });
  return booked;
};
const book = (): Promise<void> => userEvent.click(screen.getByRole("button", { name: "Book the talk" }));
const choose = (name: RegExp): Promise<void> => userEvent.click(screen.getByRole("radio", { name }));

describe("book a talk", () => {
  it("has nothing chosen, and names each thing that is missing", async () => {
    const app = fakeApplication({});
    show();
    expect(screen.getByText("About the assessment of 22-Nov-2026.")).toBeTruthy();
    expect(screen.getAllByRole<HTMLInputElement>("radio").filter((radio) => radio.checked)).toEqual([]);
    await book();
    expect(app.asked).toEqual([]);
    expect(screen.getAllByRole("listitem").map((line) => line.textContent)).toEqual(["Choose how you talk", "Choose when it is", "Enter who talks with the patient"]);
    await choose(/^Day and time/);
    await book();
    for (const words of ["Enter the day", "Enter the time"]) expect(screen.getByRole("link", { name: words })).toBeTruthy();
  });

  it.each([
    ["Face to face", "face_to_face"],
    ["Telephone", "telephone"],
    ["Video", "video"],
  ])("books it: %s, on a day, with whoever signs in at one press", async (words, channel) => {
    const app = fakeApplication({ book_appointment: () => anAppointmentView() });
    const booked = show();
    await choose(new RegExp(`^${words}`));
    await choose(/^Day and time/);
    await userEvent.type(screen.getByLabelText("Day"), "04-Dec-2026");
    await userEvent.type(screen.getByLabelText("Time"), "14:30");
    await userEvent.type(screen.getByLabelText("Place"), "Room 3");
    await userEvent.click(screen.getByRole("button", { name: "Me, Ruth Invented" }));
    expect(document.activeElement).toBe(screen.getByLabelText("With whom?"));
    await book();
    expect(app.asked).toEqual([{ command: "book_appointment", request: { patient: SAM, hna: HNA, form: { on: "04-Dec-2026", time: "14:30", channel, place: "Room 3", with_whom: "Ruth Invented" } } }]);
    expect(booked).toHaveBeenCalledWith(anAppointmentView());
  });

  it("leaves the day open when it is not known yet, whatever was typed before", async () => {
    const app = fakeApplication({ book_appointment: () => anAppointmentView({ status: "proposed", on: null, time: null }) });
    show();
    await choose(/^Telephone/);
    await choose(/^Day and time/);
    await userEvent.type(screen.getByLabelText("Day"), "04-Dec-2026");
    await choose(/^Not known yet/);
    expect(screen.queryByLabelText("Day")).toBeNull();
    await userEvent.type(screen.getByLabelText("With whom?"), "Tom Invented");
    await book();
    expect(app.asked[0]?.request).toMatchObject({ form: { on: "", time: "" } });
  });

  it.each([
    ["on", "in_past", "This day is past: check the day"],
    ["on", "too_far", "This is too far ahead: check the day"],
    ["time", "time_form", "This is not a time: write the time like 14:30"],
    ["place", "missing", "Enter the place"],
  ])("says of %s, refused as %s, what is wrong", async (field, reason, words) => {
    fakeApplication({ book_appointment: () => refuse("field", { fields: [{ field, reason }] }) });
    const booked = show();
    await choose(/^Face to face/);
    await choose(/^Day and time/);
    await userEvent.type(screen.getByLabelText("Day"), "1");
    await userEvent.type(screen.getByLabelText("Time"), "2");
    await userEvent.type(screen.getByLabelText("With whom?"), "Tom Invented");
    await book();
    await userEvent.click(await screen.findByRole("link", { name: words }));
    expect(document.activeElement?.id).toBe(field);
    expect(booked).not.toHaveBeenCalled();
  });
});
