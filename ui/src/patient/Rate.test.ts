import { screen, waitFor } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { aConcern, aPatientFront, someAnswers } from "../ipc/examples";
import { refuse } from "../ipc/fake";
import { given, onTo, opened, press } from "./in_hand.test-kit";

const two = aPatientFront({ answers: someAnswers({ concerns: [aConcern("physical.pain", "Pain"), aConcern("physical.sleep", "Sleep")] }) });
const radios = (): HTMLInputElement[] => screen.getAllByRole<HTMLInputElement>("radio");
const chosen = (): string[] => radios().filter((radio) => radio.checked).map((radio) => radio.value);
const status = (): string => screen.getByRole("status").textContent?.trim() ?? "";

describe("scoring one concern", () => {
  it("offers ten scores and not answering in one group, with nothing chosen", async () => {
    await opened(two);
    await onTo("patient_rate");
    expect(radios().map((radio) => radio.value)).toEqual(["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "declined"]);
    expect(chosen()).toEqual([]);
    expect(screen.getByText("Concern 1 of 2")).toBeTruthy();
    expect(status()).toBe("You have not chosen yet.");
  });

  it("offers 0 too where concerns are scored again", async () => {
    await opened(aPatientFront({ ...two, again: true }));
    await onTo("patient_rate");
    expect(radios().map((radio) => radio.value)).toEqual(["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "declined"]);
    expect(chosen()).toEqual([]);
    await userEvent.click(screen.getByRole("radio", { name: "0" }));
    await waitFor(() => expect(status()).toBe("You chose 0. It is saved."));
  });

  it("says what was chosen once it is saved, and stays on the page", async () => {
    const app = await opened(two);
    await onTo("patient_rate");
    await userEvent.click(screen.getByRole("radio", { name: "7" }));
    await waitFor(() => expect(status()).toBe("You chose 7. It is saved."));
    await userEvent.click(screen.getByRole("radio", { name: "I do not want to answer this" }));
    await waitFor(() => expect(status()).toBe("You do not want to answer. That is saved."));
    expect(chosen()).toEqual(["declined"]);
    expect(screen.getByRole("heading", { name: "Pain" })).toBeTruthy();
    expect(given(app)).toEqual([
      { kind: "rate_concern", concern: "physical.pain", rating: 7 },
      { kind: "decline_concern", concern: "physical.pain" },
    ]);
  });

  it("keeps the wish to talk privately apart from the score", async () => {
    const app = await opened(two);
    await onTo("patient_rate");
    await userEvent.click(screen.getByRole("checkbox", { name: "I want to talk about this privately" }));
    await waitFor(() => expect(given(app)).toEqual([{ kind: "talk_privately", concern: "physical.pain", wanted: true }]));
    expect(chosen()).toEqual([]);
    await press("Continue");
    await screen.findByRole("heading", { name: "Sleep" });
    expect(chosen()).toEqual([]);
  });

  it("leaves nothing chosen when the score could not be saved, and lets nobody pass without seeing it", async () => {
    await opened(two, { patient_answer: () => refuse("not_saved") });
    await onTo("patient_rate");
    await userEvent.click(screen.getByRole("radio", { name: "7" }));
    await screen.findByRole("alert");
    await waitFor(() => expect(chosen()).toEqual([]));
    await press("Continue");
    expect(screen.getByRole("heading", { name: "Pain" })).toBeTruthy();
    await press("Continue");
    await screen.findByRole("heading", { name: "Sleep" });
  });
});
