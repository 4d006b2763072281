import { screen } from "@testing-library/svelte";
import { describe, expect, it } from "vitest";
import { UNANSWERED, aConcern, aPatientFront, rated, someAnswers } from "../ipc/examples";
import { at_, onTo, opened, press } from "./in_hand.test-kit";

const full = aPatientFront({
  answers: someAnswers({
    concerns: [aConcern("physical.pain", "Pain", rated(8)), aConcern("physical.sleep", "Sleep", { kind: "declined" }), aConcern("own-1", "Who will walk the dog", UNANSWERED, { own: true })],
    declined_domains: ["emotional"],
    ranked: ["own-1", "physical.pain"],
    information: ["diet"],
    questions: "Can I fly?",
  }),
});

describe("checking the answers", () => {
  it("says every answer: a score, not wanting to answer and no score are three things", async () => {
    await opened(full);
    const main = await onTo("patient_check");
    for (const text of ["You scored it 8 out of 10", "You did not want to answer", "You did not choose a score", "Emotional", "1. Who will walk the dog", "2. Pain", "Diet", "Can I fly?"]) expect(main.textContent).toContain(text);
  });

  it("leads to one answer and straight back", async () => {
    await opened(full);
    await onTo("patient_check");
    for (const [change, page] of [
      ["Change Pain", "patient_rate"],
      ["Change Emotional", "patient_area"],
      ["Change What matters most to you today", "patient_matters"],
      ["Change You would like information about", "patient_information"],
      ["Change Your questions", "patient_questions"],
    ] as const) {
      await press(change);
      await at_(page);
      await press("Continue");
      await at_("patient_check");
    }
  });

  it("leads through the concerns again when those are changed", async () => {
    await opened(full);
    await onTo("patient_check");
    await press("Change Your concerns (3)");
    await at_("patient_area");
    await press("Continue");
    await screen.findByRole("heading", { name: "Your concerns: Emotional" });
  });

  it("says of the parts that are left that nothing was ticked in them", async () => {
    await opened(aPatientFront({ answers: someAnswers({ declined_domains: ["emotional"] }) }));
    await onTo("patient_check");
    expect(screen.getByText("You have not ticked anything in the other parts.")).toBeTruthy();
  });

  it("takes no concern at all as an answer", async () => {
    await opened();
    await onTo("patient_check");
    expect(screen.getByText("You have not ticked anything.")).toBeTruthy();
    await press("I have finished");
    await at_("patient_give_back");
  });
});
