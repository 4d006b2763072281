import { describe, expect, it } from "vitest";
import type { PaperOf } from "../ipc/bindings";
import { PLAN, SUMMARY, aChosen, aPlan, aPlanConcern, aSummary, anAction } from "../ipc/examples";
import { INVITATION } from "../ipc/home_examples";
import { fakeApplication, refuse } from "../ipc/fake";
import { recordOf, writtenAt } from "./written";

const plan: PaperOf = { kind: "care_plan", record: PLAN, version: null };
const summary: PaperOf = { kind: "summary_gp", record: SUMMARY, version: null };

describe("where the words of a paper are written", () => {
  it("is the concern of a plan, also for one of its actions", async () => {
    const concerns = [aPlanConcern("physical.pain", "Pain"), aPlanConcern("own-1", "The dog", { own: true, actions: [anAction("a-2")] })];
    fakeApplication({ read_care_plan: () => aPlan({ concerns }) });
    for (const [field, concern] of [["words-physical.pain", "physical.pain"], ["concern-own-1", "own-1"], ["what-a-2", "own-1"], ["owner_name-a-2", "own-1"], ["due-a-2", "own-1"], ["what-a-9", null], ["own-1", null]] as const) {
      expect(await writtenAt(plan, field)).toEqual({ name: "care_plan", plan: PLAN, concern, field });
    }
  });

  it("is the section of a summary", async () => {
    fakeApplication({ read_treatment_summary: () => aSummary({ chosen: [aChosen("e-1", "fever")] }) });
    expect(await writtenAt(summary, "e-1-date")).toEqual({ name: "summary", summary: SUMMARY, section: "alerts", field: "e-1-date" });
  });

  it("is the record when that cannot be read", async () => {
    fakeApplication({ read_treatment_summary: () => refuse("gone") });
    expect(await writtenAt(summary, "e-1-date")).toEqual({ name: "summary", summary: SUMMARY, section: null, field: "e-1-date" });
  });
});

describe("an invitation", () => {
  it("is the record itself, to print and to put right", async () => {
    fakeApplication({});
    const paper: PaperOf = { kind: "invitation", record: INVITATION, version: null };
    expect(recordOf(paper)).toEqual({ name: "invitation", invitation: INVITATION });
    expect(await writtenAt(paper, "address")).toEqual({ name: "invitation", invitation: INVITATION });
  });
});

describe("the record of a paper", () => {
  it("is edited as a draft and read as a version", () => {
    expect(recordOf(plan)).toEqual({ name: "care_plan", plan: PLAN, concern: null });
    expect(recordOf({ ...plan, version: 2 })).toEqual({ name: "plan_read", plan: PLAN, version: 2 });
    expect(recordOf({ ...summary, version: 1 })).toEqual({ name: "summary_read", summary: SUMMARY, version: 1 });
  });
});
