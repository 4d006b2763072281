import { screen, waitFor } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { aConcern, aPatientFront, at, someAnswers } from "../ipc/examples";
import { refuse } from "../ipc/fake";
import { at_, given, onTo, opened, press } from "./in_hand.test-kit";

const words = (): HTMLInputElement => screen.getByLabelText<HTMLInputElement>("Something else, in my own words");

describe("something else", () => {
  it("is added in the person's own words, and never lost on the way", async () => {
    const app = await opened();
    await onTo("patient_own_words");
    expect(screen.getByText("You have not ticked anything. That is fine.")).toBeTruthy();
    await userEvent.type(words(), "Who will walk the dog");
    expect(screen.getByRole("status").textContent).toContain("Not saved yet");
    await press("Continue");
    await screen.findAllByText("Press Add to keep these words, or empty the box");
    await press("Add");
    await waitFor(() => expect(words().value).toBe(""));
    expect(given(app)).toEqual([{ kind: "add_own_concern", words: "Who will walk the dog" }]);
    await press("Continue");
    await at_("patient_rate");
    expect(screen.getByRole("heading", { name: "Who will walk the dog" })).toBeTruthy();
  });

  it("keeps words that were not added when it is this person after all", async () => {
    const app = await opened(aPatientFront({ answers: someAnswers({ saved: at("10:05") }) }));
    await onTo("patient_own_words");
    await userEvent.type(words(), "Who will walk the dog");
    await press("This is not me");
    await at_("patient_not_me");
    await press("I am Sam");
    await at_("patient_own_words");
    expect(words().value).toBe("Who will walk the dog");
    expect(screen.getByRole("status").textContent).toContain("Not saved yet");
    await press("Add");
    await waitFor(() => expect(words().value).toBe(""));
    expect(given(app)).toEqual([{ kind: "add_own_concern", words: "Who will walk the dog" }]);
  });

  it("names the fault beside the words that were typed", async () => {
    await opened(aPatientFront(), { patient_answer: () => refuse("field", { fields: [{ field: "words", reason: "too_long" }] }) });
    await onTo("patient_own_words");
    await userEvent.type(words(), "Long{Enter}");
    await screen.findByText("Check one thing");
    expect(words().value).toBe("Long");
    expect(words().getAttribute("aria-invalid")).toBe("true");
  });

  it("adds nothing from an empty box, and goes on without any concern to information", async () => {
    const app = await opened();
    await onTo("patient_own_words");
    await press("Add");
    expect(screen.getAllByText("Enter the concern")).toHaveLength(2);
    await press("Continue");
    await at_("patient_information");
    expect(given(app)).toEqual([]);
  });

  it("takes a concern off, with the keyboard staying in the list", async () => {
    await opened(aPatientFront({ answers: someAnswers({ concerns: [aConcern("physical.pain", "Pain"), aConcern("physical.sleep", "Sleep")] }) }));
    await onTo("patient_own_words");
    await press("Take off Pain");
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole("button", { name: "Take off Sleep" })));
    expect(screen.getByRole("heading", { name: "Your concerns so far (1)" })).toBeTruthy();
  });
});
