import { fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { SUMMARY, aPaper } from "../../ipc/examples";
import { fakeApplication, refuse } from "../../ipc/fake";
import Beside from "./Beside.svelte";

type Kind = "summary_patient" | "summary_gp";

function show(more: { part?: string | null } = {}) {
  const doors = { open: vi.fn(), toField: vi.fn() };
  const props = { record: SUMMARY, revision: 1, kind: "summary_patient" as Kind, part: null as string | null, ...more, ...doors };
  const shown = render(Beside, props);
  return { ...doors, next: (change: Partial<typeof props>) => shown.rerender(change) };
}
const paper = (): Promise<HTMLElement> => screen.findByRole("button", { name: /open at full size$/ });

describe("the paper beside the editor", () => {
  it("is one stop: page keys turn it, Enter opens it at full size", async () => {
    fakeApplication({ preview_paper: ({ kind }) => aPaper({ kind }) });
    const { open } = show();
    (await paper()).focus();
    expect(screen.getByRole("img", { name: "Patient copy, page 1 of 2" }).textContent).toContain("First page.");
    await fireEvent.keyDown(await paper(), { key: "PageDown" });
    expect(screen.getByRole("img", { name: "Patient copy, page 2 of 2" }).textContent).toContain("Second page.");
    await fireEvent.keyDown(await paper(), { key: "PageDown" });
    expect(screen.getByText("18 point · Page 2 of 2")).toBeTruthy();
    await fireEvent.keyDown(await paper(), { key: "PageUp" });
    expect(screen.getByText("18 point · Page 1 of 2")).toBeTruthy();
    await userEvent.keyboard("{Enter}");
    expect(open).toHaveBeenCalledWith("summary_patient");
  });

  it("goes to the part that is being edited and marks it", async () => {
    fakeApplication({ preview_paper: ({ kind }) => aPaper({ kind }) });
    const { next } = show({ part: "When to get help" });
    expect((await screen.findByRole("img", { name: "Patient copy, page 2 of 2" })).querySelectorAll(".bar")).toHaveLength(1);
    await next({ part: "Your diagnosis" });
    const first = await screen.findByRole("img", { name: "Patient copy, page 1 of 2" });
    expect(first.querySelectorAll(".bar")).toHaveLength(1);
    await next({ part: null });
    expect(first.querySelectorAll(".bar")).toHaveLength(0);
  });

  it("is drawn again after each saved change, as a draft of the chosen copy", async () => {
    const app = fakeApplication({ preview_paper: ({ kind }) => aPaper({ kind, points: kind === "summary_gp" ? 12 : 18 }) });
    const { next } = show();
    await paper();
    await next({ revision: 2 });
    await waitFor(() => expect(app.asked).toHaveLength(2));
    await userEvent.click(screen.getByRole("button", { name: "GP copy", pressed: false }));
    expect(await screen.findByText("12 point · Page 1 of 2")).toBeTruthy();
    expect(app.asked.at(-1)).toEqual({ command: "preview_paper", request: { kind: "summary_gp", record: SUMMARY, version: null } });
    expect(screen.getByRole("button", { name: "GP copy", pressed: true })).toBe(document.activeElement);
  });

  it("names a character that no paper can show, and leads to its field", async () => {
    fakeApplication({ preview_paper: () => refuse("no_glyph", { character: "☃", fields: [{ field: "own-2-gp", reason: "no_glyph" }] }) });
    const { toField } = show();
    expect((await screen.findByRole("alert")).textContent).toContain("☃");
    await userEvent.click(screen.getByRole("button", { name: "Go to where it is written" }));
    expect(toField).toHaveBeenCalledWith("own-2-gp");
  });
});
