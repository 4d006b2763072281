import { render, screen, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { createRawSnippet } from "svelte";
import { describe, expect, it, vi } from "vitest";
import type { Banner, Desk } from "../../ipc/bindings";
import { SAM, aDesk, day } from "../../ipc/examples";
import { fakeApplication, refuse } from "../../ipc/fake";
import { aListedLine, aReport } from "../../ipc/report_examples";
import Reports from "./Reports.svelte";

const person = createRawSnippet((banner: () => Banner) => ({ render: () => `<p>Person: ${banner().family}</p>` }));

function show(more: Partial<Desk> = {}): ReturnType<typeof vi.fn> {
  const open = vi.fn();
  render(Reports, { desk: aDesk(more), person, fullName: (banner: Banner) => banner.family, open });
  return open;
}
const press = (name: string): Promise<void> => userEvent.click(screen.getByRole("button", { name }));

async function counted(report = aReport(), more: Parameters<typeof fakeApplication>[0] = {}): Promise<ReturnType<typeof fakeApplication>> {
  const app = fakeApplication({ report_period: () => report, ...more });
  show();
  await press("Count these days");
  await screen.findByRole("group", { name: "01-Nov-2026 to 30-Nov-2026" });
  return app;
}

describe("counting a period", () => {
  it("has no day filled in, and takes the months at hand", async () => {
    const app = fakeApplication({ report_period: () => aReport() });
    show();
    expect(screen.getAllByRole<HTMLInputElement>("textbox").map((box) => box.value)).toEqual(["", "", "", "", "", ""]);
    await press("Use last month, 01-Oct-2026 to 31-Oct-2026");
    expect(document.activeElement).toBe(screen.getByRole("button", { name: "Count these days" }));
    await press("Use this month so far, 01-Nov-2026 to 23-Nov-2026");
    await press("Count these days");
    expect(app.asked).toEqual([{ command: "report_period", request: { from: { day: "1", month: "11", year: "2026" }, to: { day: "23", month: "11", year: "2026" } } }]);
  });

  it("knows the month before January", async () => {
    const app = fakeApplication({ report_period: () => aReport() });
    show({ today: day("2027-01-05", "05-Jan-2027", "5 January 2027") });
    await press("Use last month, 01-Dec-2026 to 31-Dec-2026");
    await press("Count these days");
    expect(app.asked[0]?.request).toEqual({ from: { day: "1", month: "12", year: "2026" }, to: { day: "31", month: "12", year: "2026" } });
  });

  it("names each day that is missing", async () => {
    fakeApplication({ report_period: () => refuse("field", { fields: ["from", "to"].map((field) => ({ field, reason: "missing" })) }) });
    show();
    await press("Count these days");
    const errors = await screen.findByRole("alert", { name: "Check 2 things" });
    for (const words of ["Enter the first day", "Enter the last day"]) expect(errors.textContent).toContain(words);
    expect(document.activeElement).toBe(errors);
  });

  it("goes to what was counted, with the codes and what they mean", async () => {
    await counted();
    expect(document.activeElement).toBe(screen.getByRole("group", { name: "01-Nov-2026 to 30-Nov-2026" }));
    const v9 = screen.getByRole("table", { name: "Version 9" });
    for (const words of ["19-Nov-2026", "20 Assessment", "03 Offered, accepted", "01 Around diagnosis", "01 Cancer nurse specialist"]) expect(v9.textContent).toContain(words);
    expect(screen.getByText("The first 1 of 42. A file has them all.")).toBeTruthy();
    const joined = screen.getByRole("table", { name: "Joined set" });
    for (const words of ["CR7920", "03 Done, plan completed", "Planned by 04 Support worker"]) expect(joined.textContent).toContain(words);
  });

  it("lists what is left out with the reason and the way to put it right, and opens the record", async () => {
    fakeApplication({ report_period: () => aReport({ listed: [aListedLine(), aListedLine({ fault: "duplicate", form: "v9", event: "hna_offered" }), aListedLine({ fault: "duplicate", event: "hna_done" })] }) });
    const open = show();
    await press("Count these days");
    const [late, again, done] = await screen.findAllByRole("listitem");
    for (const words of ["Person:", "Assessment, 19-Nov-2026", "It is dated after the death.", "Check the day of death"]) expect(late?.textContent).toContain(words);
    for (const words of ["recorded twice", "Left out of version 9 only.", "mark one offer as a mistake"]) expect(again?.textContent).toContain(words);
    // Only an offer can be marked as a mistake.
    expect(done?.textContent).toContain("Nothing needs to be done; it is counted once.");
    expect(done?.textContent).not.toContain("mistake");
    await userEvent.click(within(late as HTMLElement).getByRole("button"));
    expect(open).toHaveBeenCalledWith(SAM);
  });

  it("shows the figures, and hides what is small", async () => {
    await counted();
    const table = screen.getByRole("table", { name: "Team figures" });
    const cells = within(table).getAllByRole("row").map((row) => Array.from(row.children, (cell) => cell.textContent));
    expect(cells.slice(1)).toEqual([
      ["Around diagnosis", "12", "7", "hidden", "0"],
      ["All together", "12", "7", "hidden", "0"],
    ]);
    const concerns = within(screen.getByRole("table", { name: "Commonest concerns" })).getAllByRole("row").map((row) => Array.from(row.children, (cell) => cell.textContent));
    expect(concerns.slice(1)).toEqual([
      ["Pain", "11", "5", "2.5 lighter"],
      ["Sleep", "9", "hidden", "hidden"],
      ["Housing", "6", "0", "too few"],
    ]);
    expect(screen.getByText(/^A number from 1 to 4 is hidden, and so is every number from which one could be worked out/).textContent).toContain("Do not subtract the figures of two periods from each other.");
    expect(screen.getByText("3 more concerns were each raised by fewer than 5 patients.")).toBeTruthy();
  });
});

describe("saving a report", () => {
  it("has nothing chosen, and names nobody unless that is ticked", async () => {
    const saved = { folder: "/reports", file: "cosd-v9-2026-11-01-2026-11-30.csv", at: { ms: 0, date: "23-Nov-2026", time: "09:12" } };
    const app = await counted(aReport(), { save_report: () => saved });
    expect(screen.getAllByRole<HTMLInputElement>("radio").filter((radio) => radio.checked)).toEqual([]);
    expect(screen.getByRole<HTMLInputElement>("checkbox").checked).toBe(false);
    expect(screen.queryByLabelText("Your passphrase")).toBeNull();
    await userEvent.click(screen.getByRole("radio", { name: /version 9/ }));
    await userEvent.click(screen.getByRole("radio", { name: /CSV/ }));
    await press("Choose a folder and save");
    expect(app.asked[1]).toEqual({ command: "save_report", request: { from: "2026-11-01", to: "2026-11-30", form: "v9", format: "csv", identified: false, passphrase: "" } });
    expect(await screen.findByText("cosd-v9-2026-11-01-2026-11-30.csv is in /reports.")).toBeTruthy();
  });

  it("asks for the passphrase where the file is to say whose each row is, and forgets it", async () => {
    const app = await counted(aReport(), { save_report: () => null });
    await userEvent.click(screen.getByRole("radio", { name: /joined set/ }));
    await userEvent.click(screen.getByRole("radio", { name: "JSON" }));
    await userEvent.click(screen.getByRole("checkbox"));
    await userEvent.type(screen.getByLabelText("Your passphrase"), "a lantern");
    await press("Choose a folder and save");
    expect(app.asked[1]?.request).toMatchObject({ form: "joined", format: "json", identified: true, passphrase: "a lantern" });
    expect(screen.getByLabelText<HTMLInputElement>("Your passphrase").value).toBe("");
    expect(screen.queryByText("Saved")).toBeNull();
  });

  it("never asks whose the figures are", async () => {
    const app = await counted(aReport(), { save_report: () => null });
    await userEvent.click(screen.getByRole("checkbox"));
    await userEvent.click(screen.getByRole("radio", { name: /Team figures/ }));
    expect(screen.queryByRole("checkbox")).toBeNull();
    await press("Choose a folder and save");
    expect(app.asked[1]?.request).toMatchObject({ form: "figures", identified: false, passphrase: "" });
  });

  it("names what was not chosen, and keeps what was", async () => {
    const missing = ["form", "format", "passphrase"].map((field) => ({ field, reason: "missing" }));
    await counted(aReport(), { save_report: () => refuse("field", { fields: missing }) });
    await userEvent.click(screen.getByRole("checkbox"));
    await press("Choose a folder and save");
    const errors = await screen.findByRole("alert", { name: "Check 3 things" });
    for (const words of ["Choose what to save", "Choose the kind of file", "Enter your passphrase"]) expect(errors.textContent).toContain(words);
    expect(screen.getByRole<HTMLInputElement>("checkbox").checked).toBe(true);
  });

  it("says that the folder takes no file", async () => {
    await counted(aReport(), { save_report: () => refuse("folder_unwritable") });
    await press("Choose a folder and save");
    expect((await screen.findByRole("alert")).dataset["problem"]).toBe("folder_unwritable");
  });
});
