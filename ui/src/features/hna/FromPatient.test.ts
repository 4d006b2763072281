import { render } from "@testing-library/svelte";
import { describe, expect, it } from "vitest";
import { anHna, at } from "../../ipc/examples";
import type { HandOverLine } from "../../ipc/bindings";
import FromPatient from "./FromPatient.svelte";
import { HnaRecord } from "./record.svelte";

const said = (more: Partial<HandOverLine>): string => {
  const line: HandOverLine = { at: at("10:20"), nurse: "Ruth Invented", answers: 12, unreadable: 0, not_me: false, doubtful: false, given_up: null, ...more };
  return render(FromPatient, { record: new HnaRecord(anHna({ hand_over: line })), name: "Sam" }).container.textContent ?? "";
};

describe("what came from the patient", () => {
  it("is a quiet line with the count and the time", () => {
    expect(said({}).trim()).toBe("Sam answered alone at this PC on 23-Nov-2026 at 10:20: 12 answers, each change counted.");
    expect(said({ answers: 0 })).toContain("and gave no answers");
  });

  it("warns of answers that could not be read", () => {
    expect(said({ unreadable: 1 })).toContain("One answer that Sam gave could not be read.");
  });

  it("says why answers were given up", () => {
    const words = said({ answers: 0, unreadable: 1, given_up: "The file is gone" });
    expect(words).toContain("What Sam answered alone could never be read, and was given up: The file is gone");
    expect(words).not.toContain("gave no answers");
  });

  it("warns where it may be lost that it was somebody else", () => {
    expect(said({ doubtful: true })).toContain("Make sure that these answers are Sam’s.");
    expect(said({})).not.toContain("Make sure");
  });

  it("warns of answers that could not be taken in yet", () => {
    const words = render(FromPatient, { record: new HnaRecord(anHna({ answers_waiting: true })), name: "Sam" }).container.textContent ?? "";
    expect(words).toContain("Sam gave answers alone at this PC that could not be read yet.");
    expect(words).not.toContain("answered alone at this PC on");
  });

  it("says that nothing was taken in when it was somebody else", () => {
    const words = said({ not_me: true });
    expect(words).toContain("Nothing that was answered then was taken in.");
    expect(words).not.toContain("12");
  });
});
