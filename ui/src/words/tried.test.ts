import { describe, expect, it } from "vitest";
import { bracketed, stretched, triedLanguage } from "./tried";

describe("the languages of the tests", () => {
  it("are chosen by nobody but a build for development", () => {
    expect(triedLanguage()).toBeNull();
  });

  it("make every message two fifths longer and leave its gaps", () => {
    for (const text of ["Find", "Hm", "Give two things you know. ", "Rhythm", " and ", "Lock this PC"]) {
      const long = stretched(text);
      expect(long.trim().length, text).toBeGreaterThanOrEqual(text.trim().length * 1.4);
      expect([/^\s*/.exec(long)?.[0], /\s*$/.exec(long)?.[0]]).toEqual([/^\s*/.exec(text)?.[0], /\s*$/.exec(text)?.[0]]);
    }
    expect(stretched(" · ")).toBe(" · ");
    expect(bracketed(stretched("Lock"))).toBe("⟦Lööçkþ⟧");
  });
});
