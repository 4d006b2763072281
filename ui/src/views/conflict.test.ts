import { render, screen, waitFor } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { aConflict, aClash } from "../ipc/conflict_examples";
import { PLAN, SAM, SENDING, aDesk, aPlace, aSending, anOverview, at } from "../ipc/examples";
import { refuse } from "../ipc/fake";
import type { Place } from "../ipc/bindings";
import App from "./App.svelte";
import { application, at_, plan, planLocked, unlock } from "./in_hand.test-kit";

const see = (): Promise<void> => userEvent.click(screen.getByRole("button", { name: /^See both versions/ }));

describe("a record that was changed in two places", () => {
  it("leads from the overview to both versions, and back when it is decided later", async () => {
    const app = application(aDesk({ place: aPlace("overview", { patient: SAM }) }), { open_patient: () => anOverview({ conflicts: [{ sending: SENDING, kind: "patient", record: SAM }] }) });
    render(App);
    await unlock();
    const main = await at_("overview");
    expect(main.querySelector(".notice.needs")?.textContent).toContain("Needs you: somebody else changed or removed the patient’s details at the trust");
    await see();
    await at_("conflict");
    expect(await screen.findByRole("heading", { level: 1, name: "Two people changed this care plan" })).toBeTruthy();
    expect(app.asked.find((one) => one.command === "view_conflict")?.request).toEqual({ sending: SENDING });
    expect(document.querySelector(".banner, [data-region=banner]")?.textContent).toContain("INVENTED-BELL");
    await userEvent.click(screen.getByRole("button", { name: "Decide later" }));
    await at_("overview");
  });

  it.each([
    ["care_plan", { ...plan, conflict: SENDING }, aPlace("care_plan", { record: PLAN })],
    ["plan_read", { ...planLocked, conflict: SENDING }, aPlace("plan_read", { record: PLAN, item: "1" })],
  ] as const)("is told on the plan’s own page (%s), where the work goes on", async (name, view, place) => {
    application(aDesk({ place }), { read_care_plan: () => view });
    render(App);
    await unlock();
    const main = await at_(name);
    expect(main.textContent).toContain("you can go on working");
    expect(screen.getByRole("button", { name: name === "care_plan" ? /Agree/ : /^Print/ })).toBeTruthy();
    await see();
    await at_("conflict");
  });

  const button = () => document.querySelector(`#see-conflict-${SENDING}`);
  /** A desk that is open already, and what needs a person at it. */
  const desk = (place: Place, needs_you: number) => aDesk({ place, sending: aSending({ phrase: "sent", at: at("14:05"), sent: at("14:05"), needs_you }) });

  it("comes to the overview that is open when it is met", async () => {
    let met = 0;
    const app = application(aDesk(), {
      desk: () => desk(aPlace("overview", { patient: SAM }), met),
      open_patient: () => anOverview({ conflicts: met ? [{ sending: SENDING, kind: "care_plan", record: PLAN }] : [] }),
    });
    render(App);
    await at_("overview");
    expect(button()).toBeNull();
    met = 1;
    app.send("changed", []);
    await waitFor(() => expect(button()).toBeTruthy());
  });

  it("comes to the plan that is open when it is met, and goes when it is settled", async () => {
    let met = 0;
    const app = application(aDesk(), { desk: () => desk(aPlace("care_plan", { record: PLAN }), met), read_care_plan: () => ({ ...plan, conflict: met ? SENDING : null }) });
    render(App);
    await at_("care_plan");
    expect(button()).toBeNull();
    met = 1;
    app.send("changed", []);
    await waitFor(() => expect(button()).toBeTruthy());
    met = 0;
    app.send("changed", []);
    await waitFor(() => expect(button()).toBeNull());
  });

  it("says nothing of it on a plan that nobody else changed", async () => {
    application(aDesk({ place: aPlace("care_plan", { record: PLAN }) }));
    render(App);
    await unlock();
    await at_("care_plan");
    expect(screen.queryByRole("button", { name: /^See both versions/ })).toBeNull();
  });

  it("is settled by a choice, which is said, with the ways on", async () => {
    application(aDesk({ place: aPlace("conflict", { record: SENDING }) }), { view_conflict: () => aConflict({ clashes: [aClash()] }), resolve_conflict: () => [] });
    render(App);
    await unlock();
    await at_("conflict");
    await userEvent.click(await screen.findByRole("radio", { name: "Keep what this PC has" }));
    await userEvent.click(screen.getByRole("button", { name: "Save my choice" }));
    const said = await screen.findByRole("heading", { level: 1, name: "Your choice is saved here" });
    expect(document.activeElement).toBe(said);
    await userEvent.click(screen.getByRole("button", { name: "Open record" }));
    await at_("overview");
  });

  it("says so when it was settled meanwhile", async () => {
    application(aDesk({ place: aPlace("conflict", { record: SENDING }) }), { view_conflict: () => refuse("gone") });
    render(App);
    await unlock();
    await at_("conflict");
    expect((await screen.findByRole("alert")).dataset["problem"]).toBe("gone");
    await userEvent.click(screen.getByRole("button", { name: "Sending to the trust" }));
    await at_("sending");
  });
});
