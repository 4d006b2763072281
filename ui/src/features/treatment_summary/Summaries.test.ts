import { render, screen } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { SUMMARY, aSignature, at } from "../../ipc/examples";
import type { SummaryLine } from "../../ipc/bindings";
import Summaries from "./Summaries.svelte";

const line = (more: Partial<SummaryLine> = {}): SummaryLine => ({ id: SUMMARY, title: "Bowel cancer", status: "draft", version: 0, started: at("09:55"), by: "Ruth Invented", signed: null, amend_reason: null, sending: "draft", ...more });

describe("treatment summaries of one patient", () => {
  it("goes on with a draft, and reads a signed one", async () => {
    const open = vi.fn();
    const signed = line({ id: "s" as never, status: "signed", version: 1, signed: aSignature(), sending: "saved_here" });
    const { container } = render(Summaries, { summaries: [line({ version: 1 }), signed], name: "Sam", open, start: vi.fn() });
    for (const text of ["Bowel cancer, version 2, draft", "Version 1 holds until then", "Signed 23-Nov-2026 by Ruth Invented", "Saved here 10:31"]) expect(container.textContent).toContain(text);
    await userEvent.click(screen.getByRole("button", { name: "Read, Bowel cancer, version 1" }));
    expect(open).toHaveBeenCalledWith(signed);
  });

  it("offers to go on with a draft in place of starting another", async () => {
    const doors = { open: vi.fn(), start: vi.fn() };
    const draft = line({ id: "d" as never, version: 1 });
    render(Summaries, { summaries: [line({ status: "signed", version: 1 }), draft], name: "Sam", ...doors });
    expect(screen.queryByRole("button", { name: "Start a treatment summary" })).toBeNull();
    await userEvent.click(screen.getByRole("button", { name: "Go on with the summary" }));
    expect(doors.open).toHaveBeenCalledWith(draft);
    expect(doors.start).not.toHaveBeenCalled();
  });

  it.each([["waiting", "Waiting to send"], ["sent", "Sent"], ["needs_you", "Needs you"]] as const)("says that a signed one is %s", (sending, words) => {
    render(Summaries, { summaries: [line({ status: "signed", version: 1, signed: aSignature(), sending })], name: "Sam", open: vi.fn(), start: vi.fn() });
    expect(screen.getByText(words)).toBeTruthy();
  });

  it("says that there is none yet, and starts one", async () => {
    const start = vi.fn();
    render(Summaries, { summaries: [], name: "Sam", open: vi.fn(), start });
    expect(screen.getByText("No treatment summary yet")).toBeTruthy();
    await userEvent.click(screen.getByRole("button", { name: "Start a treatment summary" }));
    expect(start).toHaveBeenCalledOnce();
  });
});
