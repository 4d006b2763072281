import { render, screen } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import type { TemplateLine } from "../../ipc/bindings";
import { SAM, aSummary } from "../../ipc/examples";
import { fakeApplication, refuse } from "../../ipc/fake";
import Start from "./Start.svelte";

const lines: TemplateLine[] = [
  { template: "https://example.test/breast|1", title: "Breast cancer", version: "1", offered: false },
  { template: "https://example.test/bowel|2", title: "Bowel cancer", version: "2", offered: true },
];

function show() {
  const started = vi.fn();
  render(Start, { patient: SAM, name: "Sam", started, back: vi.fn() });
  return started;
}
const start = async (): Promise<void> => userEvent.click(await screen.findByRole("button", { name: "Start the summary" }));

describe("start a treatment summary", () => {
  it("offers the template for this cancer first, says which are for another, and has none chosen", async () => {
    fakeApplication({ list_templates: () => lines });
    show();
    const radios = await screen.findAllByRole<HTMLInputElement>("radio");
    expect(radios.map((radio) => radio.value)).toEqual(["https://example.test/bowel|2", "https://example.test/breast|1"]);
    expect(radios.filter((radio) => radio.checked)).toEqual([]);
    expect(screen.getByRole("radio", { name: /^Breast cancer, version 1.*another cancer/ })).toBeTruthy();
  });

  it("starts with the one that was chosen, and not without", async () => {
    const app = fakeApplication({ list_templates: () => lines, start_treatment_summary: () => aSummary() });
    const started = show();
    await start();
    expect(screen.getAllByText("Choose a template")).toHaveLength(2);
    expect(app.asked.map((asked) => asked.command)).toEqual(["list_templates"]);
    await userEvent.click(screen.getByRole("radio", { name: /^Bowel cancer/ }));
    await start();
    expect(app.asked.at(-1)).toEqual({ command: "start_treatment_summary", request: { patient: SAM, template: "https://example.test/bowel|2" } });
    expect(started).toHaveBeenCalledWith(aSummary());
  });

  it("says why when it could not be started, and when there is nothing to start with", async () => {
    const app = fakeApplication({ list_templates: () => lines, start_treatment_summary: () => refuse("not_saved") });
    const started = show();
    await userEvent.click(await screen.findByRole("radio", { name: /^Bowel cancer/ }));
    await start();
    expect((await screen.findByRole("alert")).dataset["problem"]).toBe("not_saved");
    expect(started).not.toHaveBeenCalled();
    app.answers.list_templates = () => [];
    show();
    expect(await screen.findByText(/no template on this PC/)).toBeTruthy();
  });
});
