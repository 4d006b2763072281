import { render, screen, waitFor, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import type { Desk, RefusalReason } from "../ipc/bindings";
import { SAM, SENDING, aBanner, aDesk, aRefusal, aSending, at } from "../ipc/examples";
import { fakeApplication, refuse } from "../ipc/fake";
import { say, type WordKey } from "../words/say";
import { Router } from "./router.svelte";
import SendingView from "./SendingView.svelte";

const busy = aSending({ phrase: "needs_you", count: 1, waiting: 4, needs_you: 1, records: 214, sent: at("14:04") });
const calm = aSending({ phrase: "sent", at: at("14:04"), records: 214, sent: at("14:04") });

function show(desk: Desk) {
  const router = new Router();
  const go = vi.spyOn(router, "go").mockResolvedValue();
  const { rerender } = render(SendingView, { router, desk, screen: { name: "sending" } });
  return { router, go, now: (sending: Desk["sending"]) => rerender({ desk: aDesk({ sending }) }) };
}

const count = (id: string): number => Number(document.querySelector(`#${id}`)?.textContent);

describe("sending", () => {
  it("counts what is safe, what is there, what waits and what needs a person, and they add up", async () => {
    fakeApplication({ list_refused: () => [aRefusal()] });
    show(aDesk({ sending: busy }));
    await screen.findByRole("heading", { name: "Needs you (1)" });
    expect([count("count-safe"), count("count-at-trust"), count("count-needs-you")]).toEqual([214, 209, 1]);
    for (const words of ["last one confirmed 14:04", "209 at the trust", "4 waiting", "1 needs you"]) expect(screen.getByText(words)).toBeTruthy();
  });

  it("shows whose record was refused, which, since when, why in plain words, and the server's own words for IT as text", async () => {
    fakeApplication({ list_refused: () => [aRefusal({ reason: "<b>end</b> before start" })] });
    const { go } = show(aDesk({ sending: busy }));
    const item = within(await screen.findByRole("region", { name: "Needs you (1)" })).getAllByRole("listitem")[0];
    for (const words of ["INVENTED-BELL, Samuel John (Mr)", "02-Mar-1961", "999 000 0026", "TEST", "Care plan", "Not accepted 20-Nov-2026 16:52", "did not accept what is in this record", "Nothing more is sent for Sam"]) expect(item?.textContent).toContain(words);
    expect(document.querySelector("details")?.open).toBe(false);
    expect(document.querySelector("details")?.textContent).toContain("<b>end</b> before start");
    expect(document.querySelector("details b")).toBeNull();
    await userEvent.click(screen.getByRole("button", { name: "Open record, Care plan, INVENTED-BELL, Samuel John (Mr)" }));
    expect(go).toHaveBeenCalledWith({ name: "overview", patient: SAM });
  });

  it.each<RefusalReason>(["refused_content", "too_large", "not_permitted", "several_patients", "other_birth_date", "other_name", "not_current", "corrected_after_sending", "patient_gone", "server_fails", "other_server", "changed_there", "removed_there", "unreadable_here"])("says of %s what happened and what to do", async (reason_code) => {
    fakeApplication({ list_refused: () => [aRefusal({ reason_code })] });
    show(aDesk({ sending: busy }));
    expect(await screen.findByText(say(`refusal-${reason_code}`))).toBeTruthy();
    const next = say(`refusal-${reason_code}-next` as WordKey);
    expect(screen.getByText(next)).toBeTruthy();
    expect([say(`refusal-${reason_code}`), next]).toEqual([expect.stringMatching(/\.$/), expect.stringMatching(/\.$/)]);
  });

  it("tries one again, says so, and puts the keyboard on what is left", async () => {
    const other = aRefusal({ sending: "s-2" as never, kind: "hna", banner: aBanner({ family: "Invented-Smythe" }) });
    const app = fakeApplication({ list_refused: () => [aRefusal(), other], try_again: () => [other] });
    show(aDesk({ sending: { ...busy, needs_you: 2 } }));
    await userEvent.click(await screen.findByRole("button", { name: "Try again, Care plan, INVENTED-BELL, Samuel John (Mr)" }));
    const left = await screen.findByRole("region", { name: "Needs you (1)" });
    expect(document.activeElement).toBe(left);
    expect(screen.getByText("Back in the queue. It is sent as soon as it can be.")).toBeTruthy();
    expect(app.asked.find((asked) => asked.command === "try_again")?.request).toEqual({ sending: SENDING });
  });

  it("offers no try where it would meet the same change, and says when it can no longer be tried", async () => {
    fakeApplication({ list_refused: () => [aRefusal({ can_try_again: false, reason_code: "changed_there" })] });
    show(aDesk({ sending: busy }));
    await screen.findByRole("heading", { name: "Needs you (1)" });
    expect(screen.queryByRole("button", { name: /^Try again/ })).toBeNull();
  });

  it("shows a try that was refused", async () => {
    fakeApplication({ list_refused: () => [aRefusal()], try_again: () => refuse("gone") });
    show(aDesk({ sending: busy }));
    await userEvent.click(await screen.findByRole("button", { name: /^Try again/ }));
    await waitFor(() => expect(document.querySelector("[data-problem=gone]")).toBeTruthy());
    expect(screen.getByRole("heading", { name: "Needs you (1)" })).toBeTruthy();
  });

  it("reads the list again when another number needs a person, and not at each step of sending", async () => {
    let refused = [aRefusal()];
    const app = fakeApplication({ list_refused: () => refused });
    const reads = () => app.asked.filter((asked) => asked.command === "list_refused").length;
    const { now } = show(aDesk({ sending: busy }));
    await screen.findByRole("heading", { name: "Needs you (1)" });
    await now({ ...busy, waiting: 3 });
    await now({ ...busy, waiting: 2 });
    expect(reads()).toBe(1);
    refused = [];
    await now(calm);
    expect(await screen.findByRole("heading", { name: "Nothing needs you" })).toBeTruthy();
    expect(reads()).toBe(2);
  });

  it("sends now, and hands the desk on", async () => {
    const waiting = aDesk({ sending: { ...calm, phrase: "waiting", count: 2, waiting: 2, reason: "no_network", at: at("08:52") } });
    fakeApplication({ list_refused: () => [], send_now: () => waiting });
    const { router } = show(waiting);
    expect(await screen.findByText("No network since 08:52")).toBeTruthy();
    await userEvent.click(screen.getByRole("button", { name: "Send now" }));
    await waitFor(() => expect(router.desk).toEqual(waiting));
    expect(screen.getByRole("status").textContent).toBe("Trying now");
  });

  it.each([
    ["without a server", aDesk(), "Nothing is sent from this PC"],
    ["in training mode", aDesk({ training: true }), "Nothing is sent in training mode"],
  ])("is calm %s: nothing to press, nothing asked", (_when, desk, words) => {
    const app = fakeApplication({});
    show(desk);
    expect(screen.getByText(words)).toBeTruthy();
    expect(screen.queryByRole("button")).toBeNull();
    expect(app.asked).toEqual([]);
  });
});
