import { describe, expect, it } from "vitest";
import { HNA, PLAN, SAM, SUMMARY, aConcern, aPlace, anHna, rated } from "../ipc/examples";
import { isOutside, placeOf, screenAt, whereToGoOn, type Screen } from "./screen";
import { oneOfEach } from "./screen_examples";

describe("places", () => {
  it.each(Object.values(oneOfEach).filter((screen) => !isOutside(screen) && screen.name !== "guide"))("leads back to $name and what it was about", (screen) => {
    expect(screenAt(placeOf(screen))).toEqual(screen);
  });

  it("leads back to a plan, a summary and a draft paper without a part", () => {
    for (const screen of [
      { name: "care_plan", plan: PLAN, concern: null },
      { name: "summary", summary: SUMMARY, section: null },
      { name: "paper", kind: "summary_gp", record: SUMMARY, version: null },
      { name: "paper", kind: "referral_letter", record: `${PLAN}/a-12`, version: 3 },
      { name: "paper", kind: "score_again_form", record: HNA, version: null },
      { name: "invite", patient: SAM, again: HNA },
      { name: "directory_entry", entry: null },
    ] satisfies Screen[]) {
      expect(screenAt(placeOf(screen))).toEqual(screen);
    }
  });

  it("leads back to a talk that is about no assessment", () => {
    const screen = { name: "appointment_book", patient: SAM, about: null } satisfies Screen;
    expect(screenAt(placeOf(screen))).toEqual(screen);
  });

  it("opens nothing outside the door, nothing unknown and nothing half named", () => {
    for (const place of [null, aPlace("lock"), aPlace("first_start"), aPlace("care_plan"), aPlace("summary_read", { record: PLAN }), aPlace("plan_read", { record: PLAN, item: "0" }), aPlace("paper", { record: PLAN }), aPlace("paper", { record: PLAN, item: "letter" }), aPlace("paper", { record: PLAN, item: "care_plan-x" }), aPlace("overview"), aPlace("invite"), aPlace("invitation"), aPlace("answers"), aPlace("appointment"), aPlace("appointment_book"), aPlace("hna_ticks"), aPlace("hna_score", { hna: HNA })]) expect(screenAt(place)).toBeNull();
  });
});

describe("where an assessment goes on", () => {
  const pain = aConcern("physical.pain", "Pain", rated(8));
  const sleep = aConcern("physical.sleep", "Sleep");

  it("goes to the ticks before any answer, then to the first without one, then to the check", () => {
    expect(whereToGoOn(anHna()).name).toBe("hna_ticks");
    expect(whereToGoOn(anHna({ concerns: [sleep], next_unanswered: sleep.key })).name).toBe("hna_ticks");
    expect(whereToGoOn(anHna({ concerns: [pain, sleep], next_unanswered: sleep.key }))).toEqual({ name: "hna_score", hna: HNA, concern: sleep.key });
    expect(whereToGoOn(anHna({ concerns: [pain] })).name).toBe("hna_check");
  });

  it("only reads what is finished or discarded", () => {
    expect(whereToGoOn(anHna({ status: "completed" })).name).toBe("hna_read");
    expect(whereToGoOn(anHna({ status: "discarded" })).name).toBe("hna_read");
  });
});
