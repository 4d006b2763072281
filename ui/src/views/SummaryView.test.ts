import { render, screen, waitFor } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import type { PaperOf, Place, SummaryView } from "../ipc/bindings";
import { SUMMARY, aChosen, aDesk, aToday, aPaper, aPlace, aSignature, aSummary, aTemplate } from "../ipc/examples";
import { fakeApplication, refuse } from "../ipc/fake";
import App from "./App.svelte";

const versions = [{ version: 1, signed: aSignature() }];
const missing = aSummary({ chosen: [aChosen("e-1", "day")], unfinished: [{ field: "e-1-phone", reason: "missing" }, { field: "section-diagnosis", reason: "section_needed" }] });
const signed = aSummary({ status: "signed", version: 1, signed: aSignature(), versions, chosen: [aChosen("e-1", "fever")] });

/** Answers as the application does: a signed version is signed, and knows of no amendment. */
const answers = (summary: SummaryView, version: number | null): SummaryView => (version === null ? { ...summary, shown_version: null } : { ...summary, status: "signed", amend_reason: null, shown_version: version });

/** An open desk at a place of the summary. */
function show(summary: SummaryView, place: Partial<Place> & { screen: string }, more: Parameters<typeof fakeApplication>[0] = {}) {
  const app = fakeApplication({
    desk: () => aDesk({ place: aPlace(place.screen, { record: SUMMARY, ...place }) }),
    stay: () => null,
    keep_place: () => null,
    read_treatment_summary: ({ version }) => answers(summary, version),
    read_template: () => aTemplate(),
    preview_paper: ({ kind, record, version }) => aPaper({ kind, record, version }),
    list_printers: () => ({ printers: [] }),
    ...more,
  });
  render(App);
  return app;
}
const at = (name: string): Promise<HTMLElement> =>
  waitFor(() => {
    const main = document.querySelector<HTMLElement>(`main[data-screen="${name}"]`);
    if (!main) throw new Error(`not at ${name}`);
    return main;
  });
const read = (app: ReturnType<typeof show>): unknown[] => app.asked.filter((asked) => asked.command === "read_treatment_summary").map((asked) => (asked.request as { version: number | null }).version);
const kept = (app: ReturnType<typeof show>): Place => app.asked.filter((asked) => asked.command === "keep_place").at(-1)?.request as Place;

describe("the screens of a treatment summary", () => {
  it("keep the open section, and the record in hand from one section to the next", async () => {
    const app = show(aSummary(), { screen: "summary", item: "alerts" });
    await at("summary");
    expect(screen.getByRole("button", { name: /^When to get help/, expanded: true })).toBeTruthy();
    await userEvent.click(screen.getByRole("button", { name: /^Who to ring/ }));
    await screen.findByRole("button", { name: /^Who to ring/, expanded: true });
    expect(kept(app)).toEqual(aPlace("summary", { record: SUMMARY, item: "contacts" }));
    expect(app.asked.filter((asked) => asked.command === "read_treatment_summary")).toHaveLength(1);
    expect(document.activeElement).toBe(screen.getByRole("button", { name: /^Who to ring/ }));
  });

  it("lead from what is missing to its field", async () => {
    const app = show(missing, { screen: "summary" });
    await at("summary");
    await userEvent.click(screen.getByRole("button", { name: "Sign the summary" }));
    await at("summary_sign");
    await userEvent.click(screen.getByRole("link", { name: /^Who to ring: Enter “Number”/ }));
    await at("summary");
    await waitFor(() => expect(document.activeElement?.id).toBe("e-1-phone"));
    expect(kept(app).item).toBe("contacts");
  });

  it("lead from a section where nothing stands to that section", async () => {
    show(missing, { screen: "summary_sign" });
    await at("summary_sign");
    await userEvent.click(screen.getByRole("link", { name: /^Choose at least one line of “Your diagnosis”/ }));
    await at("summary");
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole("button", { name: /^Your diagnosis/, expanded: true })));
  });

  it("show what was signed once it is, under its version", async () => {
    const app = show(aSummary(), { screen: "summary_sign" }, { sign_treatment_summary: () => signed });
    await at("summary_sign");
    await userEvent.type(screen.getByLabelText("Day"), "2");
    await userEvent.type(screen.getByLabelText("Month"), "3");
    await userEvent.type(screen.getByLabelText(/^Your passphrase/), "four words of mine");
    await userEvent.click(screen.getByRole("button", { name: "Sign" }));
    const main = await at("summary_read");
    expect(document.activeElement).toBe(main.querySelector("h1"));
    await waitFor(() => expect(kept(app)).toEqual(aPlace("summary_read", { record: SUMMARY, item: "1" })));
  });

  it("read an older version while the amended one is being written", async () => {
    const draft = { ...signed, status: "draft" as const, amend_reason: "New result" };
    const app = show(draft, { screen: "summary_read", item: "1" });
    await at("summary_read");
    expect(read(app)).toEqual([null, 1]);
    expect(screen.getByText("Reason: New result")).toBeTruthy();
    await userEvent.click(screen.getByRole("button", { name: "Go on with it" }));
    await at("summary");
    expect(screen.getByText("Amending version 1. It stays as it was signed.")).toBeTruthy();
  });

  it("read the newest version once, from what is in hand", async () => {
    const app = show(signed, { screen: "summary_read", item: "1" });
    await at("summary_read");
    await screen.findByRole("heading", { name: "Treatment summary, version 1" });
    await waitFor(() => expect(document.body.dataset["busy"]).toBeUndefined());
    expect(read(app)).toEqual([null]);
  });

  it("go on where only an older version cannot be read, and say why there", async () => {
    const two = { ...signed, version: 2, versions: [{ version: 2, signed: aSignature() }, ...versions] };
    show(two, { screen: "summary_read", item: "2" }, { read_treatment_summary: ({ version }) => (version === null ? two : refuse("database_unreadable")) });
    await at("summary_read");
    expect(screen.getByRole("heading", { level: 1 }).textContent).toBe("Treatment summary, version 2");
    await userEvent.click(screen.getByRole("button", { name: /^Version 1, signed/ }));
    expect((await screen.findByRole("alert")).dataset["problem"]).toBe("database_unreadable");
  });

  it("open a signed summary for an amended version", async () => {
    const app = show(signed, { screen: "summary_read", item: "1" }, { amend_treatment_summary: ({ reason }) => ({ ...signed, status: "draft", amend_reason: reason }) });
    await at("summary_read");
    await userEvent.click(screen.getByRole("button", { name: "Amend the summary" }));
    await userEvent.type(screen.getByLabelText("Reason"), "New result{Enter}");
    await at("summary");
    expect(read(app)).toEqual([null]);
    expect(app.asked).toContainEqual({ command: "amend_treatment_summary", request: { summary: SUMMARY, reason: "New result" } });
    expect(screen.getByText("Reason: New result")).toBeTruthy();
  });

  it("never open a signed summary for writing, wherever the place says", async () => {
    show(signed, { screen: "summary", item: "alerts" });
    await at("summary_read");
    expect(screen.queryByRole("checkbox")).toBeNull();
  });

  it("say why when the summary cannot be opened", async () => {
    show(aSummary(), { screen: "summary" }, { read_treatment_summary: () => refuse("gone") });
    await at("summary");
    expect((await screen.findByRole("alert")).dataset["problem"]).toBe("gone");
  });
});

describe("the paper of a summary", () => {
  it("opens with Ctrl+P in the copy that is looked at, and leads back", async () => {
    const app = show(aSummary(), { screen: "summary" });
    await at("summary");
    await userEvent.click(screen.getByRole("button", { name: "GP copy" }));
    await userEvent.keyboard("{Control>}p{/Control}");
    await at("paper");
    await screen.findByRole("img", { name: "GP copy, page 1 of 2" });
    expect(kept(app)).toEqual(aPlace("paper", { record: SUMMARY, item: "summary_gp" }));
    await userEvent.click(screen.getByRole("button", { name: "Treatment summary" }));
    await at("summary");
  });

  it("is that of the signed version where one is read", async () => {
    const app = show(signed, { screen: "summary_read", item: "1" });
    await at("summary_read");
    await userEvent.click(screen.getByRole("button", { name: "Print the GP copy" }));
    await at("paper");
    expect(app.asked.filter((asked) => asked.command === "preview_paper").at(-1)?.request).toEqual({ kind: "summary_gp", record: SUMMARY, version: 1 });
    await userEvent.click(screen.getByRole("button", { name: "Treatment summary" }));
    await at("summary_read");
  });

  it("is shown in the other copy without losing what was typed, and the place knows", async () => {
    const app = show(aSummary(), { screen: "paper", item: "summary_patient" });
    await at("paper");
    await userEvent.type(await screen.findByLabelText("Day"), "2");
    await userEvent.click(screen.getByRole("button", { name: "GP copy" }));
    await screen.findByRole("img", { name: "GP copy, page 1 of 2" });
    expect(screen.getByLabelText<HTMLInputElement>("Day").value).toBe("2");
    expect(kept(app).item).toBe("summary_gp");
  });

  it("that cannot be drawn names the character and leads to the section where it is written", async () => {
    const broken = (of: PaperOf): never => refuse("no_glyph", { character: "☃", fields: [{ field: "e-1-phone", reason: of.kind }] });
    const app = show(missing, { screen: "paper", item: "summary_patient" }, { preview_paper: broken });
    await at("paper");
    expect((await screen.findByRole("alert")).textContent).toContain("☃");
    await userEvent.click(screen.getByRole("button", { name: "Go to where it is written" }));
    await at("summary");
    expect(kept(app).item).toBe("contacts");
    await waitFor(() => expect(document.activeElement?.id).toBe("e-1-phone"));
  });

  it("does not exist where there is nothing to print", async () => {
    show(aSummary(), { screen: "today" }, { today: () => aToday() });
    await at("today");
    await userEvent.keyboard("{Control>}p{/Control}");
    await at("today");
  });
});
