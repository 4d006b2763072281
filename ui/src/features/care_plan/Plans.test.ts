import { render, screen } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { HNA, PLAN, aSignature, at } from "../../ipc/examples";
import type { PlanLine } from "../../ipc/bindings";
import Plans from "./Plans.svelte";

const line = (more: Partial<PlanLine> = {}): PlanLine => ({ id: PLAN, hna: HNA, status: "draft", version: 0, started: at("09:55"), by: "Ruth Invented", signed: null, unlock_reason: null, concerns: 7, actions: 0, sending: "draft", ...more });

describe("care plans of one patient", () => {
  it("goes on with a draft", async () => {
    const open = vi.fn();
    const { container } = render(Plans, { plans: [line()], name: "Sam", open });
    for (const text of ["Care plan, version 1, draft", "7 concerns · no actions yet", "Started 23-Nov-2026 by Ruth Invented", "Draft, not finished"]) expect(container.textContent).toContain(text);
    await userEvent.click(screen.getByRole("button", { name: "Continue, Care plan, version 1, draft" }));
    expect(open).toHaveBeenCalledWith(line());
  });

  it("reads an agreed one, and says what the patient has while it is changed", () => {
    const { container } = render(Plans, { plans: [line({ status: "locked", version: 1, signed: aSignature(), actions: 3, sending: "saved_here" }), line({ id: HNA as never, version: 1, signed: aSignature() })], name: "Sam", open: vi.fn() });
    for (const text of ["Care plan, version 1", "3 actions", "Agreed 23-Nov-2026 by Ruth Invented", "Saved here 10:31", "Care plan, version 2, draft", "Version 1 holds until then"]) expect(container.textContent).toContain(text);
    expect(screen.getByRole("button", { name: "Read, Care plan, version 1" })).toBeTruthy();
  });

  it.each([["waiting", "Waiting to send"], ["sent", "Sent"], ["needs_you", "Needs you"]] as const)("says that an agreed one is %s", (sending, words) => {
    render(Plans, { plans: [line({ status: "locked", version: 1, signed: aSignature(), sending })], name: "Sam", open: vi.fn() });
    expect(screen.getByText(words)).toBeTruthy();
  });

  it("says that there is none yet", () => {
    render(Plans, { plans: [], name: "Sam", open: vi.fn() });
    expect(screen.getByText("No care plan yet")).toBeTruthy();
  });
});
