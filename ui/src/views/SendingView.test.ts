import { render, screen, waitFor, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import type { Desk, RefusalReason } from "../ipc/bindings";
import { PLAN, SAM, SENDING, aBanner, aDesk, aRefusal, aSending, at } from "../ipc/examples";
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

  const named = (what: string): string => `${what}, Care plan, INVENTED-BELL, Samuel John (Mr)`;
  const press = (name: string): Promise<void> => userEvent.click(screen.getByRole("button", { name }));

  it.each([
    [{ screen: "care_plan", record: PLAN }, { name: "care_plan", plan: PLAN, concern: null }],
    [{ screen: "register", record: SAM }, { name: "register", patient: SAM }],
    [{ screen: "overview", record: SAM }, { name: "overview", patient: SAM }],
  ] as const)("leads to where it is corrected: %j", async (correct, to) => {
    fakeApplication({ list_refused: () => [aRefusal({ correct, kind: "care_plan" })] });
    const { go } = show(aDesk({ sending: busy }));
    await screen.findByRole("heading", { name: "Needs you (1)" });
    await press(named("Correct and send again"));
    expect(go).toHaveBeenCalledWith(to);
  });

  it("has the other ways out where it cannot be corrected here", async () => {
    fakeApplication({ list_refused: () => [aRefusal({ correct: null })] });
    show(aDesk({ sending: busy }));
    await screen.findByRole("heading", { name: "Needs you (1)" });
    expect(screen.queryByRole("button", { name: /^Correct/ })).toBeNull();
    for (const what of ["Try again", "Save a copy", "Withdraw it, with a reason"]) expect(screen.getByRole("button", { name: named(what) })).toBeTruthy();
  });

  it("leads of a change at the trust to both versions, and to nothing that would pass them over", async () => {
    fakeApplication({ list_refused: () => [aRefusal({ conflict: true, correct: null, can_try_again: false, reason_code: "changed_there" })] });
    const { go } = show(aDesk({ sending: busy }));
    await screen.findByRole("heading", { name: "Needs you (1)" });
    for (const what of [/^Correct/, /^Try again/, /^Withdraw/]) expect(screen.queryByRole("button", { name: what })).toBeNull();
    await press(named("See both versions"));
    expect(go).toHaveBeenCalledWith({ name: "conflict", sending: SENDING });
  });

  it("withdraws one with a reason, which it asks for, and puts the keyboard on what is left", async () => {
    const app = fakeApplication({ list_refused: () => [aRefusal()], withdraw_sending: ({ reason }) => (reason ? [] : refuse("field", { fields: [{ field: "reason", reason: "missing" }] })) });
    show(aDesk({ sending: busy }));
    await screen.findByRole("heading", { name: "Needs you (1)" });
    await press(named("Withdraw it, with a reason"));
    const box = screen.getByLabelText("Why");
    expect(document.activeElement).toBe(box);
    await press("Withdraw it");
    await userEvent.click(await screen.findByRole("link", { name: "Enter why it is withdrawn" }));
    expect(document.activeElement).toBe(box);
    await userEvent.type(box, "Entered for the wrong person{Enter}");
    expect(await screen.findByRole("heading", { name: "Nothing needs you" })).toBeTruthy();
    expect(app.asked.at(-1)).toEqual({ command: "withdraw_sending", request: { sending: SENDING, reason: "Entered for the wrong person" } });
    expect(screen.getByText("Withdrawn. It stays safe here and is not sent.")).toBeTruthy();
    expect(document.activeElement?.tagName).toBe("SECTION");
  });

  it("keeps it where something that waits refers to it, and goes back to the button when it is left as it is", async () => {
    fakeApplication({ list_refused: () => [aRefusal()], withdraw_sending: () => refuse("still_needed", { fields: [{ field: "hna", reason: "refers" }, { field: "care_plan", reason: "refers" }] }) });
    show(aDesk({ sending: busy }));
    await screen.findByRole("heading", { name: "Needs you (1)" });
    await press(named("Withdraw it, with a reason"));
    await userEvent.type(screen.getByLabelText("Why"), "Twice{Enter}");
    await waitFor(() => expect(document.querySelector("[data-problem=still_needed]")).toBeTruthy());
    expect(screen.getByText("What refers to it: Assessment, Care plan.")).toBeTruthy();
    await press("Keep it as it is");
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole("button", { name: named("Withdraw it, with a reason") })));
    expect(screen.queryByLabelText("Why")).toBeNull();
  });

  it("saves a copy after the passphrase, keeps no passphrase, and says where it is", async () => {
    let right = false;
    const app = fakeApplication({ list_refused: () => [aRefusal()], export_refused: () => (right ? { folder: "/media/it-stick", file: "7d0f7f58.json", at: at("14:10") } : refuse("wrong_passphrase")) });
    show(aDesk({ sending: busy }));
    await screen.findByRole("heading", { name: "Needs you (1)" });
    await press(named("Save a copy"));
    const box = screen.getByLabelText<HTMLInputElement>("Your passphrase");
    await userEvent.type(box, "not it{Enter}");
    expect(await screen.findByRole("link", { name: "This is not your passphrase, so nothing was saved: type it again" })).toBeTruthy();
    expect(box.value).toBe("");
    right = true;
    await userEvent.type(box, "four grey herons wade{Enter}");
    expect((await screen.findByText(/7d0f7f58\.json is in \/media\/it-stick/)).id).toBe("exported");
    expect(box.value).toBe("");
    expect(app.asked.at(-1)).toEqual({ command: "export_refused", request: { sending: SENDING, passphrase: "four grey herons wade" } });
    expect(screen.getByRole("heading", { name: "Needs you (1)" })).toBeTruthy();
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
