import { fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";
import { aConcern, aPatientFront, at, rated, someAnswers } from "../ipc/examples";
import { fakeApplication, never, refuse } from "../ipc/fake";
import { at_, given, onTo, opened, press } from "./in_hand.test-kit";
import { way } from "./page";
import PatientApp from "./PatientApp.svelte";

const answered = someAnswers({ saved: at("10:05"), concerns: [aConcern("physical.pain", "Pain", rated(7))], ranked: ["physical.pain"] });

describe("the patient's window", () => {
  afterEach(() => vi.useRealTimers());

  it("greets by the first name, and shows no other name, number or list on any page", async () => {
    await opened(aPatientFront({ answers: answered }));
    for (const page of way(aPatientFront().checklist, answered)) {
      const main = await at_(page.name);
      expect(document.body.textContent).toContain("Hello Sam");
      expect(document.body.textContent).not.toMatch(/Invented-Bell|Samuel|999|Born|NHS|Tom Invented|1961/);
      expect(document.title).not.toMatch(/Sam|Pain/);
      expect(document.activeElement).toBe(main.querySelector("h1"));
      expect(screen.getByRole("button", { name: "This is not me" })).toBeTruthy();
      expect(document.querySelectorAll("button:disabled, input:disabled")).toHaveLength(0);
      if (page.name !== "patient_give_back") await press(/^(Start|Continue|I have finished)$/);
    }
    await at_("patient_give_back");
  });

  it("chooses nothing beforehand", async () => {
    await opened(aPatientFront({ answers: someAnswers({ concerns: [aConcern("physical.sleep", "Sleep")] }) }));
    for (const name of ["patient_area", "patient_rate", "patient_information"] as const) {
      await onTo(name);
      const chosen = [...document.querySelectorAll<HTMLInputElement>("input:checked")].map((input) => input.id);
      expect(chosen).toEqual(name === "patient_area" ? ["concern-physical.sleep"] : []);
    }
  });

  it("stops at once where nothing was answered, and asks once more where something was", async () => {
    const first = await opened(aPatientFront(), { patient_not_me: () => never<null>() });
    await press("This is not me");
    await at_("patient_over");
    expect(first.asked.at(-1)).toEqual({ command: "patient_not_me", request: null });
    expect(document.body.textContent).not.toContain("Sam");
  });

  it("does not throw away answers by one press", async () => {
    const app = await opened(aPatientFront({ answers: answered }), { patient_not_me: () => never<null>() });
    await onTo("patient_information");
    await press("This is not me");
    await at_("patient_not_me");
    await press("I am Sam");
    await at_("patient_information");
    expect(app.asked.some((asked) => asked.command === "patient_not_me")).toBe(false);
    await press("This is not me");
    await press("Yes, this is not me");
    await at_("patient_over");
    expect(app.asked.at(-1)?.command).toBe("patient_not_me");
  });

  it("leads back to the answers also where it was pressed on the page to give the PC back", async () => {
    await opened(aPatientFront({ answers: answered }));
    await onTo("patient_information");
    await press("Stop for now");
    await at_("patient_give_back");
    await press("This is not me");
    await at_("patient_not_me");
    await press("I am Sam");
    await at_("patient_give_back");
    await press("Go back to my answers");
    await at_("patient_information");
  });

  it("shows nothing of the person when it could not be closed, and closes when asked again", async () => {
    let times = 0;
    await opened(aPatientFront(), { patient_not_me: () => ((times += 1) === 1 ? refuse("unexpected") : never<null>()) });
    await press("This is not me");
    await screen.findByText("It could not be closed by itself.");
    expect(document.body.textContent).not.toContain("Sam");
    await press("Close it");
    expect(times).toBe(2);
    await waitFor(() => expect(screen.queryByText("It could not be closed by itself.")).toBeNull());
  });

  it("makes the text bigger, biggest, and usual again", async () => {
    await opened();
    await press("Bigger text");
    expect(document.documentElement.dataset["textSize"]).toBe("1");
    await press("Bigger text");
    await press("Usual text");
    expect(document.documentElement.dataset["textSize"]).toBe("0");
  });

  it("says that it was not saved, keeps everything else, and does not say Saved", async () => {
    let full = true;
    const app = await opened(aPatientFront(), { patient_answer: () => (full ? refuse("disk_full") : someAnswers({ saved: at("10:12"), concerns: [aConcern("physical.pain", "Pain")] })) });
    await onTo("patient_area");
    await userEvent.click(screen.getByRole("checkbox", { name: "Pain" }));
    expect((await screen.findByRole("alert")).textContent).toContain("That answer was not saved. All your other answers are safe.");
    expect(screen.getByRole("status").textContent?.trim()).toBe("Not saved");
    expect(screen.getByRole<HTMLInputElement>("checkbox", { name: "Pain" }).checked).toBe(false);
    full = false;
    await userEvent.click(screen.getByRole("checkbox", { name: "Pain" }));
    await waitFor(() => expect(screen.getByRole("status").textContent?.trim()).toBe("Saved."));
    expect(given(app)).toHaveLength(2);
  });

  it("says Saved of what was answered on this page, not of the page before", async () => {
    await opened();
    await onTo("patient_area");
    await userEvent.click(screen.getByRole("checkbox", { name: "Pain" }));
    await waitFor(() => expect(screen.getByRole("status").textContent?.trim()).toBe("Saved."));
    await onTo("patient_information");
    expect(screen.getByRole("status").textContent?.trim()).toBe("");
  });

  it("says that it is training where it is", async () => {
    await opened(aPatientFront({ training: true }));
    expect(screen.getByText(/^Training mode/)).toBeTruthy();
  });

  it("shows no person where it is no patient's window any more", async () => {
    fakeApplication({ patient_front: () => refuse("locked") });
    render(PatientApp);
    expect(await screen.findByRole("heading", { name: "Please find your nurse" })).toBeTruthy();
  });

  it("tells that somebody is there, now and then, and warns a minute before it closes", async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    const app = await opened(aPatientFront({ idle_minutes: 10 }));
    const told = (): number => app.asked.filter((asked) => asked.command === "patient_front").length;
    fireEvent.keyDown(window, { key: "a" });
    expect(told()).toBe(1);
    await vi.advanceTimersByTimeAsync(21_000);
    fireEvent.keyDown(window, { key: "a" });
    fireEvent.keyDown(window, { key: "b" });
    expect(told()).toBe(2);
    await vi.advanceTimersByTimeAsync(9 * 60_000 - 1_000);
    expect(screen.queryByText(/^Are you still there/)).toBeNull();
    await vi.advanceTimersByTimeAsync(2_000);
    expect(screen.getByText(/^Are you still there/)).toBeTruthy();
    fireEvent.pointerMove(window);
    expect(told()).toBe(3);
    await vi.advanceTimersByTimeAsync(10);
    expect(screen.queryByText(/^Are you still there/)).toBeNull();
  });
});
