import { render, screen } from "@testing-library/svelte";
import { describe, expect, it, vi } from "vitest";
import { SAM } from "../../ipc/examples";
import { fakeApplication, refuse } from "../../ipc/fake";
import { aCosdView, aJoinedLine, aListedLine } from "../../ipc/report_examples";
import Cosd from "./Cosd.svelte";

const show = (): void => void render(Cosd, { patient: SAM, back: vi.fn() });

describe("what one record yields", () => {
  it("shows each event with its codes, and a summary by its day alone", async () => {
    const summary = aJoinedLine({ offered: null, plan: null, point: null, point_code: null, offered_by: null, offered_by_code: null, planned_by: null, planned_by_code: null, summary: true });
    const { rows } = aCosdView();
    const app = fakeApplication({ read_cosd: () => aCosdView({ rows: { ...rows, joined_count: 2, joined: [aJoinedLine({ planned_by: null, planned_by_code: null }), summary] } }) });
    show();
    const joined = await screen.findByRole("table", { name: "Joined set" });
    expect(joined.textContent).toContain("Treatment summary (CR8420)");
    expect(joined.textContent).not.toContain("Planned by");
    expect(app.asked).toEqual([{ command: "read_cosd", request: { patient: SAM } }]);
    expect(screen.queryByText("Left out until it is put right")).toBeNull();
  });

  it("lists what is left out, without a way to the record that stands here already", async () => {
    fakeApplication({ read_cosd: () => aCosdView({ listed: [aListedLine({ fault: "plan_without_hna", event: "plan_agreed" })] }) });
    show();
    expect((await screen.findByRole("listitem")).textContent).toContain("It belongs to no completed assessment.");
    expect(screen.queryByRole("button", { name: /Open the record/ })).toBeNull();
  });

  it("says that nothing is recorded, and what went wrong", async () => {
    fakeApplication({ read_cosd: () => aCosdView({ rows: { v9_count: 0, v9: [], joined_count: 0, joined: [] } }) });
    show();
    expect(await screen.findAllByText("Nothing is recorded yet")).toHaveLength(2);
    fakeApplication({ read_cosd: () => refuse("gone") });
    show();
    expect((await screen.findByRole("alert")).dataset["problem"]).toBe("gone");
  });
});
