import { render, screen, waitFor } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { HNA, PLAN, SAM, SUMMARY, aDesk, aPlace, aPlanConcern, aSending, aSignature, aToday, anAction, anOverview, at } from "../ipc/examples";
import { fakeApplication, refuse } from "../ipc/fake";
import type { HnaLine, PlanLine, SummaryLine } from "../ipc/bindings";
import { aListLine, aWorkItem } from "../ipc/work_examples";
import App from "./App.svelte";
import { application, at_, plan, planLocked, unlock } from "./in_hand.test-kit";

describe("sending", () => {
  const refused = aSending({ phrase: "needs_you", count: 1, needs_you: 1, records: 3, sent: at("14:04") });

  it("follows without a click, and reads no list again when only sending has got on", async () => {
    let sending = aSending({ phrase: "waiting", count: 2, waiting: 2, reason: "no_network", at: at("08:52") });
    let open = false;
    const app = application(aDesk(), {
      unlock: () => {
        open = true;
        return aDesk({ sending });
      },
      desk: () => (open ? aDesk({ sending }) : refuse("locked")),
    });
    const lists = () => app.asked.filter((asked) => asked.command === "today").length;
    render(App);
    await unlock();
    await at_("today");
    const header = screen.getByRole("button", { name: "Sending: Waiting to send (2) No network since 08:52" });
    expect(header.id).toBe("nav-sending");
    sending = aSending({ phrase: "sent", at: at("14:05"), sent: at("14:05") });
    app.send("changed", []);
    await screen.findByRole("button", { name: "Sending: Sent 14:05 Nothing waiting" });
    expect(lists()).toBe(1);
    app.send("changed", ["hna"]);
    await waitFor(() => expect(lists()).toBe(2));
  });

  it("stands first on Today when it needs a person, and leads to the record; F6 goes to it first", async () => {
    application(aDesk({ sending: refused }));
    render(App);
    await unlock();
    const main = await at_("today");
    expect(main.querySelector(".notice.needs")?.textContent).toContain("The trust did not accept one record.");
    await userEvent.click(screen.getByRole("button", { name: "See what it needs" }));
    await at_("sending");
    const needs = await screen.findByRole("region", { name: "Needs you (1)" });
    await userEvent.keyboard("{F6}");
    expect(document.activeElement).toBe(needs);
    await userEvent.keyboard("{F6}");
    expect(document.activeElement?.closest("header")?.dataset["region"]).toBe("header");
  });

  it("is quiet with a patient, and opens from the header on every screen", async () => {
    application(aDesk({ sending: refused, place: aPlace("hna_ticks", { hna: HNA }) }));
    render(App);
    await unlock();
    await at_("hna_ticks");
    expect(document.querySelector("header .amber")).toBeNull();
    await userEvent.click(screen.getByRole("button", { name: "Sending: Sent 14:04 1 needs you" }));
    await at_("sending");
    const header = screen.getByRole("button", { name: "Sending: Needs you (1) Last sent 14:04" });
    expect(header.getAttribute("aria-current")).toBe("page");
    expect(header.querySelector(".amber")?.textContent).toBe("Needs you (1)");
  });
});

describe("today", () => {
  it("shows unfinished work with its age and owner, and goes on where it stopped", async () => {
    const work = [aWorkItem({ at: at("09:41", "20-Nov-2026"), days: 3 })];
    application(aDesk(), { today: () => aToday({ work }) });
    render(App);
    await unlock();
    const main = await at_("today");
    await waitFor(() => expect(main.textContent).toContain("3 days"));
    for (const text of ["Assessment not finished", "Ruth Invented, yours", "999 000 0026", "INVENTED-BELL, Samuel John (Mr)"]) expect(main.textContent).toContain(text);
    await userEvent.click(screen.getByRole("button", { name: /^Assessment not finished, INVENTED/ }));
    await at_("hna_score");
    expect(screen.getByRole("heading", { level: 1 }).textContent).toBe("Sleep");
  });

  it.each([
    ["hna_without_plan", HNA, "Assessment done, no plan yet", "care_plan", "start_care_plan"],
    ["draft_plan", PLAN, "Care plan not agreed", "care_plan", "read_care_plan"],
    ["draft_summary", SUMMARY, "Treatment summary not signed", "summary", "read_treatment_summary"],
  ] as const)("goes on with %s", async (kind, record, button, to, command) => {
    const work = [aWorkItem({ kind, record })];
    const app = application(aDesk(), { today: () => aToday({ work }), start_care_plan: () => plan });
    render(App);
    await unlock();
    await userEvent.click(await screen.findByRole("button", { name: `${button}, INVENTED-BELL, Samuel John (Mr)` }));
    await at_(to);
    expect(app.asked.filter((asked) => asked.command === command)).toHaveLength(1);
  });

  it.each([
    ["an agreed plan", "locked", "plan_read"],
    ["one that is being changed", "draft", "care_plan"],
  ] as const)("leads to the very action of %s", async (_, status, to) => {
    const worry = aPlanConcern("emotional.worry", "Worry", { actions: [anAction("a-1"), anAction("a-2")] });
    const action = { key: "a-2", concern: worry.key, what: "Refer to the dietitian", by: "patient" as const, by_name: "" };
    const work = [aWorkItem({ kind: "action_overdue", record: PLAN, action })];
    application(aDesk(), { today: () => aToday({ work }), read_care_plan: () => ({ ...planLocked, status, concerns: [aPlanConcern("physical.pain", "Pain"), worry] }) });
    render(App);
    await unlock();
    await userEvent.click(await screen.findByRole("button", { name: /^Action overdue: Refer to the dietitian, / }));
    await at_(to);
    await waitFor(() => expect(document.activeElement?.id).toBe("end-a-2"));
  });

  it("opens the record of whoever was assessed before, instead of a blank assessment", async () => {
    application(aDesk(), { today: () => aToday({ list: [aListLine({ former: true })] }) });
    render(App);
    await unlock();
    await userEvent.click(await screen.findByRole("button", { name: "Open record, INVENTED-BELL, Samuel John (Mr)" }));
    await at_("overview");
  });

  it("says so when nothing is waiting", async () => {
    application(aDesk(), { today: () => aToday() });
    render(App);
    await unlock();
    expect(await screen.findByText("Nothing is waiting for you.")).toBeTruthy();
  });
});

describe("overview", () => {
  it("shows the record under the banner, and starts an assessment", async () => {
    const looked = [{ at: at("09:40"), name: "Ruth Invented", role: "cancer_nurse_specialist" as const, op: "open_patient" }];
    const app = application(aDesk({ place: aPlace("overview", { patient: SAM }) }), { open_patient: () => anOverview({ looked }) });
    render(App);
    await unlock();
    const main = await at_("overview");
    expect(main.textContent).toContain("Ruth Invented, Cancer nurse specialist · opened the record");
    expect(app.asked.filter((asked) => asked.command === "open_patient")).toHaveLength(1);
    await userEvent.click(screen.getByRole("button", { name: "Start an assessment" }));
    await at_("hna_start");
  });

  it("writes the plan first where an assessment has none, and only one for two presses", async () => {
    const done: HnaLine = { id: HNA, status: "completed", started: at("09:41"), completed: at("09:52"), by: "Ruth Invented", concerns: 2, highest: null, declined_domains: [], answered_by: "patient", method: "face_to_face", answered_on: null, plan: null, again: false, waits_for_plan: true, plan_offer: null, may_offer_plan: true, sending: "saved_here" };
    const app = application(aDesk({ place: aPlace("overview", { patient: SAM }) }), { open_patient: () => anOverview({ hnas: [done] }), start_care_plan: () => plan });
    render(App);
    await unlock();
    await at_("overview");
    expect(screen.getAllByRole("button", { name: /^Write the plan/ })).toHaveLength(2);
    await userEvent.dblClick(screen.getByRole("button", { name: "Write the plan" }));
    await at_("care_plan");
    expect(app.asked.filter((asked) => asked.command === "start_care_plan")).toEqual([{ command: "start_care_plan", request: { hna: HNA } }]);
  });

  it("offers a plan only where the application says that one waits", async () => {
    const done: HnaLine = { id: HNA, status: "completed", started: at("09:41"), completed: at("09:52"), by: "Ruth Invented", concerns: 2, highest: null, declined_domains: [], answered_by: "patient", method: "face_to_face", answered_on: null, plan: null, again: false, waits_for_plan: false, plan_offer: null, may_offer_plan: false, sending: "saved_here" };
    application(aDesk({ place: aPlace("overview", { patient: SAM }) }), { open_patient: () => anOverview({ hnas: [done] }) });
    render(App);
    await unlock();
    await at_("overview");
    expect(screen.queryByRole("button", { name: /^Write the plan/ })).toBeNull();
  });

  it("follows a record that waits, with one more look for each answer of the trust and none for nothing", async () => {
    const line = (sending: PlanLine["sending"]): PlanLine => ({ id: PLAN, hna: HNA, status: "locked", version: 1, started: at("09:55"), by: "Ruth Invented", signed: aSignature(), unlock_reason: null, concerns: 2, actions: 1, sending });
    let state: PlanLine["sending"] = "waiting";
    let sending = aSending({ phrase: "waiting", count: 1, waiting: 1, reason: "sending" });
    let open = false;
    const app = application(aDesk(), {
      unlock: () => {
        open = true;
        return aDesk({ sending, place: aPlace("overview", { patient: SAM }) });
      },
      desk: () => (open ? aDesk({ sending }) : refuse("locked")),
      open_patient: () => anOverview({ plans: [line(state)] }),
    });
    const looks = () => app.asked.filter((asked) => asked.command === "open_patient").length;
    const hears = async (now: typeof sending, header: RegExp): Promise<void> => {
      sending = now;
      app.send("changed", []);
      await screen.findByRole("button", { name: header });
      await waitFor(() => expect(document.body.dataset["busy"]).toBeUndefined());
    };
    render(App);
    await unlock();
    const main = await at_("overview");
    expect(main.textContent).toContain("Waiting to send");
    await hears({ ...sending, reason: "no_network", at: at("08:52") }, /No network since 08:52/);
    await hears({ ...sending, count: 2, waiting: 2 }, /Waiting to send \(2\)/);
    expect(looks()).toBe(1);
    state = "sent";
    await hears(aSending({ phrase: "waiting", count: 1, waiting: 1, reason: "sending", sent: at("14:05") }), /Waiting to send \(1\)/);
    await waitFor(() => expect(main.textContent).not.toContain("Waiting to send"));
    expect(looks()).toBe(2);
    await hears(aSending({ phrase: "sent", at: at("14:06"), sent: at("14:06") }), /Sent 14:06/);
    expect(looks()).toBe(2);
  });

  it("keeps what it shows when it cannot be read again", async () => {
    const summaries: SummaryLine[] = [{ id: SUMMARY, title: "Bowel cancer", status: "signed", version: 1, started: at("09:55"), by: "Ruth Invented", signed: aSignature(), amend_reason: null, sending: "waiting" }];
    let sending = aSending({ phrase: "waiting", count: 1, waiting: 1, reason: "sending" });
    let first = true;
    let open = false;
    const app = application(aDesk(), {
      unlock: () => {
        open = true;
        return aDesk({ sending, place: aPlace("overview", { patient: SAM }) });
      },
      desk: () => (open ? aDesk({ sending }) : refuse("locked")),
      open_patient: () => {
        if (!first) return refuse("unexpected");
        first = false;
        return anOverview({ summaries });
      },
    });
    render(App);
    await unlock();
    await at_("overview");
    sending = aSending({ phrase: "needs_you", count: 1, needs_you: 1 });
    app.send("changed", []);
    await waitFor(() => expect(app.asked.filter((asked) => asked.command === "open_patient")).toHaveLength(2));
    await waitFor(() => expect(document.body.dataset["busy"]).toBeUndefined());
    expect(screen.getByRole("button", { name: "Read, Bowel cancer, version 1" })).toBeTruthy();
  });

  it("opens plans and summaries where they stand, and starts a summary", async () => {
    const plans: PlanLine[] = [{ id: PLAN, hna: HNA, status: "locked", version: 1, started: at("09:55"), by: "Ruth Invented", signed: aSignature(), unlock_reason: null, concerns: 2, actions: 1, sending: "saved_here" }];
    application(aDesk({ place: aPlace("overview", { patient: SAM }) }), { open_patient: () => anOverview({ plans }), read_care_plan: () => planLocked });
    render(App);
    await unlock();
    await at_("overview");
    await userEvent.click(screen.getByRole("button", { name: "Read, Care plan, version 1" }));
    await at_("plan_read");
    await userEvent.click(screen.getByRole("button", { name: "Back to the overview" }));
    await at_("overview");
    await userEvent.click(await screen.findByRole("button", { name: "Start a treatment summary" }));
    await at_("summary_start");
  });

  it("says what happened when the record cannot be opened", async () => {
    application(aDesk({ place: aPlace("overview", { patient: SAM }) }), { open_patient: () => refuse("gone") });
    render(App);
    await unlock();
    await at_("overview");
    expect((await screen.findByRole("alert")).dataset["problem"]).toBe("gone");
  });
});

describe("the care plan's screens", () => {
  const field = "due-a-1";
  const open = { ...plan, concerns: [plan.concerns[0] ?? aPlanConcern("physical.pain", "Pain"), aPlanConcern("emotional.worry", "Worry", { actions: [anAction("a-1", { due: null })] })] };

  async function agreeing(more: Parameters<typeof fakeApplication>[0]): Promise<ReturnType<typeof application>> {
    const app = application(aDesk({ place: aPlace("plan_agree", { record: PLAN }) }), more);
    render(App);
    await unlock();
    await at_("plan_agree");
    return app;
  }

  it("keep the record in hand from one concern to the next, and the place", async () => {
    const app = application(aDesk({ place: aPlace("care_plan", { record: PLAN }) }));
    render(App);
    await unlock();
    await at_("care_plan");
    await userEvent.click(screen.getByRole("button", { name: "Next concern: Worry" }));
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole("heading", { name: "2. Worry" })));
    expect(app.asked.filter((asked) => asked.command === "read_care_plan")).toHaveLength(1);
    expect(app.asked.filter((asked) => asked.command === "keep_place").at(-1)?.request).toEqual(aPlace("care_plan", { record: PLAN, item: "emotional.worry" }));
  });

  it("lead from what is missing to its control, and back to agreeing when it is there", async () => {
    await agreeing({ read_care_plan: () => ({ ...open, unfinished: [{ field, reason: "missing" }] }) });
    await userEvent.click(screen.getByRole("link", { name: "Enter the day by which action 1 for Worry is done" }));
    await at_("care_plan");
    await waitFor(() => expect(document.activeElement?.id).toBe(field));
  });

  it("show the new version after locking, with its paper next, and the draft after unlocking", async () => {
    const app = await agreeing({ lock_care_plan: () => planLocked, unlock_care_plan: () => ({ ...planLocked, status: "draft", unlock_reason: "New referral" }) });
    await userEvent.type(screen.getByLabelText("Day"), "2");
    await userEvent.type(screen.getByLabelText("Month"), "3");
    await userEvent.type(screen.getByLabelText(/^Your passphrase/), "harbour lamp otter");
    await userEvent.click(screen.getByRole("button", { name: "Agree and lock" }));
    const read = await at_("plan_read");
    await waitFor(() => expect(document.activeElement).toBe(read.querySelector("h1")));
    expect(app.asked.filter((asked) => asked.command === "keep_place").at(-1)?.request).toEqual(aPlace("plan_read", { record: PLAN, item: "1" }));
    await userEvent.click(screen.getByRole("button", { name: "Change this plan" }));
    await userEvent.type(screen.getByLabelText("Why it is changed"), "New referral");
    await userEvent.click(screen.getByRole("button", { name: "Unlock it" }));
    await at_("care_plan");
    expect(screen.getByText(/^Version 2, draft. Version 1, agreed/)).toBeTruthy();
    expect(app.asked.filter((asked) => asked.command === "read_care_plan")).toHaveLength(1);
  });

  it("read a plan that was locked elsewhere instead of writing it, and an older version beside it", async () => {
    const app = application(aDesk({ place: aPlace("care_plan", { record: PLAN }) }), {
      read_care_plan: ({ version }) => ({ ...planLocked, version: 2, versions: [{ version: 2, signed: aSignature() }, { version: 1, signed: aSignature() }], shown_version: version }),
    });
    render(App);
    await unlock();
    await at_("plan_read");
    expect(screen.getByRole("heading", { name: "Care plan, version 2" })).toBeTruthy();
    await userEvent.click(screen.getByRole("button", { name: "Version 1" }));
    const heading = await screen.findByRole("heading", { name: "Care plan, version 1" });
    expect(document.activeElement).toBe(heading);
    expect(app.asked.filter((asked) => asked.command === "read_care_plan").map((asked) => asked.request)).toEqual([
      { plan: PLAN, version: null },
      { plan: PLAN, version: 1 },
    ]);
  });

  it("put the keyboard on the words that the paper cannot print", async () => {
    const concerns = [aPlanConcern("physical.pain", "Pain"), aPlanConcern("emotional.worry", "Worry", { actions: [anAction("a-1")] })];
    application(aDesk({ place: aPlace("paper", { record: PLAN, item: "care_plan" }) }), {
      read_care_plan: () => ({ ...plan, concerns }),
      preview_paper: () => refuse("no_glyph", { character: "☃", fields: [{ field: "what-a-1", reason: "no_glyph" }] }),
    });
    render(App);
    await unlock();
    await at_("paper");
    await userEvent.click(await screen.findByRole("button", { name: "Go to where it is written" }));
    await at_("care_plan");
    await waitFor(() => expect(document.activeElement?.id).toBe("what-a-1"));
  });

  it("go to the paper with Ctrl+P", async () => {
    application(aDesk({ place: aPlace("plan_read", { record: PLAN, item: "1" }) }), { read_care_plan: () => planLocked });
    render(App);
    await unlock();
    await at_("plan_read");
    await userEvent.keyboard("{Control>}p{/Control}");
    await at_("paper");
  });

  it("go from what changed to its paper with Ctrl+P", async () => {
    const app = application(aDesk({ place: aPlace("changes", { patient: SAM }) }));
    render(App);
    await unlock();
    await at_("changes");
    await screen.findByRole("button", { name: /^Print for/ });
    await userEvent.keyboard("{Control>}p{/Control}");
    await at_("paper");
    expect(app.asked.find((asked) => asked.command === "preview_paper")?.request).toEqual({ kind: "changes", record: HNA, version: null });
  });
});
