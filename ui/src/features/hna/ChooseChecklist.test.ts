import { render, screen, waitFor } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { checklists } from "../../ipc/examples";
import { fakeApplication, refuse } from "../../ipc/fake";
import ChooseChecklistHarness from "./ChooseChecklistHarness.test.svelte";

const radios = (): HTMLInputElement[] => screen.getAllByRole<HTMLInputElement>("radio", { hidden: true });

async function show(error?: string): Promise<void> {
  fakeApplication({ list_checklists: () => checklists() });
  render(ChooseChecklistHarness, { error });
  await screen.findByText("Another checklist");
}

const turn = (): Promise<void> => new Promise((done) => setTimeout(done, 0));

describe("choose a checklist", () => {
  it("has nothing chosen, and names the usual one", async () => {
    await show();
    expect(radios().map((radio) => radio.checked)).toEqual([false, false]);
    expect(screen.getByText("If you choose none, it is the usual one: Holistic needs assessment")).toBeTruthy();
  });

  it("gives the version that was chosen", async () => {
    await show();
    await userEvent.click(screen.getByText("Another checklist"));
    await userEvent.click(screen.getByRole("radio", { name: /easy read/ }));
    expect(screen.getByRole("status").textContent).toBe("https://example.test/easy|1.0.0");
  });

  it("names the chosen one when it is folded away", async () => {
    await show();
    const summary = document.querySelector("summary")!;
    await userEvent.click(summary);
    await userEvent.click(screen.getByRole("radio", { name: /easy read/ }));
    expect(summary.textContent).toBe("Another checklist");
    await userEvent.click(summary);
    await waitFor(() => expect(summary.textContent).toBe("Checklist: Holistic needs assessment: easy read"));
  });

  it("unfolds when the choice was refused", async () => {
    await show("This checklist has a newer version");
    expect(document.querySelector("details")!.open).toBe(true);
    expect(screen.getByText("This checklist has a newer version")).toBeTruthy();
  });

  it("asks nothing where there is only one", async () => {
    fakeApplication({ list_checklists: () => checklists({ offered: checklists().offered.slice(0, 1) }) });
    render(ChooseChecklistHarness);
    await turn();
    expect(screen.queryByText("Another checklist")).toBeNull();
  });

  it("says why the list is not there", async () => {
    fakeApplication({ list_checklists: () => refuse("not_saved") });
    render(ChooseChecklistHarness);
    expect((await screen.findByRole("alert")).dataset["problem"]).toBe("not_saved");
  });
});
