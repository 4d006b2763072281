import { render, screen } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { RUTH, TOM, aDesk, aFront } from "../../ipc/examples";
import { fakeApplication, refuse } from "../../ipc/fake";
import type { Front } from "../../ipc/bindings";
import Lock from "./Lock.svelte";

function show(front: Front = aFront()): { entered: ReturnType<typeof vi.fn>; cannotGetIn: ReturnType<typeof vi.fn> } {
  const doors = { entered: vi.fn(), cannotGetIn: vi.fn() };
  render(Lock, { front, ...doors, refresh: async () => {} });
  return doors;
}

const unlock = (): Promise<void> => userEvent.click(screen.getByRole("button", { name: "Unlock" }));

describe("lock", () => {
  it("has nobody chosen where there is a choice, and asks for it", async () => {
    const app = fakeApplication({});
    show();
    expect(screen.getAllByRole<HTMLInputElement>("radio").filter((radio) => radio.checked)).toEqual([]);
    await userEvent.type(screen.getByLabelText("Passphrase"), "four grey herons wade");
    await unlock();
    expect(app.asked).toEqual([]);
    expect(screen.getAllByText("Choose who is using this PC")).toHaveLength(2);
  });

  it("unlocks for the one who was chosen", async () => {
    const app = fakeApplication({ unlock: () => aDesk() });
    const { entered } = show();
    await userEvent.click(screen.getByRole("radio", { name: /Tom Invented/ }));
    await userEvent.type(screen.getByLabelText("Passphrase for Tom Invented"), "four grey herons wade{Enter}");
    expect(app.asked).toEqual([{ command: "unlock", request: { nurse: TOM, passphrase: "four grey herons wade" } }]);
    expect(entered).toHaveBeenCalledOnce();
  });

  it("needs no choice when there is only one nurse", async () => {
    const app = fakeApplication({ unlock: () => aDesk() });
    show(aFront({ nurses: aFront().nurses.slice(0, 1) }));
    await userEvent.type(screen.getByLabelText("Passphrase for Ruth Invented"), "x{Enter}");
    expect(app.asked[0]?.request).toEqual({ nurse: RUTH, passphrase: "x" });
  });

  it("says what is wrong with a passphrase, empties it and stays", async () => {
    fakeApplication({ unlock: () => refuse("wrong_passphrase") });
    const { entered } = show();
    await userEvent.click(screen.getByRole("radio", { name: /Ruth Invented/ }));
    await userEvent.type(screen.getByLabelText("Passphrase for Ruth Invented"), "wrong");
    await unlock();
    expect(await screen.findByText(/does not open this PC/)).toBeTruthy();
    expect(document.activeElement?.id).toBe("passphrase");
    expect((document.activeElement as HTMLInputElement).value).toBe("");
    expect(entered).not.toHaveBeenCalled();
  });

  it("leaves no passphrase in the window when the PC is what is wrong, and says so", async () => {
    fakeApplication({ unlock: () => refuse("key_store_locked") });
    show(aFront({ nurses: aFront().nurses.slice(0, 1) }));
    await userEvent.type(screen.getByLabelText("Passphrase for Ruth Invented"), "four grey herons wade");
    await unlock();
    expect((await screen.findByRole("alert")).dataset["problem"]).toBe("key_store_locked");
    expect(screen.getByLabelText<HTMLInputElement>("Passphrase for Ruth Invented").value).toBe("");
  });

  it.each(["no_key_store", "key_store_locked", "no_entry", "key_changed", "vault_unreadable", "database_unreadable"] as const)("shows %s before anyone tries", (key) => {
    show(aFront({ key }));
    expect(screen.getByRole("alert").dataset["problem"]).toBe(key);
  });

  it("hides and shows the passphrase", async () => {
    show();
    expect(screen.getByLabelText<HTMLInputElement>("Passphrase").type).toBe("password");
    await userEvent.click(screen.getByRole("button", { name: "Show Passphrase" }));
    expect(screen.getByLabelText<HTMLInputElement>("Passphrase").type).toBe("text");
  });

  it("leads to the other ways in", async () => {
    const { cannotGetIn } = show();
    await userEvent.click(screen.getByRole("button", { name: "I cannot get in" }));
    expect(cannotGetIn).toHaveBeenCalledOnce();
  });
});
