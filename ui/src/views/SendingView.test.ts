import { render, screen, waitFor, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import type { Desk, NoticeKind, RefusalReason, RefusedLine, SyncPage, ViewSync } from "../ipc/bindings";
import { PLAN, SAM, SENDING, aBanner, aDesk, aRefusal, aSending, at } from "../ipc/examples";
import { fakeApplication, held, refuse } from "../ipc/fake";
import { aNotice, aPatientSending, aSyncPage, anUnsent } from "../ipc/sync_examples";
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

const refusedPage = (...refused: RefusedLine[]) => aSyncPage({ refused });
const count = (id: string): number => Number(document.querySelector(`#${id}`)?.textContent);

describe("sending", () => {
  it("counts what is safe, what is there, what waits and what needs a person, and they add up", async () => {
    fakeApplication({ view_sync: () => refusedPage(aRefusal()) });
    show(aDesk({ sending: busy }));
    await screen.findByRole("heading", { name: "Needs you (1)" });
    expect([count("count-safe"), count("count-at-trust"), count("count-needs-you")]).toEqual([214, 209, 1]);
    for (const words of ["last one confirmed 14:04", "209 at the trust", "4 waiting", "1 needs you"]) expect(screen.getByText(words)).toBeTruthy();
  });

  it("shows whose record was refused, which, since when, why in plain words, and the server's own words for IT as text", async () => {
    fakeApplication({ view_sync: () => refusedPage(aRefusal({ reason: "<b>end</b> before start" })) });
    const { go } = show(aDesk({ sending: busy }));
    const item = within(await screen.findByRole("region", { name: "Needs you (1)" })).getAllByRole("listitem")[0];
    for (const words of ["INVENTED-BELL, Samuel John (Mr)", "02-Mar-1961", "999 000 0026", "TEST", "Care plan", "Not accepted 20-Nov-2026 16:52", "did not accept what is in this record", "Nothing more is sent for Sam"]) expect(item?.textContent).toContain(words);
    expect(document.querySelector("details")?.open).toBe(false);
    expect(document.querySelector("details")?.textContent).toContain("<b>end</b> before start");
    expect(document.querySelector("details b")).toBeNull();
    await userEvent.click(screen.getByRole("button", { name: "Open record, Care plan, INVENTED-BELL, Samuel John (Mr)" }));
    expect(go).toHaveBeenCalledWith({ name: "overview", patient: SAM });
  });

  it.each<RefusalReason>(["refused_content", "too_large", "not_permitted", "several_patients", "other_birth_date", "other_name", "not_current", "corrected_after_sending", "patient_gone", "server_fails", "other_server", "server_unsafe", "changed_there", "removed_there", "unreadable_here"])("says of %s what happened and what to do", async (reason_code) => {
    fakeApplication({ view_sync: () => refusedPage(aRefusal({ reason_code })) });
    show(aDesk({ sending: busy }));
    expect(await screen.findByText(say(`refusal-${reason_code}`))).toBeTruthy();
    const next = say(`refusal-${reason_code}-next` as WordKey);
    expect(screen.getByText(next)).toBeTruthy();
    expect([say(`refusal-${reason_code}`), next]).toEqual([expect.stringMatching(/\.$/), expect.stringMatching(/\.$/)]);
  });

  it("tries one again, says so, and puts the keyboard on what is left", async () => {
    const other = aRefusal({ sending: "s-2" as never, kind: "hna", banner: aBanner({ family: "Invented-Smythe" }) });
    const app = fakeApplication({ view_sync: () => refusedPage(aRefusal(), other), try_again: () => [other] });
    show(aDesk({ sending: { ...busy, needs_you: 2 } }));
    await userEvent.click(await screen.findByRole("button", { name: "Try again, Care plan, INVENTED-BELL, Samuel John (Mr)" }));
    const left = await screen.findByRole("region", { name: "Needs you (1)" });
    expect(document.activeElement?.contains(left)).toBe(true);
    expect(document.activeElement?.getAttribute("aria-label")).toBe("What is asked of you");
    expect(screen.getByText("Back in the queue. It is sent as soon as it can be.")).toBeTruthy();
    expect(app.asked.find((asked) => asked.command === "try_again")?.request).toEqual({ sending: SENDING });
  });

  it("offers no try where it would meet the same change, and says when it can no longer be tried", async () => {
    fakeApplication({ view_sync: () => refusedPage(aRefusal({ can_try_again: false, reason_code: "changed_there" })) });
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
    fakeApplication({ view_sync: () => refusedPage(aRefusal({ correct, kind: "care_plan" })) });
    const { go } = show(aDesk({ sending: busy }));
    await screen.findByRole("heading", { name: "Needs you (1)" });
    await press(named("Correct and send again"));
    expect(go).toHaveBeenCalledWith(to);
  });

  it("has the other ways out where it cannot be corrected here", async () => {
    fakeApplication({ view_sync: () => refusedPage(aRefusal({ correct: null })) });
    show(aDesk({ sending: busy }));
    await screen.findByRole("heading", { name: "Needs you (1)" });
    expect(screen.queryByRole("button", { name: /^Correct/ })).toBeNull();
    for (const what of ["Try again", "Save a copy", "Withdraw it, with a reason"]) expect(screen.getByRole("button", { name: named(what) })).toBeTruthy();
  });

  it("leads of a change at the trust to both versions, and to nothing that would pass them over", async () => {
    fakeApplication({ view_sync: () => refusedPage(aRefusal({ conflict: true, correct: null, can_try_again: false, reason_code: "changed_there" })) });
    const { go } = show(aDesk({ sending: busy }));
    await screen.findByRole("heading", { name: "Needs you (1)" });
    for (const what of [/^Correct/, /^Try again/, /^Withdraw/]) expect(screen.queryByRole("button", { name: what })).toBeNull();
    await press(named("See both versions"));
    expect(go).toHaveBeenCalledWith({ name: "conflict", sending: SENDING });
  });

  it("withdraws one with a reason, which it asks for, and puts the keyboard on what is left", async () => {
    const app = fakeApplication({ view_sync: () => refusedPage(aRefusal()), withdraw_sending: ({ reason }) => (reason ? [] : refuse("field", { fields: [{ field: "reason", reason: "missing" }] })) });
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
    expect(document.activeElement?.getAttribute("aria-label")).toBe("What is asked of you");
  });

  it("keeps it where something that waits refers to it, and goes back to the button when it is left as it is", async () => {
    fakeApplication({ view_sync: () => refusedPage(aRefusal()), withdraw_sending: () => refuse("still_needed", { fields: [{ field: "hna", reason: "refers" }, { field: "care_plan", reason: "refers" }] }) });
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

  it("says of a patient whom the trust does not have yet that nothing waits, and why it is kept", async () => {
    fakeApplication({ view_sync: () => refusedPage(aRefusal()), withdraw_sending: () => refuse("still_needed", { fields: [{ field: "patient", reason: "refers" }] }) });
    show(aDesk({ sending: busy }));
    await screen.findByRole("heading", { name: "Needs you (1)" });
    await press(named("Withdraw it, with a reason"));
    await userEvent.type(screen.getByLabelText("Why"), "Twice{Enter}");
    const said = await waitFor(() => document.querySelector("[data-problem=still_needed]") ?? Promise.reject(new Error("not said")));
    expect(said.textContent).toContain("Nothing waits behind it yet.");
    expect(said.textContent).not.toMatch(/What refers|that waits/);
  });

  it("saves a copy after the passphrase, keeps no passphrase, and says where it is", async () => {
    let right = false;
    const app = fakeApplication({ view_sync: () => refusedPage(aRefusal()), export_refused: () => (right ? { folder: "/media/it-stick", file: "7d0f7f58.json", at: at("14:10") } : refuse("wrong_passphrase")) });
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
    fakeApplication({ view_sync: () => refusedPage(aRefusal()), try_again: () => refuse("gone") });
    show(aDesk({ sending: busy }));
    await userEvent.click(await screen.findByRole("button", { name: /^Try again/ }));
    await waitFor(() => expect(document.querySelector("[data-problem=gone]")).toBeTruthy());
    expect(screen.getByRole("heading", { name: "Needs you (1)" })).toBeTruthy();
  });

  it("follows while sending goes on, one look at a time, all of one visit", async () => {
    const answers = [held<SyncPage>(), held<SyncPage>()];
    let asked = 0;
    const app = fakeApplication({ view_sync: () => answers[asked++]?.promise ?? aSyncPage() });
    const { now } = show(aDesk({ sending: busy }));
    await now({ ...busy, waiting: 3 });
    await now({ ...busy, waiting: 2 });
    expect(asked, "while the first is under way none is asked").toBe(1);
    answers[0]?.settle(refusedPage(aRefusal()));
    expect(await screen.findByRole("heading", { name: "Needs you (1)" })).toBeTruthy();
    await waitFor(() => expect(asked).toBe(2));
    await now(calm);
    answers[1]?.settle(refusedPage(aRefusal()));
    expect(await screen.findByRole("heading", { name: "Nothing needs you" })).toBeTruthy();
    const visits = app.asked.filter(({ command }) => command === "view_sync").map(({ request }) => (request as ViewSync).visit);
    expect([visits.length, new Set(visits).size]).toEqual([3, 1]);
  });

  it("says of each patient what is not sent yet and since when, and leads to the record", async () => {
    const waits = aPatientSending({ waiting: 2, oldest: anUnsent({ since: at("16:52", "20-Nov-2026"), minutes: 3 * 1440 - 180, wait: "late" }) });
    const sam = { ...aBanner(), id: "7d0f7f58-0000-4000-8000-000000000012" as never, family: "Invented-Smythe" };
    fakeApplication({ view_sync: () => aSyncPage({ patients: [waits, aPatientSending({ banner: sam }), aPatientSending({ banner: null, needs_you: 1, oldest: anUnsent(), sent: null })], more: 4 }) });
    const { go } = show(aDesk({ sending: busy }));
    const lines = within(await screen.findByRole("region", { name: "By patient" })).getAllByRole("listitem").map((line) => line.textContent ?? "");
    for (const words of ["INVENTED-BELL", "999 000 0026", "2 records not yet sent", "2 days 21 hours, since 20-Nov-2026 16:52", "Last sent 14:04", "Waiting to send (2)"]) expect(lines[0]).toContain(words);
    expect(lines[1]).toMatch(/INVENTED-SMYTHE.*Sent 14:04/);
    expect(lines[1]).not.toContain("not yet sent");
    expect(lines[2]).toMatch(/A record of no single patient.*1 record not yet sent.*less than an hour, since 08:52.*Nothing sent yet.*Needs you/);
    expect(screen.getByText("Records of 4 more patients are not yet sent.")).toBeTruthy();
    await userEvent.click(screen.getByRole("button", { name: "Open record, INVENTED-BELL, Samuel John (Mr)" }));
    expect(go).toHaveBeenCalledWith({ name: "overview", patient: SAM });
  });

  const week = { since: at("09:12", "16-Nov-2026"), day: "Monday 16 November", minutes: 8 * 1440 };
  it.each([
    ["less than a day", anUnsent(), null, "", "The oldest that is not at the trust yet has waited less than an hour, since 08:52."],
    ["a day, and nothing went since", anUnsent({ minutes: 1500, wait: "late" }), null, "The oldest has waited 1 day 1 hour", "Nothing has reached the trust since 08:52. It is all safe on this PC and goes by itself as soon as it can. If the network is there, tell your IT service desk."],
    ["a day, and others went since", anUnsent({ minutes: 1500, wait: "late", nothing_since: false }), null, "The oldest has waited 1 day 1 hour", "Others have gone since"],
    ["a week, and nothing went since", anUnsent({ ...week, wait: "call" }), "the IT desk, 020 7946 0003", "Nothing has reached the trust since Monday 16 November.", "It is all safe on this PC. Call the IT desk, 020 7946 0003."],
    ["a week, and others went since", anUnsent({ ...week, wait: "call", nothing_since: false }), null, "The oldest record has waited since Monday 16 November.", "It is all safe on this PC. Call your IT service desk."],
  ])("says how long the oldest has waited: %s", async (_when, oldest, it_desk, heading, words) => {
    fakeApplication({ view_sync: () => aSyncPage({ oldest, it_desk }) });
    show(aDesk({ sending: busy }));
    const said = await waitFor(() => document.querySelector<HTMLElement>("#oldest") ?? Promise.reject(new Error("not said")));
    expect(said.textContent).toContain(words);
    expect(said.querySelector(".notice.needs .heading")?.textContent ?? "").toBe(heading);
  });

  it("says what happened at the trust, and takes the answer", async () => {
    const app = fakeApplication({
      view_sync: () => aSyncPage({ notices: [aNotice(), aNotice({ notice: 8, kind: "many_removed", banner: null, noun: null, count: 40, answers: ["look_again", "gone"], there: "" })] }),
      settle_notice: () => aSyncPage({ notices: [aNotice()] }),
    });
    show(aDesk({ sending: calm }));
    const card = within(await screen.findByRole("region", { name: "From the trust (2)" }));
    const [first, second] = card.getAllByRole("listitem").map((line) => line.textContent ?? "");
    for (const words of ["INVENTED-BELL", "Noticed 09:12", "Somebody removed this at the trust: Care plan", "It stays on this PC", "CarePlan/cp-1"]) expect(first).toContain(words);
    for (const words of ["40 records are missing at the trust at once", "nothing was concluded"]) expect(second).toContain(words);
    await userEvent.click(card.getByRole("button", { name: /^They are gone, 40 records/ }));
    expect(app.asked.at(-1)).toMatchObject({ command: "settle_notice", request: { notice: 8, answer: "gone" } });
    expect(await screen.findByRole("region", { name: "From the trust (1)" })).toBeTruthy();
    expect(screen.getByRole("status").textContent).toBe("Noted as removed at the trust. All of it stays on this PC.");
    expect(document.activeElement?.getAttribute("aria-label")).toBe("What is asked of you");
  });

  it.each<NoticeKind>(["removed_there", "many_removed", "patient_not_in_use", "other_patient", "went_back", "not_read"])("says of a notice of %s what happened and what to do, with one green button", async (kind) => {
    fakeApplication({ view_sync: () => aSyncPage({ notices: [aNotice({ kind, noun: null, count: 6 }), aNotice({ notice: 8, kind })] }) });
    show(aDesk({ sending: calm }));
    const card = await screen.findByRole("region", { name: "From the trust (2)" });
    expect(card.textContent).toContain(say(`notice-${kind}-more`, { count: 6 }));
    expect(card.textContent).not.toMatch(/[{}]/);
    expect(document.querySelectorAll("button.main").length).toBe(1);
  });

  it("sends now, and hands the desk on", async () => {
    const waiting = aDesk({ sending: { ...calm, phrase: "waiting", count: 2, waiting: 2, reason: "no_network", at: at("08:52") } });
    fakeApplication({ view_sync: () => refusedPage(), send_now: () => waiting });
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
