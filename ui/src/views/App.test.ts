import { fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { HNA, PLAN, SAM, SUMMARY, TOM, aBanner, aChecklist, aConcern, aDesk, aFront, aNurse, aPaper, aPlace, aPlan, aPlanConcern, aRefusal, aSending, aSignature, aSummary, aTemplate, aToday, anAction, anHna, anOverview, at, rated } from "../ipc/examples";
import { fakeApplication, refuse } from "../ipc/fake";
import type { Desk, HnaLine, PlanLine } from "../ipc/bindings";
import App from "./App.svelte";
import { oneOfEach } from "./screen_examples";
import { isOutside, placeOf, type Screen } from "./screen";

const plan = aPlan({ concerns: [aPlanConcern("physical.pain", "Pain"), aPlanConcern("emotional.worry", "Worry")] });
const planLocked = { ...plan, status: "locked" as const, version: 1, signed: aSignature(), versions: [{ version: 1, signed: aSignature() }] };
const summarySigned = aSummary({ status: "signed", version: 1, signed: aSignature(), versions: [{ version: 1, signed: aSignature() }] });
const hna = anHna({ concerns: [aConcern("physical.pain", "Pain", rated(8)), aConcern("physical.sleep", "Sleep")], next_unanswered: "physical.sleep" });

function application(desk: Desk, more: Parameters<typeof fakeApplication>[0] = {}) {
  let open = false;
  return fakeApplication({
    front: () => aFront(),
    unlock: () => {
      open = true;
      return desk;
    },
    desk: () => (open ? desk : refuse("locked")),
    lock: () => {
      open = false;
      return null;
    },
    stay: () => null,
    keep_place: () => null,
    today: () => aToday({ recent: [aBanner()] }),
    list_staff: () => [aNurse()],
    cancer_types: () => [],
    open_patient: () => anOverview(),
    read_hna: () => hna,
    read_checklist: () => aChecklist(),
    read_care_plan: () => plan,
    list_templates: () => [],
    read_template: () => aTemplate(),
    read_treatment_summary: () => aSummary(),
    preview_paper: ({ kind, record, version }) => aPaper({ kind, record, version }),
    list_printers: () => ({ printers: [] }),
    list_refused: () => [aRefusal()],
    issue_recovery_code: () => ({ groups: ["AAAA", "BBBB"], ask: [1, 2] }),
    ...more,
  });
}

const at_ = (name: string): Promise<HTMLElement> =>
  waitFor(() => {
    const main = document.querySelector<HTMLElement>(`main[data-screen="${name}"]`);
    if (!main) throw new Error(`not at ${name}`);
    return main;
  });

async function unlock(): Promise<void> {
  await at_("lock");
  await userEvent.click(screen.getByRole("radio", { name: /Ruth Invented/ }));
  await userEvent.type(screen.getByLabelText(/^Passphrase for/), "x{Enter}");
}

describe("the window", () => {
  it.each(Object.values(oneOfEach).filter((found) => !isOutside(found)) as Screen[])("opens $name again where the nurse left it, keyboard on its heading, no name in the title", async (found) => {
    const ended = { hna_read: { read_hna: () => ({ ...hna, status: "completed" as const }) }, plan_read: { read_care_plan: () => planLocked }, summary_read: { read_treatment_summary: () => summarySigned } };
    const done = found.name in ended ? ended[found.name as keyof typeof ended] : {};
    const app = application(aDesk({ place: placeOf(found) }), done);
    render(App);
    await unlock();
    const main = await at_(found.name);
    expect(document.activeElement).toBe(main.querySelector("h1"));
    expect(document.title).toMatch(/ - Holdfast$/);
    expect(document.title).not.toMatch(/Sam|Invented|Pain/);
    expect(app.asked.filter((asked) => asked.command === "keep_place").at(-1)?.request).toEqual(placeOf(found));
    expect(screen.queryByRole("region", { name: "Patient" }) !== null).toBe(["hna", "plan", "summary", "record"].some((key) => key in found) || ("patient" in found && found.patient !== null));
  });

  it("goes back to the open desk when the page is loaded again, without asking who is there", async () => {
    application(aDesk({ place: aPlace("hna_score", { hna: HNA, item: "physical.pain" }) }), { desk: () => aDesk({ place: aPlace("hna_score", { hna: HNA, item: "physical.pain" }) }) });
    render(App);
    await at_("hna_score");
    expect(screen.getByRole("heading", { name: "Pain" })).toBeTruthy();
  });

  it("sets up a fresh PC, and goes on to the recovery code, which the header does not lead around", async () => {
    application(aDesk({ ready: false }), { front: () => aFront({ state: "fresh", nurses: [] }), enrol_first_nurse: () => aDesk({ ready: false }) });
    render(App);
    await at_("first_start");
    await userEvent.selectOptions(screen.getByLabelText("Your role"), "doctor");
    await userEvent.click(screen.getByRole("button", { name: "Set up and continue" }));
    await at_("recovery_code");
    expect(screen.queryByRole("button", { name: "Today" })).toBeNull();
    await userEvent.keyboard("{Control>}f{/Control}");
    await at_("recovery_code");
  });

  it("goes to colleagues after the recovery code was used", async () => {
    application(aDesk({ by_recovery_code: true, place: aPlace("today") }));
    render(App);
    await unlock();
    await at_("staff");
  });

  it("keeps the place at each move, down to the concern being scored", async () => {
    const app = application(aDesk({ place: aPlace("hna_score", { hna: HNA, item: "physical.pain" }) }));
    render(App);
    await unlock();
    await at_("hna_score");
    await userEvent.click(screen.getByRole("button", { name: "Next: Sleep" }));
    await screen.findByRole("heading", { name: "Sleep" });
    expect(app.asked.filter((asked) => asked.command === "keep_place").at(-1)?.request).toEqual(aPlace("hna_score", { hna: HNA, item: "physical.sleep" }));
    expect(app.asked.filter((asked) => asked.command === "read_hna")).toHaveLength(1);
    expect(document.activeElement?.textContent).toBe("Sleep");
  });

  it("locks with Ctrl+L and shows nothing of the desk afterwards", async () => {
    const app = application(aDesk());
    render(App);
    await unlock();
    await at_("today");
    await userEvent.keyboard("{Control>}l{/Control}");
    await at_("lock");
    expect(app.asked.some((asked) => asked.command === "lock")).toBe(true);
    expect(document.body.textContent).not.toContain("INVENTED-BELL");
  });

  it("holds the lock back once for words that cannot be saved, then locks", async () => {
    const app = application(aDesk({ place: aPlace("hna_information", { hna: HNA }) }), { write_questions: () => refuse("disk_full") });
    render(App);
    await unlock();
    await at_("hna_information");
    await userEvent.type(screen.getByLabelText(/has questions about/), "Can I fly?");
    await userEvent.click(screen.getByRole("button", { name: "Lock" }));
    expect(await screen.findByText(/Press Lock again/)).toBeTruthy();
    expect(app.asked.some((asked) => asked.command === "lock")).toBe(false);
    await userEvent.click(screen.getByRole("button", { name: "Lock" }));
    await at_("lock");
  });

  it("locks at once over a form that is not sent, and shows nothing of it", async () => {
    application(aDesk({ place: aPlace("register") }));
    render(App);
    await unlock();
    await at_("register");
    await userEvent.type(screen.getByLabelText("Family name"), "Invented-Smythe");
    await userEvent.click(screen.getByRole("button", { name: "Lock" }));
    await at_("lock");
    expect(document.querySelector("form#patient-form")).toBeNull();
  });

  it("leaves an unsent form for where the nurse wanted to go", async () => {
    application(aDesk({ place: aPlace("register") }));
    render(App);
    await unlock();
    await at_("register");
    await userEvent.type(screen.getByLabelText("Family name"), "Invented-Smythe");
    await userEvent.click(screen.getByRole("button", { name: "Colleagues" }));
    await userEvent.click(await screen.findByRole("button", { name: "Leave without saving" }));
    await at_("staff");
  });

  it("shows each screen from its top", async () => {
    application(aDesk());
    render(App);
    await unlock();
    await at_("today");
    document.documentElement.scrollTop = 400;
    await userEvent.click(screen.getByRole("button", { name: "Colleagues" }));
    await at_("staff");
    expect(document.documentElement.scrollTop).toBe(0);
  });

  it("finds with Ctrl+F, and does neither while locked", async () => {
    const app = application(aDesk());
    render(App);
    await at_("lock");
    await userEvent.keyboard("{Control>}f{/Control}{Control>}l{/Control}");
    expect(app.asked.every((asked) => asked.command === "desk" || asked.command === "front")).toBe(true);
    await unlock();
    await at_("today");
    await userEvent.keyboard("{Control>}f{/Control}");
    await at_("find");
  });

  it("walks the regions with F6: header, banner, page, action bar, and back", async () => {
    application(aDesk({ place: aPlace("hna_ticks", { hna: HNA }) }));
    render(App);
    await unlock();
    const main = await at_("hna_ticks");
    const where = (): string => document.activeElement?.closest<HTMLElement>("[data-region]")?.dataset["region"] ?? "";
    expect(where()).toBe("main");
    const walk: string[] = [];
    for (let step = 0; step < 4; step += 1) {
      await userEvent.keyboard("{F6}");
      walk.push(where());
    }
    expect(walk).toEqual(["actions", "header", "banner", "main"]);
    expect(document.activeElement).toBe(main.querySelector("h1"));
    await userEvent.keyboard("{Shift>}{F6}{/Shift}");
    expect(where()).toBe("banner");
  });

  it("warns before it locks, says what is not kept, and takes any key as staying", async () => {
    const app = application(aDesk({ place: aPlace("register") }));
    render(App);
    await unlock();
    await at_("register");
    const before = app.asked.filter((asked) => asked.command === "stay").length;
    app.send("lock_soon", 60);
    expect(await screen.findByText("This PC locks in 1 minute. Press any key to stay.")).toBeTruthy();
    expect(screen.getByText("What you have typed on this page and not yet saved is not kept.")).toBeTruthy();
    await fireEvent.keyDown(document.body, { key: "Shift" });
    await waitFor(() => expect(app.asked.filter((asked) => asked.command === "stay").length).toBeGreaterThan(before));
    app.send("lock_soon", null);
    await waitFor(() => expect(screen.queryByText(/This PC locks/)).toBeNull());
  });

  it.each(["plan_agree", "summary_sign", "paper"] as const)("warns on %s that what is typed there is not kept", async (name) => {
    const app = application(aDesk({ place: placeOf(oneOfEach[name]) }));
    render(App);
    await unlock();
    await at_(name);
    app.send("lock_soon", 30);
    expect(await screen.findByText("What you have typed on this page and not yet saved is not kept.")).toBeTruthy();
  });

  it("goes to the lock when the application answers that it is locked", async () => {
    let locked = false;
    application(aDesk(), { open_patient: () => (locked ? refuse("locked") : anOverview()) });
    render(App);
    await unlock();
    await at_("today");
    locked = true;
    await userEvent.click(await screen.findByRole("button", { name: /^Open record/ }));
    await at_("lock");
  });

  it("shows who is signed in and where things are saved; training mode says so on each screen", async () => {
    application(aDesk({ training: true, nurse: aNurse({ id: TOM }) }));
    render(App);
    await unlock();
    await at_("today");
    const header = document.querySelector("[data-region=header]");
    for (const text of ["Ruth Invented", "Cancer nurse specialist", "Saved here"]) expect(header?.textContent).toContain(text);
    expect(screen.getByText("Training mode: made-up patients, nothing is sent")).toBeTruthy();
  });
});

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
    const work = [
      { kind: "draft_hna" as const, banner: aBanner({ hospital_number: "H-4471" }), record: HNA, owner: "Ruth Invented", mine: true, at: at("09:41", "20-Nov-2026"), days: 3 },
    ];
    application(aDesk(), { today: () => aToday({ work }) });
    render(App);
    await unlock();
    const main = await at_("today");
    await waitFor(() => expect(main.textContent).toContain("3 days"));
    for (const text of ["Assessment not finished", "Ruth Invented, yours", "999 000 0026", "TEST", "Hospital No. H-4471"]) expect(main.textContent).toContain(text);
    await userEvent.click(screen.getByRole("button", { name: /^Continue/ }));
    await at_("hna_score");
    expect(screen.getByRole("heading", { level: 1 }).textContent).toBe("Sleep");
  });

  it.each([
    ["hna_without_plan", HNA, "Write the plan", "care_plan", "start_care_plan"],
    ["draft_plan", PLAN, "Open the plan", "care_plan", "read_care_plan"],
    ["draft_summary", SUMMARY, "Open the summary", "summary", "read_treatment_summary"],
  ] as const)("goes on with %s", async (kind, record, button, to, command) => {
    const work = [{ kind, banner: aBanner(), record, owner: "Ruth Invented", mine: true, at: at("09:41"), days: 0 }];
    const app = application(aDesk(), { today: () => aToday({ work }), start_care_plan: () => plan });
    render(App);
    await unlock();
    await userEvent.click(await screen.findByRole("button", { name: `${button}, INVENTED-BELL, Samuel John (Mr)` }));
    await at_(to);
    expect(app.asked.filter((asked) => asked.command === command)).toHaveLength(1);
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
    const done: HnaLine = { id: HNA, status: "completed", started: at("09:41"), completed: at("09:52"), by: "Ruth Invented", concerns: 2, highest: null, declined_domains: [], answered_by: "patient", method: "face_to_face", plan: null, sending: "saved_here" };
    const app = application(aDesk({ place: aPlace("overview", { patient: SAM }) }), { open_patient: () => anOverview({ hnas: [done] }), start_care_plan: () => plan });
    render(App);
    await unlock();
    await at_("overview");
    expect(screen.getAllByRole("button", { name: /^Write the plan/ })).toHaveLength(2);
    await userEvent.dblClick(screen.getByRole("button", { name: "Write the plan" }));
    await at_("care_plan");
    expect(app.asked.filter((asked) => asked.command === "start_care_plan")).toEqual([{ command: "start_care_plan", request: { hna: HNA } }]);
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

  it("go to the paper with Ctrl+P", async () => {
    application(aDesk({ place: aPlace("plan_read", { record: PLAN, item: "1" }) }), { read_care_plan: () => planLocked });
    render(App);
    await unlock();
    await at_("plan_read");
    await userEvent.keyboard("{Control>}p{/Control}");
    await at_("paper");
  });
});
