import { render, screen, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { HNA, OFFER, aSignature, anOffer, anOverview, day } from "../../ipc/examples";
import { fakeApplication, refuse } from "../../ipc/fake";
import Offers from "./Offers.svelte";

const since = day("2026-01-19", "19-Jan-2026", "19 January 2026");

describe("offers on the overview", () => {
  it("says which offer is due and since when, and leads to recording one", async () => {
    const record = vi.fn();
    render(Offers, { offers: [], due: { point: "initial_diagnosis", since }, record, changed: vi.fn() });
    expect(screen.getByText("Offer an assessment: at diagnosis")).toBeTruthy();
    expect(screen.getByText(/Diagnosed 19-Jan-2026/)).toBeTruthy();
    expect(screen.getByText("None recorded yet")).toBeTruthy();
    await userEvent.click(screen.getByRole("button", { name: "Record an offer" }));
    expect(record).toHaveBeenCalledOnce();
  });

  it.each([
    ["recurrence", "it came back"],
    ["during_treatment", "during treatment"],
    ["end_of_treatment", "after treatment"],
  ] as const)("has its own words for %s", (point, words) => {
    render(Offers, { offers: [], due: { point, since }, record: vi.fn(), changed: vi.fn() });
    expect(screen.getByText(`Offer an assessment: ${words}`)).toBeTruthy();
  });

  it("offers nothing any more where none can be made", () => {
    render(Offers, { offers: [anOffer()], due: null, record: null, changed: vi.fn() });
    expect(screen.queryByRole("button", { name: "Record an offer" })).toBeNull();
    expect(screen.queryByText(/Offer an assessment:/)).toBeNull();
  });

  it("shows what came of each, at which point, when, why and by whom", () => {
    render(Offers, { offers: [anOffer({ decision: "unable", reason: "Too unwell" })], due: null, record: vi.fn(), changed: vi.fn() });
    const line = screen.getByRole("listitem");
    for (const words of ["Offered, not able to complete one", "Around diagnosis, 20-Nov-2026", "Too unwell", "Ruth Invented, Cancer nurse specialist"]) expect(line.textContent).toContain(words);
  });

  it("says of an offer of a plan from which assessment it was", () => {
    render(Offers, { offers: [anOffer({ plan_for: HNA, assessed: day("2026-11-02", "02-Nov-2026", "2 November 2026") })], due: null, record: vi.fn(), changed: vi.fn() });
    expect(screen.getByRole("listitem").textContent).toContain("Offered, declined · Care plan from the assessment of 02-Nov-2026, 20-Nov-2026");
  });

  it("marks one as a mistake with a reason, which the keyboard goes to and back from", async () => {
    const app = fakeApplication({ mark_offer_mistaken: () => anOverview() });
    const changed = vi.fn();
    render(Offers, { offers: [anOffer()], due: null, record: vi.fn(), changed });
    const mark = { name: "Entered by mistake: Around diagnosis, 20-Nov-2026" };
    await userEvent.click(screen.getByRole("button", mark));
    expect(document.activeElement).toBe(screen.getByLabelText("Why is this offer wrong?"));
    await userEvent.click(screen.getByRole("button", { name: "Cancel" }));
    expect(document.activeElement).toBe(screen.getByRole("button", mark));
    await userEvent.click(screen.getByRole("button", mark));
    await userEvent.type(screen.getByLabelText("Why is this offer wrong?"), "Another patient");
    await userEvent.click(within(screen.getByRole("form", mark)).getByRole("button", { name: "Mark as a mistake" }));
    expect(app.asked).toEqual([{ command: "mark_offer_mistaken", request: { offer: OFFER, reason: "Another patient" } }]);
    expect(changed).toHaveBeenCalledOnce();
  });

  it("names the reason when it is missing", async () => {
    fakeApplication({ mark_offer_mistaken: () => refuse("field", { fields: [{ field: "reason", reason: "missing" }] }) });
    const changed = vi.fn();
    render(Offers, { offers: [anOffer()], due: null, record: vi.fn(), changed });
    await userEvent.click(screen.getByRole("button", { name: /Entered by mistake/ }));
    await userEvent.click(screen.getByRole("button", { name: "Mark as a mistake" }));
    expect((await screen.findByRole("alert")).textContent).toContain("Enter why the offer is wrong");
    expect(changed).not.toHaveBeenCalled();
  });

  it("says of a mistake that it does not count, why, and offers no second marking", () => {
    const mistaken = { reason: "Meant for somebody else", by: aSignature({ name: "Tom Invented" }) };
    render(Offers, { offers: [anOffer({ mistaken })], due: null, record: vi.fn(), changed: vi.fn() });
    const line = screen.getByRole("listitem");
    expect(line.textContent).toContain("Entered by mistake. It does not count.");
    expect(line.textContent).toContain("Meant for somebody else (Tom Invented, 23-Nov-2026)");
    expect(within(line).queryByRole("button")).toBeNull();
  });
});
