import { render, screen } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { TOM, aDesk, aNurse, checklists } from "../../ipc/examples";
import { fakeApplication, refuse } from "../../ipc/fake";
import type { Desk } from "../../ipc/bindings";
import Colleagues from "./Colleagues.svelte";

const tom = aNurse({ id: TOM, name: "Tom Invented", role: "support_worker", key_holder: false });
const show = (desk: Desk): void => void render(Colleagues, { desk, newCode: vi.fn(), toServer: vi.fn(), refreshDesk: async () => {} });

describe("colleagues", () => {
  it("adds a nurse who holds no key unless that was ticked", async () => {
    const app = fakeApplication({ list_checklists: () => checklists(), list_staff: () => [aNurse()], add_nurse: () => [aNurse(), tom] });
    show(aDesk());
    await userEvent.type(screen.getByLabelText("Their name"), "Tom Invented");
    await userEvent.selectOptions(screen.getByLabelText("Their role"), "support_worker");
    await userEvent.type(screen.getByLabelText("Their passphrase"), "seven slow green trains");
    await userEvent.type(screen.getByLabelText("Your own passphrase"), "harbour lamp otter");
    await userEvent.click(screen.getByRole("button", { name: "Add this nurse" }));
    expect(app.asked.at(-1)).toEqual({ command: "add_nurse", request: { name: "Tom Invented", role: "support_worker", key_holder: false, passphrase: "seven slow green trains", own_passphrase: "harbour lamp otter" } });
    expect(await screen.findByText("Tom Invented can now unlock this PC.")).toBeTruthy();
    expect(screen.getByLabelText<HTMLInputElement>("Their passphrase").value).toBe("");
  });

  it("sets a passphrase for the colleague whose button was pressed", async () => {
    const app = fakeApplication({ list_checklists: () => checklists(), list_staff: () => [aNurse(), tom], set_passphrase: () => [aNurse(), tom] });
    show(aDesk());
    await userEvent.click(await screen.findByRole("button", { name: "Set a new passphrase for Tom Invented" }));
    expect(document.activeElement).toBe(screen.getByLabelText("Passphrase for Tom Invented"));
    await userEvent.click(screen.getByRole("button", { name: "Cancel" }));
    expect(document.activeElement).toBe(screen.getByRole("button", { name: "Set a new passphrase for Tom Invented" }));
    await userEvent.keyboard("{Enter}");
    await userEvent.type(screen.getByLabelText("Passphrase for Tom Invented"), "seven slow green trains");
    await userEvent.type(document.getElementById(`own_passphrase-${TOM}`)!, "harbour lamp otter");
    await userEvent.click(screen.getByRole("button", { name: "Set the passphrase" }));
    expect(app.asked.at(-1)).toEqual({ command: "set_passphrase", request: { nurse: TOM, passphrase: "seven slow green trains", own_passphrase: "harbour lamp otter" } });
  });

  it("keeps a refused passphrase open with its reason", async () => {
    fakeApplication({ list_checklists: () => checklists(), list_staff: () => [aNurse(), tom], set_passphrase: () => refuse("field", { fields: [{ field: "passphrase", reason: "passphrase_too_common" }] }) });
    show(aDesk());
    await userEvent.click(await screen.findByRole("button", { name: "Set a new passphrase for Tom Invented" }));
    await userEvent.type(screen.getByLabelText("Passphrase for Tom Invented"), "password1234");
    await userEvent.click(screen.getByRole("button", { name: "Set the passphrase" }));
    expect(await screen.findAllByText(/people guess first/)).toHaveLength(2);
    expect(screen.getByLabelText<HTMLInputElement>("Passphrase for Tom Invented").value).toBe("password1234");
  });

  it("says at her own field that her own passphrase is wrong, and keeps the new one as typed", async () => {
    fakeApplication({ list_checklists: () => checklists(), list_staff: () => [aNurse(), tom], set_passphrase: () => refuse("wrong_passphrase") });
    show(aDesk());
    await userEvent.click(await screen.findByRole("button", { name: "Set a new passphrase for Tom Invented" }));
    await userEvent.type(screen.getByLabelText("Passphrase for Tom Invented"), "seven slow green trains");
    const own = document.getElementById(`own_passphrase-${TOM}`) as HTMLInputElement;
    await userEvent.type(own, "not hers");
    await userEvent.click(screen.getByRole("button", { name: "Set the passphrase" }));
    expect(await screen.findAllByText(/not your own passphrase/)).toHaveLength(2);
    expect([own.value, screen.getByLabelText<HTMLInputElement>("Passphrase for Tom Invented").value]).toEqual(["", "seven slow green trains"]);
    expect(screen.queryByRole("alert", { name: /does not open/ })).toBeNull();
  });

  it("offers nothing about keys to someone who holds none", async () => {
    fakeApplication({ list_staff: () => [aNurse(), tom] });
    show(aDesk({ nurse: tom }));
    expect(await screen.findByText("Ruth Invented")).toBeTruthy();
    expect(screen.queryAllByRole("button")).toEqual([]);
  });

  it("asks for a passphrase first after coming in with the recovery code", async () => {
    fakeApplication({ list_checklists: () => checklists(), list_staff: () => [aNurse()] });
    show(aDesk({ by_recovery_code: true }));
    expect(await screen.findByText(/came in with the recovery code/)).toBeTruthy();
    expect(screen.getByLabelText("Passphrase for Ruth Invented")).toBeTruthy();
    expect(screen.queryByLabelText("Your own passphrase")).toBeNull();
  });
});
