import { render, screen, waitFor } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import type { HnaLine } from "../ipc/bindings";
import { HNA, SAM, aBanner, aDesk, aPlace, aSending, aToday, anOverview, at } from "../ipc/examples";
import { refuse } from "../ipc/fake";
import { ANSWERS, APPOINTMENT, INVITATION, anAnswersView, anAppointment, anAppointmentView, anInvitation, anInvitationView } from "../ipc/home_examples";
import { aWorkItem } from "../ipc/work_examples";
import App from "./App.svelte";
import { application, at_, unlock } from "./in_hand.test-kit";

const banner = (): HTMLElement | null => screen.queryByRole("region", { name: "Patient" });
const press = async (name: string | RegExp): Promise<void> => userEvent.click(await screen.findByRole("button", { name }));

describe("the assessment at home on Today", () => {
  it.each([
    ["answers_from_home", ANSWERS, 2, "2 days", "Answers from home", /^Answers from home, INVENTED-BELL/, "answers"],
    ["answers_to_confirm", ANSWERS, 0, "Today", "Answers from home: whose are they?", /^Answers from home: whose are they\?, INVENTED-BELL/, "answers"],
    ["invitation_expires", INVITATION, -3, "In 3 days", "Invitation ends soon, not answered", /^Invitation ends soon/, "invitation"],
    ["invitation_expired", INVITATION, 1, "1 day", "Invitation out of date, not answered", /^Invitation out of date/, "invitation"],
    ["appointment_due", APPOINTMENT, 0, "Today", "Talk due: say how it went", /^Talk due/, "appointment"],
    ["appointment_without_day", APPOINTMENT, 4, "4 days", "Talk without a day", /^Talk without a day/, "appointment"],
  ] as const)("shows %s with age and owner, and goes to it", async (kind, record, days, age, words, button, to) => {
    const work = [aWorkItem({ kind, record, owner: "Tom Invented", mine: false, days })];
    const app = application(aDesk(), { today: () => aToday({ work }) });
    render(App);
    await unlock();
    const main = await at_("today");
    await waitFor(() => expect(main.querySelector(".age")?.textContent).toBe(age));
    for (const text of [words, "Tom Invented", "999 000 0026"]) expect(main.textContent).toContain(text);
    await press(button);
    await at_(to);
    expect(app.asked.filter((asked) => asked.command === "keep_place").at(-1)?.request).toEqual(aPlace(to, { record }));
  });

  it("takes in a file, says what was done about it, and books the talk", async () => {
    let view = anAnswersView();
    const app = application(aDesk(), {
      take_in_answers: () => ({ outcome: "completed", file: "answers.json", place: null, reason: null, answers: view }),
      read_answers: () => view,
      clear_alert: ({ done }) => (view = anAnswersView({ alert: false }, { cleared: { at: at("09:30"), by: "Ruth Invented", done } })),
      book_appointment: () => anAppointmentView(),
    });
    render(App);
    await unlock();
    await at_("today");
    await press("Take in answers");
    await at_("take_in");
    expect(banner()).toBeNull();
    await press("Choose the file");
    await at_("answers");
    expect(banner()).not.toBeNull();
    await userEvent.type(await screen.findByLabelText("What was done"), "Rang Sam");
    await press("Clear the alert");
    expect(await screen.findByText("23-Nov-2026 09:30 by Ruth Invented")).toBeTruthy();
    expect(document.activeElement?.tagName).toBe("H1");
    await press("Book the talk");
    await at_("appointment_book");
    expect(app.asked.filter((asked) => asked.command === "keep_place").at(-1)?.request).toEqual(aPlace("appointment_book", { patient: SAM, hna: HNA }));
    await userEvent.click(await screen.findByRole("radio", { name: "Telephone" }));
    await userEvent.click(screen.getByRole("radio", { name: /^Not known yet/ }));
    await press("Me, Ruth Invented");
    await press("Book the talk");
    await at_("appointment");
    expect(app.asked.find((asked) => asked.command === "book_appointment")?.request).toMatchObject({ patient: SAM, hna: HNA, form: { channel: "telephone", on: "", with_whom: "Ruth Invented" } });
  });

  it("asks whose the answers are without saying so on a banner, and says it once it is known", async () => {
    let view = anAnswersView({ state: "to_confirm", doubts: ["recorded_code"], hna: null, alert: false });
    application(aDesk({ place: aPlace("answers", { record: ANSWERS }) }), { read_answers: () => view, confirm_answers: () => (view = anAnswersView()) });
    render(App);
    await unlock();
    await at_("answers");
    expect(await screen.findByRole("heading", { level: 1, name: "Whose answers are these?" })).toBeTruthy();
    expect(banner()).toBeNull();
    await userEvent.type(screen.getByLabelText("Day"), "2");
    await userEvent.type(screen.getByLabelText("Month"), "3");
    await press("Take them into Sam’s record");
    expect(await screen.findByRole("heading", { level: 1, name: "Answers from home, 22-Nov-2026" })).toBeTruthy();
    expect(banner()).not.toBeNull();
  });

  it("leads answers of nobody here to the screen that compares them", async () => {
    const line = anAnswersView({ state: "to_confirm" }).line;
    const view = anAnswersView({ state: "to_confirm", hna: null, alert: false }, { banner: null, invitation: null });
    let refused: string | null = null;
    application(aDesk(), {
      today: () => aToday({ unmatched: [line] }),
      read_answers: () => (refused === null ? view : { ...view, line: { ...view.line, state: "refused" }, refuse_reason: refused }),
      refuse_answers: ({ reason }) => ((refused = reason), view),
    });
    render(App);
    await unlock();
    await at_("today");
    await press(/^Compare the answers of INVENTED-BELL/);
    await at_("answers");
    await press("Do not take these answers");
    await userEvent.type(screen.getByLabelText("Reason"), "Lives elsewhere{Enter}");
    expect(await screen.findByText("Lives elsewhere")).toBeTruthy();
    expect(screen.getByRole("heading", { level: 1 }).textContent).toBe("Answers that were not taken");
  });
});

describe("the assessment at home on the overview", () => {
  it("invites, shows the code, and prints it with Ctrl+P", async () => {
    const app = application(aDesk({ place: aPlace("overview", { patient: SAM }) }), { invite: () => anInvitationView() });
    render(App);
    await unlock();
    await at_("overview");
    await press("Invite Sam to answer at home");
    await at_("invite");
    await userEvent.type(await screen.findByLabelText("Day"), "2");
    await userEvent.type(screen.getByLabelText("Month"), "3");
    await userEvent.click(screen.getByRole("radio", { name: /^Make a code/ }));
    await userEvent.click(screen.getByRole("radio", { name: "During treatment" }));
    await userEvent.type(screen.getByLabelText("Last day to answer"), "20-Dec-2026");
    await press("Invite");
    await at_("invitation");
    expect(await screen.findByText("K7QX 2MPA 9TZR")).toBeTruthy();
    await userEvent.keyboard("{Control>}p{/Control}");
    await at_("paper");
    expect(await screen.findByRole("heading", { level: 1, name: "Invitation on paper" })).toBeTruthy();
    expect(app.asked.find((asked) => asked.command === "preview_paper")?.request).toEqual({ kind: "invitation", record: INVITATION, version: null });
    await press("Invitation");
    await at_("invitation");
  });

  it("goes from scoring again to the form with a 0 and back, and invites to score again at home", async () => {
    const line: HnaLine = { id: HNA, status: "completed", started: at("09:41"), completed: at("09:52"), by: "Ruth Invented", concerns: 2, highest: null, declined_domains: [], answered_by: "patient", method: "face_to_face", answered_on: null, plan: null, again: false, waits_for_plan: false, plan_offer: null, may_offer_plan: false, sending: "saved_here" };
    const app = application(aDesk({ place: aPlace("overview", { patient: SAM }) }), { open_patient: () => anOverview({ hnas: [line] }), invite: () => anInvitationView({ again: HNA }) });
    render(App);
    await unlock();
    await at_("overview");
    await press(/^Score again/);
    await at_("hna_start");
    await press("Print a form for Sam");
    await at_("paper");
    expect(await screen.findByRole("heading", { level: 1, name: "Form to score again, on paper" })).toBeTruthy();
    expect(app.asked.find((asked) => asked.command === "preview_paper")?.request).toEqual({ kind: "score_again_form", record: HNA, version: null });
    await press("Score again");
    await at_("hna_start");
    await press("Invite Sam to answer at home");
    await at_("invite");
    await userEvent.type(await screen.findByLabelText("Day"), "2");
    await userEvent.type(screen.getByLabelText("Month"), "3");
    await userEvent.click(screen.getByRole("radio", { name: /^Make a code/ }));
    await userEvent.click(screen.getByRole("radio", { name: "During treatment" }));
    await userEvent.type(screen.getByLabelText("Last day to answer"), "20-Dec-2026");
    await press("Invite");
    await at_("invitation");
    expect(app.asked.find((asked) => asked.command === "invite")?.request).toMatchObject({ again: HNA, checklist: null });
  });

  it("prints no invitation of somebody who has died, by the keyboard either", async () => {
    const died = { iso: "2026-11-20", short: "20-Nov-2026", long: "20 November 2026" };
    const app = application(aDesk({ place: aPlace("invitation", { record: INVITATION }) }), { read_invitation: () => anInvitationView({}, { banner: aBanner({ died }) }) });
    render(App);
    await unlock();
    await at_("invitation");
    expect(await screen.findByText("K7QX 2MPA 9TZR")).toBeTruthy();
    await userEvent.keyboard("{Control>}p{/Control}");
    await at_("invitation");
    expect(app.asked.some((asked) => asked.command === "preview_paper")).toBe(false);
  });

  it("prints no invitation that is withdrawn, and shows it afresh when it becomes so", async () => {
    let view = anInvitationView();
    application(aDesk({ place: aPlace("invitation", { record: INVITATION }) }), {
      read_invitation: () => view,
      withdraw_invitation: ({ reason }) => (view = anInvitationView({ standing: "withdrawn", withdraw_reason: reason })),
    });
    render(App);
    await unlock();
    await at_("invitation");
    await press("Withdraw the invitation");
    await userEvent.type(screen.getByLabelText("Reason"), "Wrong person{Enter}");
    expect(await screen.findByText("Wrong person")).toBeTruthy();
    expect(document.activeElement?.tagName).toBe("H1");
    await userEvent.keyboard("{Control>}p{/Control}");
    await at_("invitation");
  });

  it("opens answers, invitations and talks from their cards, and reads them again when one was sent", async () => {
    let sending: "waiting" | "sent" = "waiting";
    let desk = aDesk({ place: aPlace("overview", { patient: SAM }), sending: aSending({ phrase: "waiting", count: 1, waiting: 1 }) });
    let open = false;
    const app = application(desk, {
      unlock: () => {
        open = true;
        return desk;
      },
      desk: () => (open ? desk : refuse("locked")),
      open_patient: () => anOverview({ invitations: [anInvitation({ sending })], answers: [anAnswersView().line], appointments: [anAppointment({ sending: "sent" })] }),
    });
    render(App);
    await unlock();
    const main = await at_("overview");
    expect(main.textContent).toContain("Waiting to send");
    sending = "sent";
    desk = aDesk({ sending: aSending({ phrase: "sent", sent: at("14:05") }) });
    app.send("changed", []);
    await waitFor(() => expect(main.textContent).not.toContain("Waiting to send"));
    await press("Open, 04-Dec-2026 14:30");
    await at_("appointment");
    await press("Overview");
    await at_("overview");
    await press("Open, Answers from home, 22-Nov-2026");
    await at_("answers");
  });

  it.each([
    ["invitation", "read_invitation"],
    ["answers", "read_answers"],
    ["appointment", "read_appointment"],
  ] as const)("says that %s is gone, with a way on", async (name, command) => {
    application(aDesk({ place: aPlace(name, { record: INVITATION }) }), { [command]: () => refuse("gone") });
    render(App);
    await unlock();
    const main = await at_(name);
    await waitFor(() => expect(main.querySelector("[data-problem]")?.getAttribute("data-problem")).toBe("gone"));
    await userEvent.click(main.querySelector("#back") as HTMLElement);
    await at_("today");
  });
});
