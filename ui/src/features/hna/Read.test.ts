import { render, screen } from "@testing-library/svelte";
import { describe, expect, it, vi } from "vitest";
import { aChecklist, aConcern, anHna, at, rated } from "../../ipc/examples";
import type { HnaView } from "../../ipc/bindings";
import Read from "./Read.svelte";

const show = (hna: HnaView): string => render(Read, { hna, checklist: aChecklist(), name: "Sam", back: { label: "Overview", go: vi.fn() } }).container.textContent ?? "";

describe("read an assessment", () => {
  it("says who answered, with whose help, how, when, and who typed; and has nothing to change", () => {
    const text = show(anHna({ status: "completed", completed: at("10:20"), answered_by: "patient_with_help", helper: "Daughter Ada", concerns: [aConcern("physical.pain", "Pain", rated(8))] }));
    for (const words of ["The patient, with help", "Daughter Ada", "Face to face", "Start of treatment", "Ruth Invented", "23-Nov-2026 09:41", "23-Nov-2026 10:20", "8 out of 10", "Saved here 09:48"]) expect(text).toContain(words);
    expect(screen.queryByRole("button", { name: /Change/ })).toBeNull();
  });

  it("goes by the day of a paper form, and says that whoever interpreted is not known", () => {
    const answered_on = { iso: "2026-11-20", short: "20-Nov-2026", long: "20 November 2026" };
    const text = show(anHna({ status: "completed", completed: at("10:20"), answered_by: "interpreter", method: "paper", answered_on }));
    for (const words of ["Assessment of 20-Nov-2026", "Through an interpreter", "Who helped or interpreted", "Not known", "From paper", "Answered on", "23-Nov-2026 10:20"]) expect(text).toContain(words);
    expect(show(anHna({ answered_by: "patient" }))).not.toContain("Not known");
  });

  it("says of a discarded one that it does not count, and why", () => {
    const text = show(anHna({ status: "discarded", discard_reason: "Wrong person" }));
    expect(text).toContain("It does not count.");
    expect(text).toContain("Reason: Wrong person");
    expect(text).not.toContain("no concerns");
  });

  it("says no concerns only of what was answered", () => {
    expect(show(anHna({ status: "completed" }))).toContain("Sam has no concerns.");
    const some = show(anHna({ status: "completed", declined_domains: ["emotional"] }));
    expect(some).toContain("No concerns in the other areas.");
    expect(some).not.toContain("Sam has no concerns");
  });
});
