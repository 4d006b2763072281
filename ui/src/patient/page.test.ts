import { describe, expect, it } from "vitest";
import { aChecklist, aConcern, someAnswers } from "../ipc/examples";
import { along, way } from "./page";

const none = someAnswers();
const two = someAnswers({ concerns: [aConcern("physical.pain", "Pain"), aConcern("own-1", "The dog", undefined, { own: true })] });

describe("the way through the patient's pages", () => {
  it("asks every area, then scores what was raised, one a page", () => {
    expect(way(aChecklist(), two).map((page) => page.name)).toEqual(["patient_welcome", "patient_area", "patient_area", "patient_own_words", "patient_rate", "patient_rate", "patient_matters", "patient_information", "patient_questions", "patient_check", "patient_give_back"]);
  });

  it("has nothing to score or order where nothing was raised", () => {
    expect(way(aChecklist(), none).map((page) => page.name)).not.toContain("patient_rate");
    expect(way(aChecklist(), none).map((page) => page.name)).not.toContain("patient_matters");
  });

  it("goes one step on and one back, and no further than its ends", () => {
    const pages = way(aChecklist(), two);
    expect(along(pages, { name: "patient_rate", concern: "physical.pain" }, 1)).toEqual({ name: "patient_rate", concern: "own-1" });
    expect(along(pages, { name: "patient_rate", concern: "physical.pain" }, -1)).toEqual({ name: "patient_own_words" });
    expect(along(pages, { name: "patient_area", area: "emotional" }, -1)).toEqual({ name: "patient_area", area: "physical" });
    expect(along(pages, { name: "patient_welcome" }, -1)).toEqual({ name: "patient_welcome" });
    expect(along(pages, { name: "patient_give_back" }, 1)).toEqual({ name: "patient_give_back" });
  });

  it("begins anew from a concern that is no longer there", () => {
    expect(along(way(aChecklist(), none), { name: "patient_rate", concern: "physical.pain" }, 1)).toEqual({ name: "patient_welcome" });
  });
});
