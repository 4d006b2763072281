import { render, screen, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { SAM, aBanner, at } from "../../ipc/examples";
import { fakeApplication, refuse } from "../../ipc/fake";
import type { FindPatients, PatientId } from "../../ipc/bindings";
import Find from "./Find.svelte";

const HARSHA = "7d0f7f58-0000-4000-8000-000000000012" as PatientId;
const find = (): Promise<void> => userEvent.click(screen.getByRole("button", { name: "Find" }));

describe("find", () => {
  it("shows every identifier of each person, why they matched, and goes to the result", async () => {
    const app = fakeApplication({
      find_patients: () => ({
        people: [
          { banner: aBanner(), matched: ["family", "born"], near: false, last_seen: at("10:00", "09-Nov-2026") },
          { banner: aBanner({ id: HARSHA, given: "Sara", title: "Mrs", nhs_number: null, test: false }), matched: ["family"], near: true, last_seen: null },
        ],
        similar: true,
        at: at("09:36"),
        more: false,
      }),
    });
    const open = vi.fn();
    render(Find, { open, register: vi.fn() });
    await userEvent.type(screen.getByLabelText("Family name"), "Invented");
    await userEvent.type(screen.getByLabelText("Year"), "1961");
    await find();
    expect(app.asked.at(-1)?.request).toEqual({ family: "Invented", given: "", born: { day: "", month: "", year: "1961" }, nhs_number: "", hospital_number: "", visit: null });
    const heading = await screen.findByRole("heading", { name: "2 people found" });
    expect(document.activeElement).toBe(heading);
    const [first, second] = screen.getAllByRole("listitem");
    for (const text of ["INVENTED-BELL, Samuel John (Mr)", "02-Mar-1961 (65y)", "Male", "999 000 0026", "TEST", "Matched on family name, date of birth"]) expect(within(first!).getByText(text)).toBeTruthy();
    expect(within(second!).getByText("Not recorded")).toBeTruthy();
    expect(within(second!).queryByText("TEST")).toBeNull();
    expect(screen.getByText("Similar names")).toBeTruthy();
    await userEvent.click(within(first!).getByRole("button"));
    expect(open).toHaveBeenCalledWith(SAM);
  });

  it("says that one fact is not enough, and shows nobody", async () => {
    fakeApplication({ find_patients: () => refuse("two_facts") });
    render(Find, { open: vi.fn(), register: vi.fn() });
    await userEvent.type(screen.getByLabelText("NHS number"), "999 000 0026");
    await find();
    expect((await screen.findByRole("alert")).dataset["problem"]).toBe("two_facts");
    expect(screen.queryAllByRole("listitem")).toEqual([]);
    expect(screen.getByLabelText<HTMLInputElement>("NHS number").value).toBe("999 000 0026");
  });

  it("says that nobody was found, with the way on", async () => {
    fakeApplication({ find_patients: () => ({ people: [], similar: false, at: at("09:36"), more: false }) });
    const register = vi.fn();
    render(Find, { open: vi.fn(), register });
    await find();
    expect(await screen.findByRole("heading", { name: "Nobody found" })).toBeTruthy();
    await userEvent.click(screen.getByRole("button", { name: "Register a new patient" }));
    expect(register).toHaveBeenCalledOnce();
  });

  it("finds while she types, from the second fact on, and leaves the keyboard where it is", async () => {
    const app = fakeApplication({ find_patients: () => ({ people: [{ banner: aBanner(), matched: ["family", "given"], near: false, last_seen: null }], similar: false, at: at("09:36"), more: true }) });
    render(Find, { open: vi.fn(), register: vi.fn() });
    await userEvent.type(screen.getByLabelText("Family name"), "Invented");
    expect(app.asked).toEqual([]);
    const given = screen.getByLabelText("Given name");
    await userEvent.type(given, "S");
    expect(await screen.findByRole("heading", { name: "1 person found" })).toBeTruthy();
    expect(screen.getByRole("status").textContent).toBe("1 person found. More people match. Give one more thing to see the right one.");
    expect(document.activeElement).toBe(given);
    const request = app.asked[0]?.request as FindPatients;
    expect([request.family, request.given, typeof request.visit]).toEqual(["Invented", "S", "number"]);
    await userEvent.clear(given);
    expect(screen.getByRole("heading", { name: "The people found appear here." })).toBeTruthy();
    expect(screen.getByRole("status").textContent).toBe("");
  });

  it("says nothing of what is half typed, but of what cannot be saved", async () => {
    const app = fakeApplication({ find_patients: () => refuse("two_facts") });
    render(Find, { open: vi.fn(), register: vi.fn() });
    await userEvent.type(screen.getByLabelText("Family name"), "Invented");
    const number = screen.getByLabelText("NHS number");
    await userEvent.type(number, "999");
    await vi.waitFor(() => expect(app.asked.length).toBeGreaterThan(0));
    expect(screen.queryByRole("alert")).toBeNull();
    app.answers.find_patients = () => refuse("disk_full");
    await userEvent.type(number, "0");
    expect((await screen.findByRole("alert")).dataset["problem"]).toBe("disk_full");
    expect(document.activeElement).toBe(number);
  });

  it("counts each time the screen is shown as a visit of its own", async () => {
    const app = fakeApplication({ find_patients: () => ({ people: [], similar: false, at: at("09:36"), more: false }) });
    for (const family of ["A", "B"]) {
      const shown = render(Find, { open: vi.fn(), register: vi.fn() });
      await userEvent.type(screen.getByLabelText("Family name"), family);
      await userEvent.type(screen.getByLabelText("Given name"), "C");
      await screen.findByRole("heading", { name: "Nobody found" });
      shown.unmount();
    }
    const visits = app.asked.map(({ request }) => (request as FindPatients).visit);
    expect(new Set(visits).size).toBe(2);
  });
});
