import { render, screen, waitFor } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { mayLeave } from "../../design/leaving";
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
    expect(await mayLeave()).toBe(true);
    await userEvent.type(screen.getByLabelText("Family name"), "I");
    expect(await mayLeave()).toBe(false);
    await userEvent.click(await screen.findByRole("button", { name: "Leave without saving" }));
    expect(await mayLeave()).toBe(true);
  });
});
