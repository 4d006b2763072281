import { describe, expect, it } from "vitest";
import merge from "../../../../src-tauri/crates/domain/src/merge.rs?raw";
import { noun, partWords, runs, valueWords } from "./words";

const said = (value: string, other: string): string => runs(value, other).map(({ text, differs }) => (differs ? `[${text}]` : text)).join("");

describe("words of a conflict", () => {
  it.each([
    ["Refer to community dietitian", "Refer to hospital dietitian", "Refer to [community] dietitian"],
    ["ZZ99 1AA", "ZZ99 3VZ", "ZZ99 [1AA]"],
    ["Same", "Same", "Same"],
    ["", "New", ""],
    ["a a", "a a a", "a a"],
    ["a a a", "a a", "a a[ a]"],
  ])("marks of %j beside %j what differs", (value, other, marked) => {
    expect(said(value, other)).toBe(marked);
    expect(runs(value, other).map((run) => run.text).join("")).toBe(value);
  });

  it.each([
    ["gender", true, "female", "Female"],
    ["born", false, "02-Mar-1961", "02-Mar-1961"],
    ["treatments", true, "surgery\tRight side\t02-Jan-2026\t\nother\tsurgery\t\t", "Surgery, Right side, 02-Jan-2026\nOther treatment, surgery"],
    ["needs-print_points", false, "18", "Large, 18 point"],
    ["nhs_number", false, "9990000026", "999 000 0026"],
    ["concern-nothing", true, "declined", "Sam wants nothing done"],
    ["action-kind", true, "refer", "Refer"],
    ["action-owner", true, "support_worker\nNkechi Notional", "Support worker\nNkechi Notional"],
    ["action-ended", true, "done\n20-Nov-2026\nseen", "Done\n20-Nov-2026\nseen"],
    ["family", false, "other", "other"],
    ["action-what", false, "", ""],
  ])("says a value of %s as the screen says it elsewhere", (label, coded, value, words) => {
    expect(valueWords({ label, coded }, value, "Sam")).toBe(words);
  });

  it("has a name for every part that can differ", () => {
    const codes = (list: string): string[] => [...(new RegExp(`\\n    ${list} \\{([^}]*)\\}`).exec(merge)?.[1] ?? "").matchAll(/= "([^"]+)"/g)].map((match) => match[1] ?? "");
    const labels = [...codes("PatientField"), ...codes("ConcernPart").map((code) => `concern-${code}`), ...codes("ActionPart").map((code) => `action-${code}`)];
    expect(labels).toEqual(expect.arrayContaining(["family", "died", "concern-matters", "action-ended"]));
    for (const label of labels) expect([label, partWords({ label, about: null })]).not.toEqual([label, "Another part"]);
  });

  it("names a part alone, or after what it belongs to", () => {
    expect(partWords({ label: "family", about: null })).toBe("Family name");
    expect(partWords({ label: "concern-matters", about: "Pain" })).toBe("Pain: what matters to the patient");
    expect(partWords({ label: "never-heard-of", about: null })).toBe("Another part");
    expect([noun("patient"), noun("care_plan"), noun("hna")]).toEqual(["patient", "care_plan", "other"]);
  });
});
