import { render, screen } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import type { Problem } from "../ipc/bindings";
import { problem as problemOf } from "../ipc/call";
import Signing from "./Signing.svelte";

function show(more: { training?: boolean; unfinished?: Record<string, string>; problem?: Problem | null } = {}) {
  const sign = vi.fn(async () => more.problem ?? null);
  const doors = { sign, signed: vi.fn(), go: vi.fn() };
  render(Signing, { heading: "Agree this plan", button: "Agree and lock", means: "It is locked.", name: "Sam", me: "Ruth Invented", training: more.training ?? false, unfinished: more.unfinished ?? {}, names: () => "the plan", ...doors });
  return doors;
}
const passphrase = (): HTMLInputElement => screen.getByLabelText("Your passphrase, Ruth Invented");
const press = (): Promise<void> => userEvent.click(screen.getByRole("button", { name: "Agree and lock" }));

async function type(): Promise<void> {
  await userEvent.type(screen.getByLabelText("Day"), "2");
  await userEvent.type(screen.getByLabelText("Month"), "3");
  if (screen.queryByLabelText(/^Your passphrase/)) await userEvent.type(passphrase(), "harbour lamp otter");
}

describe("signing", () => {
  it("signs with day and month of birth and the passphrase, which does not stay in the window", async () => {
    const { sign, signed } = show();
    await type();
    await press();
    expect(sign).toHaveBeenCalledWith({ day: "2", month: "3", passphrase: "harbour lamp otter" });
    expect(signed).toHaveBeenCalledOnce();
    expect(passphrase().value).toBe("");
  });

  it("asks for everything it needs before it asks the application", async () => {
    const { sign } = show();
    await press();
    expect(sign).not.toHaveBeenCalled();
    expect(document.activeElement).toBe(screen.getByRole("alert", { name: "Check 2 things" }));
    await userEvent.click(screen.getByRole("link", { name: "Enter the day and month of birth" }));
    expect(document.activeElement).toBe(screen.getByLabelText("Day"));
  });

  it("asks for no passphrase in training", async () => {
    const { sign } = show({ training: true });
    expect(screen.queryByLabelText(/^Your passphrase/)).toBeNull();
    await type();
    await press();
    expect(sign).toHaveBeenCalledWith({ day: "2", month: "3", passphrase: "" });
  });

  it("says a wrong passphrase at its field, and signs nothing", async () => {
    const { signed } = show({ problem: problemOf("wrong_passphrase") });
    await type();
    await press();
    expect(signed).not.toHaveBeenCalled();
    expect(screen.getAllByText("This is not your passphrase, so nothing was signed: type it again")).toHaveLength(2);
    expect(passphrase().getAttribute("aria-invalid")).toBe("true");
    expect(screen.getByLabelText<HTMLInputElement>("Day").value).toBe("2");
  });

  it("says how long to wait after several wrong tries", async () => {
    show({ problem: { ...problemOf("wait"), seconds: 30 } });
    await type();
    await press();
    expect(screen.getByText("Try again in 30 seconds.")).toBeTruthy();
    expect(document.activeElement).toBe(screen.getByRole("alert"));
  });

  it("leads to what is missing in the record, and signs nothing until it is there", async () => {
    const { sign, go } = show({ unfinished: { "due-a-1": "Enter the day" } });
    await type();
    await press();
    expect(sign).not.toHaveBeenCalled();
    await userEvent.click(screen.getByRole("link", { name: "Enter the day" }));
    expect(go).toHaveBeenCalledWith("due-a-1");
  });
});
