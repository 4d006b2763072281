import { render, screen } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import { SAM } from "../../ipc/examples";
import { fakeApplication, refuse } from "../../ipc/fake";
import { aClinicVisit } from "../../ipc/work_examples";
import Add from "./Add.svelte";

it("puts a patient on the list of a day, and names each field that was not taken", async () => {
  let refused = true;
  const app = fakeApplication({
    add_clinic_visit: () => (refused ? refuse("field", { fields: [{ field: "on", reason: "in_past" }, { field: "time", reason: "missing" }] }) : aClinicVisit({ source: "entered" })),
  });
  const added = vi.fn();
  render(Add, { patient: SAM, name: "Sam", added, back: vi.fn() });
  await userEvent.type(screen.getByLabelText("Date"), "22-Nov-2026");
  await userEvent.click(screen.getByRole("button", { name: "Add to the list" }));
  expect(screen.getByRole("link", { name: "This day is past: check the date" })).toBeTruthy();
  expect(screen.getByRole("link", { name: "Enter the time" })).toBeTruthy();
  refused = false;
  await userEvent.type(screen.getByLabelText("Time"), "9.40");
  await userEvent.click(screen.getByRole("button", { name: "Add to the list" }));
  expect(added).toHaveBeenCalledOnce();
  expect(app.asked.at(-1)?.request).toEqual({ patient: SAM, form: { on: "22-Nov-2026", time: "9.40", clinic: "", reason: "", nurse: "" } });
});
