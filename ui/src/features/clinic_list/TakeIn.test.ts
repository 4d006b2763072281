import { render, screen } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import type { TakenList } from "../../ipc/bindings";
import { fakeApplication } from "../../ipc/fake";
import { VISIT, aTakenList } from "../../ipc/work_examples";
import TakeIn from "./TakeIn.svelte";

async function take(list: TakenList | null): Promise<ReturnType<typeof vi.fn>> {
  fakeApplication({ take_in_clinic_list: () => list });
  const open = vi.fn();
  render(TakeIn, { open, back: vi.fn() });
  await userEvent.click(screen.getByRole("button", { name: "Choose the file" }));
  return open;
}

describe("taking in a clinic list", () => {
  it("says that no file was chosen", async () => {
    await take(null);
    expect(screen.getByRole("status").textContent).toBe("No file was chosen.");
  });

  it("says by day how many are on a list, and how many had come before", async () => {
    const day = { iso: "2026-11-23", short: "23-Nov-2026", long: "23 November 2026" };
    await take(aTakenList({ added: [{ day, count: 12 }], already_here: 1 }));
    expect(screen.getByRole("alert").textContent).toContain("monday.csv: 12 people are on a list");
    expect(screen.getByText("23-Nov-2026: 12 people")).toBeTruthy();
    expect(screen.getByText("1 row had come before and adds nothing.")).toBeTruthy();
    expect(screen.queryByRole("table")).toBeNull();
  });

  it("names whoever was taken off before and stays off, and leads to where they are put back", async () => {
    const day = { iso: "2026-11-23", short: "23-Nov-2026", long: "23 November 2026" };
    const open = await take(aTakenList({ stay_off: [{ visit: VISIT, day, time: "09:40", family: "Newcomer", given: "Nadia" }], stay_off_count: 1 }));
    expect(screen.getByRole("heading", { name: "1 person was taken off the list before and stays off" })).toBeTruthy();
    expect(screen.queryByText(/had come before/)).toBeNull();
    await userEvent.click(screen.getByRole("button", { name: "NEWCOMER, Nadia, 23-Nov-2026 09:40" }));
    expect(open).toHaveBeenCalledWith(VISIT);
  });

  it("names every row that was not taken by line, column and reason", async () => {
    await take(
      aTakenList({
        refused: [
          { line: 4, column: "nhs_number", reason: "nhs_number_failed_check" },
          { line: 7, column: null, reason: "cells" },
        ],
        refused_count: 2,
      }),
    );
    const rows = screen.getAllByRole("row").map((row) => row.textContent);
    expect(rows[1]).toMatch(/^4NHS number/);
    expect(rows[2]).toBe("7Whole rowIt has another number of cells than the first line, more than 200, or a quotation mark in the wrong place");
  });

  it("says why a file was not taken, and where", async () => {
    await take(aTakenList({ fault: "missing_column", line: 1, columns: ["nhs_number", "born"] }));
    const alert = await screen.findByRole("alert");
    expect(alert.textContent).toContain("The first line does not name: NHS number, date of birth.");
    expect(alert.textContent).toContain("Line 1.");
    expect(document.activeElement?.closest("[role=alert]")).toBe(alert);
  });
});
