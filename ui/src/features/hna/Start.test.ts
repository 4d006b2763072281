import { render, screen } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { SAM, anHna } from "../../ipc/examples";
import { fakeApplication, refuse } from "../../ipc/fake";
import Start from "./Start.svelte";

const show = (started = vi.fn()): ReturnType<typeof vi.fn> => {
  render(Start, { patient: SAM, name: "Sam", started, back: vi.fn() });
  return started;
};
const start = (): Promise<void> => userEvent.click(screen.getByRole("button", { name: "Start the assessment" }));

async function answer(): Promise<void> {
  await userEvent.type(screen.getByLabelText("Day"), "2");
  await userEvent.type(screen.getByLabelText("Month"), "3");
  await userEvent.click(screen.getByRole("radio", { name: "The patient" }));
  await userEvent.click(screen.getByRole("radio", { name: "Telephone" }));
  await userEvent.click(screen.getByRole("radio", { name: "During treatment" }));
}

describe("start an assessment", () => {
  it("has nothing chosen, and asks for everything it needs", async () => {
    const app = fakeApplication({});
    show();
    expect(screen.getAllByRole<HTMLInputElement>("radio").filter((radio) => radio.checked)).toEqual([]);
    await start();
    expect(app.asked).toEqual([]);
    expect(document.activeElement).toBe(screen.getByRole("alert", { name: "Check 4 things" }));
  });

  it("starts with the typed day and month, as typed", async () => {
    const app = fakeApplication({ start_hna: () => anHna() });
    const started = show();
    await answer();
    await start();
    expect(app.asked).toEqual([{ command: "start_hna", request: { patient: SAM, day: "2", month: "3", answered_by: "patient", helper: "", method: "telephone", pathway_point: "during_treatment" } }]);
    expect(started).toHaveBeenCalledWith(anHna());
  });

  it("starts nothing for another day of birth, and keeps the answers", async () => {
    fakeApplication({ start_hna: () => refuse("identity_differs") });
    const scrolled = vi.spyOn(Element.prototype, "scrollIntoView");
    const started = show();
    await answer();
    await start();
    expect((await screen.findByRole("alert")).dataset["problem"]).toBe("identity_differs");
    expect(started).not.toHaveBeenCalled();
    expect(document.activeElement).toBe(screen.getByRole("alert"));
    expect(scrolled.mock.contexts).toEqual([screen.getByRole("alert")]);
    expect(screen.getByRole<HTMLInputElement>("radio", { name: "Telephone" }).checked).toBe(true);
  });

  it("asks who helps only when somebody does", async () => {
    fakeApplication({});
    show();
    expect(screen.queryByLabelText("Who helps or interprets?")).toBeNull();
    await userEvent.click(screen.getByRole("radio", { name: "Through an interpreter" }));
    expect(screen.getByLabelText("Who helps or interprets?")).toBeTruthy();
  });
});
