import { screen, waitFor } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { aConcern, aPatientFront, at, someAnswers } from "../ipc/examples";
import { held } from "../ipc/fake";
import type { PatientAnswers } from "../ipc/bindings";
import { at_, given, onTo, opened, press } from "./in_hand.test-kit";

const box = (name: string): HTMLInputElement => screen.getByRole<HTMLInputElement>("checkbox", { name });

describe("the concerns of one area", () => {
  it("says Saved only after the tick was answered", async () => {
    const saving = held<PatientAnswers>();
    const app = await opened(aPatientFront(), { patient_answer: () => saving.promise });
    await onTo("patient_area");
    await userEvent.click(box("Pain"));
    expect(given(app)).toEqual([{ kind: "tick_concern", concern: "physical.pain" }]);
    expect(screen.getByRole("status").textContent?.trim()).toBe("Saving");
    saving.settle(someAnswers({ saved: at("10:12"), concerns: [aConcern("physical.pain", "Pain")] }));
    await waitFor(() => expect(screen.getByRole("status").textContent?.trim()).toBe("Saved."));
  });

  it("ticks and takes off by keyboard alone", async () => {
    const app = await opened();
    await onTo("patient_area");
    box("Pain").focus();
    await userEvent.keyboard(" ");
    await waitFor(() => expect(box("Pain").checked).toBe(true));
    await userEvent.keyboard(" ");
    await waitFor(() => expect(box("Pain").checked).toBe(false));
    expect(given(app).map((answer) => answer.kind)).toEqual(["tick_concern", "untick_concern"]);
  });

  it("takes not wanting to answer the area, and the rest of it where something is ticked", async () => {
    const app = await opened();
    await onTo("patient_area");
    await userEvent.click(box("Pain"));
    await userEvent.click(await screen.findByRole("checkbox", { name: "I do not want to answer any more of this part" }));
    await press("Continue");
    await screen.findByRole("heading", { name: "Your concerns: Emotional" });
    await userEvent.click(box("I do not want to answer this part"));
    await press("Back");
    await screen.findByRole("heading", { name: "Your concerns: Physical" });
    await at_("patient_area");
    expect(given(app).slice(1)).toEqual([
      { kind: "decline_domain", domain: "physical", declined: true },
      { kind: "decline_domain", domain: "emotional", declined: true },
    ]);
    expect(box("I do not want to answer any more of this part").checked).toBe(true);
  });
});
