import { render, screen } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import Field from "./Field.svelte";

describe("a box for several lines", () => {
  it("grows with what is typed, and again smaller", async () => {
    // jsdom lays nothing out: a line is 24 px, and the box has room for two.
    const lines = (box: HTMLElement): number => (box as HTMLTextAreaElement).value.split("\n").length;
    vi.spyOn(HTMLElement.prototype, "clientHeight", "get").mockReturnValue(48);
    vi.spyOn(HTMLElement.prototype, "offsetHeight", "get").mockReturnValue(52);
    vi.spyOn(HTMLElement.prototype, "scrollHeight", "get").mockImplementation(function (this: HTMLElement) {
      return Math.max(48, lines(this) * 24);
    });
    render(Field, { id: "words", label: "Words", value: "One", rows: 2 });
    const box = screen.getByLabelText<HTMLTextAreaElement>("Words");
    expect(box.style.height).toBe("");
    await userEvent.type(box, "{Enter}Two{Enter}Three{Enter}Four");
    expect(box.style.height).toBe("100px");
    await userEvent.clear(box);
    expect(box.style.height).toBe("");
  });
});
