import { screen, waitFor } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { aPatientFront, someAnswers } from "../ipc/examples";
import { refuse } from "../ipc/fake";
import { at_, given, onTo, opened, press } from "./in_hand.test-kit";

describe("information and questions", () => {
  it("takes each topic as it is ticked", async () => {
    const app = await opened(aPatientFront({ answers: someAnswers({ information: ["exercise"] }) }));
    await onTo("patient_information");
    expect(screen.getByRole<HTMLInputElement>("checkbox", { name: "Exercise" }).checked).toBe(true);
    await userEvent.click(screen.getByRole("checkbox", { name: "Diet" }));
    await userEvent.click(screen.getByRole("checkbox", { name: "Exercise" }));
    await waitFor(() => expect(screen.getByRole<HTMLInputElement>("checkbox", { name: "Exercise" }).checked).toBe(false));
    expect(given(app)).toEqual([
      { kind: "want_information", topic: "diet", wanted: true },
      { kind: "want_information", topic: "exercise", wanted: false },
    ]);
  });

  it("saves a question before the page is left", async () => {
    const app = await opened();
    await onTo("patient_questions");
    await userEvent.type(screen.getByLabelText("I have questions about"), "Can I fly?");
    expect(screen.getByRole("status").textContent).toContain("Not saved yet");
    await press("Continue");
    await at_("patient_check");
    expect(given(app).at(-1)).toEqual({ kind: "write_questions", words: "Can I fly?" });
    expect(screen.getByText("Can I fly?")).toBeTruthy();
  });

  it("keeps a question that could not be saved on the page", async () => {
    await opened(aPatientFront(), { patient_answer: () => refuse("disk_full") });
    await onTo("patient_questions");
    await userEvent.type(screen.getByLabelText("I have questions about"), "Can I fly?");
    await press("Continue");
    await screen.findByRole("alert");
    await at_("patient_questions");
    expect(screen.getByLabelText<HTMLTextAreaElement>("I have questions about").value).toBe("Can I fly?");
  });
});
