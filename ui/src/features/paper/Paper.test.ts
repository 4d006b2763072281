import { fireEvent, render, screen } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import type { PaperView, Printer } from "../../ipc/bindings";
import { SAM, SUMMARY, aPaper, at } from "../../ipc/examples";
import { fakeApplication, refuse } from "../../ipc/fake";
import Paper from "./Paper.svelte";

const room3: Printer = { name: "room3", default: true };
const corridor: Printer = { name: "corridor", default: false };

function show(paper: PaperView = aPaper(), answers: Parameters<typeof fakeApplication>[0] = {}) {
  const app = fakeApplication({ list_printers: () => ({ printers: [corridor, room3] }), ...answers });
  const doors = { choose: vi.fn(), toField: vi.fn() };
  render(Paper, { paper, back: { label: "Treatment summary", go: vi.fn() }, ...doors });
  return { app, ...doors };
}

async function type(): Promise<void> {
  await userEvent.type(screen.getByLabelText("Day"), "2");
  await userEvent.type(screen.getByLabelText("Month"), "3");
}
const press = async (name: string): Promise<void> => userEvent.click(await screen.findByRole("button", { name }));
const given = { paper: { kind: "summary_patient", record: SUMMARY, version: null }, day: "2", month: "3" };

describe("a paper at full size", () => {
  it("shows one page at a time, by button and by page key", async () => {
    show();
    expect(screen.getByRole("img", { name: "Patient copy, page 1 of 2" })).toBeTruthy();
    expect(screen.queryByRole("button", { name: "Previous page" })).toBeNull();
    await press("Next page");
    expect(screen.getByText("Page 2 of 2")).toBeTruthy();
    expect(document.activeElement).toBe(screen.getByRole("button", { name: "Previous page" }));
    await fireEvent.keyDown(window, { key: "PageUp" });
    expect(screen.getByText("Page 1 of 2")).toBeTruthy();
    await fireEvent.keyDown(window, { key: "PageUp" });
    expect(screen.getByText("Page 1 of 2")).toBeTruthy();
  });

  it("turns with the page keys only at the end of the page", async () => {
    show();
    const below = vi.spyOn(Element.prototype, "getBoundingClientRect").mockReturnValue({ top: 100, bottom: 5_000 } as DOMRect);
    await fireEvent.keyDown(window, { key: "PageDown" });
    expect(screen.getByText("Page 1 of 2")).toBeTruthy();
    below.mockReturnValue({ top: -900, bottom: 400 } as DOMRect);
    await fireEvent.keyDown(window, { key: "PageDown" });
    expect(screen.getByText("Page 2 of 2")).toBeTruthy();
  });

  it("says in words which copy it is, how large, and that it is a draft", () => {
    show();
    expect(screen.getByText("Patient copy · 18 point · Draft")).toBeTruthy();
    expect(screen.getByText("This is a draft.")).toBeTruthy();
  });

  it("says nothing of a draft once it is signed, and shows the other copy of a summary", async () => {
    const { choose } = show(aPaper({ kind: "summary_gp", version: 2, draft: false, points: 12 }));
    expect(screen.getByText("GP copy · 12 point · Version 2")).toBeTruthy();
    expect(screen.queryByText("This is a draft.")).toBeNull();
    await press("Patient copy");
    expect(choose).toHaveBeenCalledWith("summary_patient");
  });

  it("says first and again beside the button that the details have changed, and how to put that right", () => {
    show(aPaper({ version: 1, newest: 1, draft: false, details_changed: true }));
    expect(screen.getAllByText("Sam’s details have changed since this was signed.")).toHaveLength(2);
    expect(screen.getByText("The paper still has the old ones. Amend the summary and sign it again before it goes out.")).toBeTruthy();
    expect(document.getElementById("print-form")?.textContent).toContain("Sam’s details have changed since this was signed.");
    expect(screen.queryByText(/has taken its place/)).toBeNull();
  });

  it("says that a newer version has taken its place, and no more than that of what to do", () => {
    show(aPaper({ kind: "care_plan", version: 1, newest: 2, draft: false, details_changed: true }));
    expect(screen.getAllByText("Version 2 has taken its place.")).toHaveLength(2);
    expect(screen.getByText("The paper still has the old ones.")).toBeTruthy();
    expect(screen.queryByText(/Unlock the plan/)).toBeNull();
  });

  it("says nothing against the newest version with today's details, nor against a draft", () => {
    show(aPaper({ version: 2, newest: 2, draft: false }));
    show(aPaper({ version: null, newest: 2 }));
    expect(screen.queryByText(/have changed since|taken its place/)).toBeNull();
  });

  it("has no copies to choose from for a care plan", () => {
    show(aPaper({ kind: "care_plan" }));
    expect(screen.queryByRole("group", { name: "Copy" })).toBeNull();
    expect(screen.getByRole("heading", { level: 1 }).textContent).toBe("Care plan on paper");
  });
});

describe("a form to fill in", () => {
  const blank = { kind: "blank_checklist", record: "https://example.test/easy|1", title: "Easy read", draft: false, points: 14 } as const;

  it("says which checklist it is and whose, and speaks of no draft and no version", () => {
    show(aPaper(blank));
    expect(screen.getByRole("heading", { level: 1 }).textContent).toBe("Blank form: Easy read");
    expect(screen.getByText("Blank form · 14 point · for Sam")).toBeTruthy();
    expect(screen.queryByText("This is a draft.")).toBeNull();
    expect(screen.queryByRole("group", { name: "Copy" })).toBeNull();
  });

  it("asks for the day and month of birth when it has a name", async () => {
    const { app } = show(aPaper(blank), { save_paper: () => ({ folder: "/srv/papers", file: "blank-form.pdf", at: at("14:10") }) });
    await press("Save PDF");
    expect(screen.getAllByText("Enter the day and month of birth")).toHaveLength(2);
    await type();
    await press("Save PDF");
    const paper = { kind: "blank_checklist", record: blank.record, patient: SAM, version: null };
    expect(app.asked.at(-1)).toEqual({ command: "save_paper", request: { paper, day: "2", month: "3" } });
  });

  it("asks for none when it has no name", async () => {
    const { app } = show(aPaper({ ...blank, patient: null, banner: null }), { print_paper: ({ printer }) => ({ printer, at: at("14:10") }) });
    expect(screen.getByText("Blank form · 14 point · without a name")).toBeTruthy();
    expect(screen.queryByLabelText("Day")).toBeNull();
    await press("Print");
    const paper = { kind: "blank_checklist", record: blank.record, patient: null, version: null };
    expect(app.asked.at(-1)).toEqual({ command: "print_paper", request: { paper, day: "", month: "", printer: "room3" } });
    expect(await screen.findByText("Printed 14:10 to room3 · Blank form")).toBeTruthy();
  });
});

describe("printing", () => {
  it("asks for the day and month of birth first", async () => {
    const { app } = show();
    await press("Print");
    expect(screen.getAllByText("Enter the day and month of birth")).toHaveLength(2);
    await press("Save PDF");
    expect(app.asked.map((asked) => asked.command)).toEqual(["list_printers"]);
  });

  it("has the usual printer chosen and on top, and says where the page went", async () => {
    const { app } = show(aPaper(), { print_paper: ({ printer }) => ({ printer, at: at("14:10") }) });
    const printer = await screen.findByLabelText<HTMLSelectElement>("Printer");
    expect([...printer.options].map((option) => option.text)).toEqual(["Choose a printer", "room3 (the usual one)", "corridor"]);
    await type();
    await press("Print");
    expect(app.asked.at(-1)).toEqual({ command: "print_paper", request: { ...given, printer: "room3" } });
    expect(await screen.findByText("Printed 14:10 to room3 · Patient copy")).toBeTruthy();
    await press("Print");
    expect(await screen.findAllByText("Printed 14:10 to room3 · Patient copy")).toHaveLength(2);
  });

  it("has no printer chosen when none is the usual one", async () => {
    const { app } = show(aPaper(), { list_printers: () => ({ printers: [corridor] }) });
    await type();
    await press("Print");
    expect(screen.getAllByText("Choose the printer")).toHaveLength(2);
    expect(app.asked).toHaveLength(1);
  });

  it("says that the page waits in the queue of a stopped printer", async () => {
    show(aPaper(), { print_paper: () => refuse("printer_paused") });
    await screen.findByLabelText("Printer");
    await type();
    await press("Print");
    const alert = await screen.findByRole("alert");
    expect(alert.textContent).toContain("waits in its queue");
    expect(screen.queryByText(/^Printed/)).toBeNull();
  });

  it("says to look at the printer when nobody knows whether it took the page", async () => {
    show(aPaper(), { print_paper: () => refuse("maybe_printed") });
    await screen.findByLabelText("Printer");
    await type();
    await press("Print");
    const alert = await screen.findByRole("alert");
    expect(alert.textContent).toContain("may have been printed");
    expect(alert.textContent).toContain("Look at the printer before you try again");
    expect(screen.queryByText(/^Printed/)).toBeNull();
  });

  it("names a character that cannot be printed, and leads to its field", async () => {
    const { toField } = show(aPaper(), { print_paper: () => refuse("no_glyph", { character: "☃", fields: [{ field: "e-1-date", reason: "no_glyph" }] }) });
    await screen.findByLabelText("Printer");
    await type();
    await press("Print");
    expect((await screen.findByRole("alert")).textContent).toContain("☃");
    await press("Go to where it is written");
    expect(toField).toHaveBeenCalledWith("e-1-date");
  });
});

describe("saving", () => {
  it("says before and after where the PDF is", async () => {
    const { app } = show(aPaper(), { save_paper: () => ({ folder: "/srv/papers", file: "summary.pdf", at: at("14:12") }) });
    expect(screen.getByText("The PDF is saved as treatment-summary-patient-draft.pdf in /srv/papers")).toBeTruthy();
    await type();
    await press("Save PDF");
    expect(app.asked.at(-1)).toEqual({ command: "save_paper", request: given });
    expect(await screen.findByText("Saved 14:12 in /srv/papers/summary.pdf")).toBeTruthy();
  });

  it("says nothing when another place was called off", async () => {
    const { app } = show(aPaper(), { save_paper_elsewhere: () => null });
    await type();
    await press("Choose another place");
    expect(app.asked.at(-1)).toEqual({ command: "save_paper_elsewhere", request: given });
    expect(screen.queryByText(/^Saved/)).toBeNull();
    expect(screen.queryByRole("alert")).toBeNull();
  });

  it("asks where when there is no folder, and needs no printer", async () => {
    show(aPaper({ folder: null }), { list_printers: () => ({ printers: [] }) });
    expect(await screen.findByText(/No printer is set up/)).toBeTruthy();
    expect(screen.queryByRole("button", { name: "Print" })).toBeNull();
    expect(screen.queryByRole("button", { name: "Save PDF" })).toBeNull();
    expect(screen.getByRole("button", { name: "Choose where to save the PDF" })).toBeTruthy();
  });

  it("says that the folder cannot be written to", async () => {
    show(aPaper(), { save_paper: () => refuse("folder_unwritable") });
    await type();
    await press("Save PDF");
    expect((await screen.findByRole("alert")).dataset["problem"]).toBe("folder_unwritable");
  });
});
