import { screen, waitFor } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { aConcern, aPatientFront, at, someAnswers } from "../ipc/examples";
import { never, refuse } from "../ipc/fake";
import type { WrongPin } from "../ipc/bindings";
import { at_, onTo, opened, press } from "./in_hand.test-kit";

const pin = (): HTMLInputElement => screen.getByLabelText<HTMLInputElement>("Your PIN of 6 digits");
const tried = async (digits: string): Promise<void> => {
  await userEvent.type(pin(), digits);
  await press("Take the PC back");
};

describe("giving the PC back", () => {
  it("sends the PIN, does not keep it in the box, and waits for the window to change", async () => {
    const app = await opened(aPatientFront(), { hand_back: () => never<WrongPin>() });
    await press("Stop for now");
    await at_("patient_give_back");
    await tried("482913");
    expect(app.asked.at(-1)).toEqual({ command: "hand_back", request: { pin: "482913" } });
    expect(pin().value).toBe("");
    expect(pin().type).toBe("password");
    expect(screen.getByText("One moment")).toBeTruthy();
    await press("Take the PC back");
    expect(app.asked.filter((asked) => asked.command === "hand_back")).toHaveLength(1);
  });

  it("says in words how many tries are left, and what to do after the last", async () => {
    let left = 5;
    await opened(aPatientFront(), { hand_back: () => ({ tries_left: (left -= 1) }) });
    await onTo("patient_give_back");
    expect(screen.getByText("You can try 5 times.")).toBeTruthy();
    for (const words of ["You can try 4 more times.", "You can try 3 more times.", "You can try 2 more times.", "You can try once more."]) {
      await tried("111222");
      expect(await screen.findAllByText(`That is not the PIN. ${words}`)).toHaveLength(2);
    }
    expect(screen.getByText("After that, unlock this PC with your passphrase. The answers are kept.")).toBeTruthy();
    expect(document.body.textContent).toContain("Hello Sam");
  });

  it("goes on counting where an earlier page left off", async () => {
    await opened(aPatientFront({ tries_left: 1 }));
    await press("Stop for now");
    await at_("patient_give_back");
    expect(document.querySelector("#tries")?.textContent).toBe("You can try once. After that, unlock this PC with your passphrase. The answers are kept.");
  });

  it("costs no try when the PIN is empty or has other than six digits", async () => {
    const app = await opened(aPatientFront(), { hand_back: () => refuse("field", { fields: [{ field: "pin", reason: "pin_digits" }] }) });
    await press("Stop for now");
    await at_("patient_give_back");
    await press("Take the PC back");
    expect(app.asked.some((asked) => asked.command === "hand_back")).toBe(false);
    expect(screen.getAllByText("Enter the PIN")).toHaveLength(2);
    await tried("12");
    expect(await screen.findAllByText("A PIN has 6 digits: check the PIN")).toHaveLength(2);
    expect(screen.getByText("You can try 5 times.")).toBeTruthy();
  });

  it("says that the answers are saved only where there are any", async () => {
    await opened();
    await press("Stop for now");
    await at_("patient_give_back");
    expect(screen.getByText("Thank you, Sam.")).toBeTruthy();
    await press("Go back to my answers");
    await onTo("patient_area");
    await userEvent.click(screen.getByRole("checkbox", { name: "Pain" }));
    await waitFor(() => expect(screen.getByRole("status").textContent?.trim()).toBe("Saved."));
    await press("Stop for now");
    await at_("patient_give_back");
    expect(screen.getByText("Thank you, Sam. Your answers are saved.")).toBeTruthy();
  });

  it("does not say that the answers are saved when one was refused, until it is saved", async () => {
    let full = true;
    const pain = someAnswers({ saved: at("10:12"), concerns: [aConcern("physical.pain", "Pain")] });
    await opened(aPatientFront({ answers: someAnswers({ saved: at("10:05") }) }), { patient_answer: () => (full ? refuse("disk_full") : pain) });
    await onTo("patient_area");
    await userEvent.click(screen.getByRole("checkbox", { name: "Pain" }));
    await screen.findByRole("alert");
    // The first press shows the refusal, the second goes on without the answer.
    await press("Stop for now");
    await press("Stop for now");
    await at_("patient_give_back");
    expect(screen.getByText("Thank you, Sam.")).toBeTruthy();
    full = false;
    await press("Go back to my answers");
    await at_("patient_area");
    await userEvent.click(screen.getByRole("checkbox", { name: "Pain" }));
    await waitFor(() => expect(screen.getByRole("status").textContent?.trim()).toBe("Saved."));
    await press("Stop for now");
    await at_("patient_give_back");
    expect(screen.getByText("Thank you, Sam. Your answers are saved.")).toBeTruthy();
  });

  it("misses no questions that were refused and then taken back", async () => {
    await opened(aPatientFront({ answers: someAnswers({ saved: at("10:05") }) }), { patient_answer: () => refuse("disk_full") });
    await onTo("patient_questions");
    const box = screen.getByLabelText<HTMLTextAreaElement>("I have questions about");
    await userEvent.type(box, "Can I fly?");
    await press("Stop for now");
    await screen.findByRole("alert");
    await userEvent.clear(box);
    await press("Stop for now");
    await at_("patient_give_back");
    expect(screen.getByText("Thank you, Sam. Your answers are saved.")).toBeTruthy();
  });

  it("leads back to the page it was stopped on", async () => {
    await opened();
    await onTo("patient_information");
    await press("Stop for now");
    await at_("patient_give_back");
    await press("Go back to my answers");
    await at_("patient_information");
  });

  it("shows nothing of the person once the window is on its way out", async () => {
    await opened(aPatientFront({ tries_left: 1 }), { hand_back: () => refuse("locked") });
    await press("Stop for now");
    await at_("patient_give_back");
    await tried("111222");
    await at_("patient_over");
    await waitFor(() => expect(document.body.textContent).not.toContain("Sam"));
  });
});
