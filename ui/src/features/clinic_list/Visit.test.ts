import { render, screen } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import type { ClinicVisitView } from "../../ipc/bindings";
import { aBanner } from "../../ipc/examples";
import { fakeApplication } from "../../ipc/fake";
import { VISIT, aClinicVisit, aGivenPerson } from "../../ipc/work_examples";
import Visit from "./Visit.svelte";

function show(view: ClinicVisitView): Record<"changed" | "find" | "register" | "overview" | "back", ReturnType<typeof vi.fn>> {
  const doors = { changed: vi.fn(), find: vi.fn(), register: vi.fn(), overview: vi.fn(), back: vi.fn() };
  render(Visit, { view, ...doors });
  return doors;
}

describe("a place on the clinic list", () => {
  it("leads whoever is not here to the form, filled from the row", async () => {
    const doors = show(aClinicVisit());
    expect(screen.getByText("NEWCOMER, Nadia")).toBeTruthy();
    await userEvent.click(screen.getByRole("button", { name: "Register from this row" }));
    expect(doors.register).toHaveBeenCalledOnce();
  });

  it.each([
    ["the details differ", aClinicVisit({ differs: true })],
    ["the row has no number", aClinicVisit({ given: { ...aGivenPerson(), nhs_number: null } })],
  ])("offers no registering where %s", (_, view) => {
    show(view);
    expect(screen.queryByRole("button", { name: "Register from this row" })).toBeNull();
    expect(screen.getByRole("button", { name: "Find a patient" })).toBeTruthy();
  });

  it("takes a person off the list", async () => {
    const app = fakeApplication({ take_off_clinic_visit: () => aClinicVisit({ taken_off: true }) });
    const doors = show(aClinicVisit({ banner: aBanner(), given: null }));
    await userEvent.click(screen.getByRole("button", { name: "Take off the list" }));
    expect(app.asked.at(-1)?.request).toEqual({ visit: VISIT });
    expect(doors.changed).toHaveBeenCalledOnce();
  });

  it("says of an appointment at the trust that nobody here put it on the list", () => {
    show(aClinicVisit({ source: "trust", file: "", by: "" }));
    expect(screen.getByText("From an appointment at the trust")).toBeTruthy();
    expect(screen.getByText("Fetched 23-Nov-2026 07:30")).toBeTruthy();
    expect(screen.queryByText("Entered by")).toBeNull();
  });

  it("says that the trust cancelled an appointment, and lets it be put back", () => {
    show(aClinicVisit({ source: "trust", file: "", by: "", taken_off: true, cancelled: true }));
    expect(screen.getByText("The trust has cancelled this appointment")).toBeTruthy();
    expect(screen.queryByText("Taken off the list")).toBeNull();
    expect(screen.getByRole("button", { name: "Put back on the list" })).toBeTruthy();
  });

  it("puts a person who was taken off back on the list", async () => {
    const app = fakeApplication({ put_back_clinic_visit: () => aClinicVisit() });
    const doors = show(aClinicVisit({ taken_off: true }));
    expect(screen.queryByRole("button", { name: "Take off the list" })).toBeNull();
    await userEvent.click(screen.getByRole("button", { name: "Put back on the list" }));
    expect(app.asked.at(-1)?.request).toEqual({ visit: VISIT });
    expect(doors.changed).toHaveBeenCalledOnce();
  });
});
