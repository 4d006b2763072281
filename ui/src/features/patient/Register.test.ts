import { render, screen, waitFor } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { mayLeave, mayLock } from "../../design/leaving";
import { SAM, aBanner, aForm, anOverview } from "../../ipc/examples";
import { fakeApplication, refuse } from "../../ipc/fake";
import type { CorrectPatient, RegisterPatient } from "../../ipc/bindings";
import Register from "./Register.svelte";

const types = { cancer_types: () => ["Bowel cancer", "Breast cancer"] };
const doors = () => ({ saved: vi.fn(), open: vi.fn() });

describe("register", () => {
  it("chooses nothing for anybody", async () => {
    fakeApplication(types);
    render(Register, { correcting: null, ...doors() });
    expect(screen.getAllByRole<HTMLInputElement>("radio").filter((radio) => radio.checked)).toEqual([]);
    expect(screen.getByLabelText<HTMLSelectElement>("Cancer type").value).toBe("");
  });

  it("sends the form as typed, with the treatments", async () => {
    const app = fakeApplication({ ...types, register_patient: () => anOverview() });
    const { saved, open } = doors();
    render(Register, { correcting: null, saved, open });
    await userEvent.type(screen.getByLabelText("NHS number"), "999 000 0026");
    await userEvent.type(screen.getByLabelText("Family name"), "Invented-Bell");
    await userEvent.click(screen.getByRole("radio", { name: "Male" }));
    await userEvent.click(screen.getByRole("button", { name: "Add a treatment" }));
    expect(document.activeElement?.id).toBe("treatments-0-kind");
    await userEvent.selectOptions(screen.getByLabelText("Kind"), "radiotherapy");
    await userEvent.click(screen.getByRole("button", { name: "Register" }));
    const { form } = app.asked.at(-1)?.request as RegisterPatient;
    expect(form).toMatchObject({ nhs_number: "999 000 0026", family: "Invented-Bell", gender: "male", needs: { print_points: 14 } });
    expect(form.treatments).toEqual([{ kind: "radiotherapy", name: "", start: { day: "", month: "", year: "" }, end: { day: "", month: "", year: "" } }]);
    await waitFor(() => expect(saved).toHaveBeenCalledWith(SAM));
  });

  it.each([
    ["nhs_number_letters", /something other than digits/],
    ["nhs_number_too_short", /fewer than 10/],
    ["nhs_number_too_long", /more than 10/],
    ["nhs_number_failed_check", /digit wrong or swapped/],
  ])("says %s in its own words and keeps what was typed", async (reason, words) => {
    fakeApplication({ ...types, register_patient: () => refuse("field", { fields: [{ field: "nhs_number", reason }] }) });
    render(Register, { correcting: null, ...doors() });
    await userEvent.type(screen.getByLabelText("NHS number"), "12");
    await userEvent.click(screen.getByRole("button", { name: "Register" }));
    await userEvent.click(await screen.findByRole("link", { name: words }));
    expect(document.activeElement).toBe(screen.getByLabelText("NHS number"));
    expect(screen.getByLabelText<HTMLInputElement>("NHS number").value).toBe("12");
  });

  it("does not send a treatment without a kind", async () => {
    const app = fakeApplication(types);
    render(Register, { correcting: null, ...doors() });
    await userEvent.click(screen.getByRole("button", { name: "Add a treatment" }));
    await userEvent.click(screen.getByRole("button", { name: "Register" }));
    expect(app.asked.map((one) => one.command)).toEqual(["cancer_types"]);
    expect(await screen.findAllByText("Choose the kind of treatment 1")).toHaveLength(2);
  });

  it("leads to the record that has the number already", async () => {
    fakeApplication({ ...types, register_patient: () => refuse("duplicate_patient", { patient: SAM }) });
    const { saved, open } = doors();
    render(Register, { correcting: null, saved, open });
    await userEvent.click(screen.getByRole("button", { name: "Register" }));
    await userEvent.click(await screen.findByRole("button", { name: "Open the record that is here" }));
    expect(open).toHaveBeenCalledWith(SAM);
    expect(saved).not.toHaveBeenCalled();
  });

  it("registers someone like a person who is here only when the nurse says that it is someone else", async () => {
    const app = fakeApplication({ ...types, register_patient: ({ not_the_same }) => (not_the_same ? anOverview() : refuse("likely_duplicate", { patient: SAM })) });
    const { saved, open } = doors();
    render(Register, { correcting: null, saved, open });
    await userEvent.type(screen.getByLabelText("Family name"), "Invented-Bell");
    await userEvent.click(screen.getByRole("button", { name: "Register" }));
    const alert = await screen.findByRole("alert");
    expect(alert.dataset["problem"]).toBe("likely_duplicate");
    expect(document.activeElement).toBe(alert);
    expect(screen.getByRole("button", { name: "Open the record that is here" })).toBeTruthy();
    expect(saved).not.toHaveBeenCalled();
    await userEvent.click(screen.getByRole("button", { name: "This is someone else: register" }));
    await waitFor(() => expect(saved).toHaveBeenCalledWith(SAM));
    const sent = app.asked.filter((asked) => asked.command === "register_patient").map((asked) => asked.request as RegisterPatient);
    expect(sent.map((request) => request.not_the_same)).toEqual([false, true]);
    expect(sent[1]?.form.family).toBe("Invented-Bell");
  });

  it("offers no second record for the same NHS number", async () => {
    fakeApplication({ ...types, register_patient: () => refuse("duplicate_patient", { patient: SAM }) });
    render(Register, { correcting: null, ...doors() });
    await userEvent.click(screen.getByRole("button", { name: "Register" }));
    await screen.findByRole("alert");
    expect(screen.queryByRole("button", { name: "This is someone else: register" })).toBeNull();
  });

  it("corrects the revision that was opened, with its own values", async () => {
    const app = fakeApplication({ ...types, correct_patient: () => anOverview() });
    render(Register, { correcting: anOverview({ banner: aBanner(), form: aForm() }), ...doors() });
    await userEvent.clear(screen.getByLabelText("Preferred name"));
    await userEvent.click(screen.getByRole("button", { name: "Save the details" }));
    const request = app.asked.at(-1)?.request as CorrectPatient;
    expect(request).toEqual({ patient: SAM, revision: 4, form: aForm({ preferred: "" }) });
  });

  it("does not go away with unsaved text unless told to", async () => {
    fakeApplication(types);
    render(Register, { correcting: null, ...doors() });
    expect(await mayLeave(vi.fn())).toBe(true);
    await userEvent.type(screen.getByLabelText("Family name"), "I");
    const move = vi.fn();
    expect(await mayLeave(move)).toBe(false);
    expect(document.activeElement).toBe(await screen.findByRole("alert"));
    expect(move).not.toHaveBeenCalled();
    await userEvent.click(screen.getByRole("button", { name: "Leave without saving" }));
    expect(move).toHaveBeenCalledOnce();
    expect(await mayLeave(vi.fn())).toBe(true);
  });

  it("stays with what was typed when the nurse stays, and asks again", async () => {
    fakeApplication(types);
    render(Register, { correcting: null, ...doors() });
    await userEvent.type(screen.getByLabelText("Family name"), "I");
    const move = vi.fn();
    await mayLeave(move);
    await userEvent.click(await screen.findByRole("button", { name: "Stay here" }));
    expect(screen.queryByRole("alert")).toBeNull();
    expect(document.activeElement).toBe(screen.getByLabelText("NHS number"));
    expect(screen.getByLabelText<HTMLInputElement>("Family name").value).toBe("I");
    expect(await mayLeave(move)).toBe(false);
    expect(move).not.toHaveBeenCalled();
  });

  it("does not keep the PC open for a form that can be typed anew", async () => {
    fakeApplication(types);
    render(Register, { correcting: null, ...doors() });
    await userEvent.type(screen.getByLabelText("Family name"), "I");
    expect(await mayLock(vi.fn())).toBe(true);
  });
});
