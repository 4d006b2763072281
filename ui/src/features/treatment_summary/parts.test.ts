import { describe, expect, it } from "vitest";
import { aChosen, aSummary, aTemplate } from "../../ipc/examples";
import { missingOf, sectionOf } from "./parts";

const view = aSummary({
  chosen: [aChosen("e-1", "invasive"), aChosen("e-12", "fever")],
  own: [{ key: "own-3", section: "contacts", urgent: false, patient: "", gp: "" }],
});

describe("where a field of a summary stands", () => {
  it("tells an entry from one whose name begins with the same digits", () => {
    expect(["e-1-date", "e-1", "e-12", "own-3-gp", "section-alerts"].map((field) => sectionOf(view, field))).toEqual(["diagnosis", "diagnosis", "alerts", "contacts", "alerts"]);
  });

  it("knows no section of an entry that is gone", () => {
    expect(sectionOf(view, "e-2-date")).toBeNull();
  });
});

describe("what is missing", () => {
  it("is said in words that name the blank and its line", () => {
    const unfinished = [
      { field: "section-contacts", reason: "section_needed" },
      { field: "e-1-date", reason: "missing" },
      { field: "e-1-side", reason: "missing" },
      { field: "e-12", reason: "with_unmet" },
      { field: "e-12", reason: "twice" },
      { field: "own-3-gp", reason: "missing" },
    ];
    expect(missingOf(aTemplate(), { ...view, unfinished }).map((one) => one.words)).toEqual([
      "Choose at least one line of “Who to ring”, or write your own",
      "Enter “Date of diagnosis” in “You were told on [Date of diagnosis] about your [Side].”",
      "Choose “Side” in “You were told on [Date of diagnosis] about your [Side].”",
      "A line with the number to ring is missing: choose it too, because this line says to ring it: “A temperature of 38 °C or more. Ring the urgent number now.”",
      "This line says the same as another one: change or take off “A temperature of 38 °C or more. Ring the urgent number now.”",
      "Enter your own line in words for the GP",
    ]);
  });
});
