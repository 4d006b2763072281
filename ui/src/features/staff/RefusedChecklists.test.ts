import { render, screen } from "@testing-library/svelte";
import { describe, expect, it } from "vitest";
import { checklists } from "../../ipc/examples";
import { fakeApplication, refuse } from "../../ipc/fake";
import RefusedChecklists from "./RefusedChecklists.svelte";

const turn = (): Promise<void> => new Promise((done) => setTimeout(done, 0));

describe("refused checklists", () => {
  it("names file, place, what is wrong and what to do of each", async () => {
    const refused = [
      { file: "ours.json", place: "item(physical.pain).text", fault: "text_too_long" as const },
      { file: "the folder", place: "content.checklists", fault: "no_folder" as const },
    ];
    fakeApplication({ list_checklists: () => checklists({ refused }) });
    render(RefusedChecklists);
    expect(await screen.findByText("2 checklist files are not used")).toBeTruthy();
    const shown = screen.getAllByRole("definition").map((part) => part.textContent);
    expect(shown).toEqual([
      "ours.json",
      "item(physical.pain).text",
      "A text is too long",
      "Shorten it to 120 characters, the question above the scores to 200.",
      "text_too_long",
      "the folder",
      "content.checklists",
      "The folder of checklists cannot be read",
      "Ask IT to check the folder named in the configuration.",
      "no_folder",
    ]);
  });

  it("says nothing when every file is used", async () => {
    const app = fakeApplication({ list_checklists: () => checklists() });
    const { container } = render(RefusedChecklists);
    await turn();
    expect(app.asked).toHaveLength(1);
    expect(container.textContent.trim()).toBe("");
  });

  it("says why it does not know", async () => {
    fakeApplication({ list_checklists: () => refuse("not_saved") });
    render(RefusedChecklists);
    expect((await screen.findByRole("alert")).dataset["problem"]).toBe("not_saved");
  });
});
