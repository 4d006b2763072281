import { fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { HNA, TOM, aDesk, aFront, aNurse, aPlace, anOverview } from "../ipc/examples";
import { refuse } from "../ipc/fake";
import App from "./App.svelte";
import { application, at_, hna, planLocked, summarySigned, unlock } from "./in_hand.test-kit";
import { oneOfEach } from "./screen_examples";
import { say } from "../words/say";
import { isOutside, placeOf, type Screen } from "./screen";

describe("the window", () => {
  it.each(Object.values(oneOfEach).filter((found) => !isOutside(found) && found.name !== "guide") as Screen[])("opens $name again where the nurse left it, keyboard on its heading, no name in the title", async (found) => {
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
    expect(screen.queryByRole("region", { name: "Patient" }) !== null).toBe(["hna", "plan", "summary", "record", "invitation", "answers", "appointment", "booking", "sending"].some((key) => key in found) || ("patient" in found && found.patient !== null));
  });

  it("opens the guide with F1 over what was being typed, at its topic, and goes back to it", async () => {
    const app = application(aDesk({ place: aPlace("register") }));
    render(App);
    await unlock();
    await at_("register");
    const family = screen.getByLabelText("Family name");
    await userEvent.type(family, "Invented");
    await userEvent.keyboard("{F1}");
    await at_("guide");
    expect(screen.getByRole("heading", { level: 2, name: say("guide-find_patient") })).toBeTruthy();
    expect(document.title).toBe("Guide - Holdfast");
    await userEvent.keyboard("{F1}");
    await at_("register");
    expect(screen.getByLabelText("Family name")).toBe(family);
    expect((family as HTMLInputElement).value).toBe("Invented");
    await waitFor(() => expect(document.activeElement).toBe(family));
    expect(document.title).not.toBe("Guide - Holdfast");
    expect(app.asked.filter((asked) => asked.command === "keep_place" && (asked.request as { screen: string }).screen === "guide")).toEqual([]);
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

  it("comes back from the patient without a passphrase, to the check of the assessment", async () => {
    let open = false;
    const desk = aDesk({ place: aPlace("hna_check", { hna: HNA }) });
    const app = application(desk, {
      front: () => aFront({ handed_back: true }),
      desk: () => (open ? desk : refuse("locked")),
      come_back: () => {
        open = true;
        return desk;
      },
    });
    render(App);
    await at_("hna_check");
    expect(app.asked.filter((asked) => asked.command === "come_back")).toHaveLength(1);
    expect(app.asked.some((asked) => asked.command === "unlock")).toBe(false);
  });

  it("shows the door and why, when it cannot come back", async () => {
    application(aDesk(), { front: () => aFront({ handed_back: true }), come_back: () => refuse("database_unreadable") });
    render(App);
    await at_("lock");
    expect((await screen.findByRole("alert")).dataset["problem"]).toBe("database_unreadable");
  });

  it("goes from the concerns to the hand-over and back", async () => {
    application(aDesk({ place: aPlace("hna_ticks", { hna: HNA }) }));
    render(App);
    await unlock();
    await at_("hna_ticks");
    await userEvent.click(screen.getByRole("button", { name: "Hand over to Sam" }));
    await at_("hand_over");
    await userEvent.click(screen.getByRole("button", { name: "Back" }));
    await at_("hna_ticks");
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

  it("lets a screen go with the keyboard alone once what was refused is typed back", async () => {
    application(aDesk({ place: aPlace("hna_information", { hna: HNA }) }), { write_questions: () => refuse("field", { fields: [{ field: "questions", reason: "too_long" }] }) });
    render(App);
    await unlock();
    await at_("hna_information");
    const questions = screen.getByLabelText<HTMLTextAreaElement>(/has questions about/);
    await userEvent.type(questions, "x");
    await userEvent.tab();
    await waitFor(() => expect(questions.getAttribute("aria-invalid")).toBe("true"));
    await userEvent.type(questions, "{Backspace}{Control>}f{/Control}");
    await at_("find");
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
