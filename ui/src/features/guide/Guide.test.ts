import { render, screen, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { say } from "../../words/say";
import Guide from "./Guide.svelte";
import { TOPICS, found, page } from "./topics";

describe("the guide", () => {
  it("has for each topic when, and at least one step, with every label filled in", () => {
    for (const topic of TOPICS) {
      const { title, when, steps } = page(topic);
      expect(steps.length, topic).toBeGreaterThan(0);
      for (const words of [title, when, ...steps]) expect(words, topic).not.toMatch(/[{}]|^\s*$/);
      for (const words of [when, ...steps]) expect(words, topic).toMatch(/[.]$/);
    }
  });

  it("finds a topic by any of its words, by their beginning, and by words it does not show", () => {
    expect(found("recov").map((one) => one.topic)).toContain("colleagues");
    expect(found("PASS Code").map((one) => one.topic)).toContain("home");
    expect(found("wifi").map((one) => one.topic)).toEqual(["sending"]);
    expect(found("zebra")).toEqual([]);
    expect(found("  ").length).toBe(TOPICS.length);
  });

  it("shows what was chosen, keyboard on its heading, and says how many were found", async () => {
    const choose = vi.fn();
    const close = vi.fn();
    const { rerender } = render(Guide, { topic: "today", choose, close });
    expect(screen.getByRole("heading", { level: 2, name: say("guide-today") })).toBeTruthy();
    await userEvent.type(screen.getByLabelText(say("guide-find")), "wifi");
    expect(screen.getByRole("status").textContent).toBe("1 topic found");
    await userEvent.click(screen.getByRole("button", { name: say("guide-sending") }));
    expect(choose).toHaveBeenCalledWith("sending");
    await rerender({ topic: "sending", choose, close });
    const article = screen.getByRole("article");
    expect(document.activeElement).toBe(within(article).getByRole("heading"));
    await userEvent.click(screen.getByRole("button", { name: say("guide-close") }));
    expect(close).toHaveBeenCalled();
  });

  it("says what to do when nothing is found", async () => {
    render(Guide, { topic: "today", choose: vi.fn(), close: vi.fn() });
    await userEvent.type(screen.getByLabelText(say("guide-find")), "zebra");
    expect(screen.getByText(say("guide-none"))).toBeTruthy();
  });
});
