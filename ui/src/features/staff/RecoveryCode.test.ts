import { render, screen } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { aDesk } from "../../ipc/examples";
import { fakeApplication, refuse } from "../../ipc/fake";
import RecoveryCode from "./RecoveryCode.svelte";

const groups = ["7K3M", "QX9T", "4HBD", "W2PZ", "8RVN", "J6CF", "Y5GS", "3DAE", "M1TX"];
const code = { groups, ask: [2, 9] };

async function toTypingBack(): Promise<void> {
  await userEvent.click(await screen.findByRole("button", { name: "I have written it down" }));
}

describe("recovery code", () => {
  it("shows all nine groups, and says who keeps the sheet", async () => {
    fakeApplication({ issue_recovery_code: () => code });
    render(RecoveryCode, { own: false, confirmed: vi.fn(), leave: null });
    for (const group of groups) expect(await screen.findByText(group)).toBeTruthy();
    expect(screen.getByRole("heading", { name: "Who must keep the sheet" })).toBeTruthy();
  });

  it("shows nothing of the code while it is typed back", async () => {
    fakeApplication({ issue_recovery_code: () => code });
    const { container } = render(RecoveryCode, { own: false, confirmed: vi.fn(), leave: null });
    await toTypingBack();
    for (const group of groups) expect(container.textContent).not.toContain(group);
    expect(document.activeElement?.tagName).toBe("H1");
  });

  it("is passed only with the groups that were asked for", async () => {
    const app = fakeApplication({ issue_recovery_code: () => code, confirm_recovery_code: () => aDesk() });
    const confirmed = vi.fn();
    render(RecoveryCode, { own: false, confirmed, leave: null });
    await toTypingBack();
    await userEvent.type(screen.getByLabelText("Group 2"), "qx9t");
    await userEvent.type(screen.getByLabelText("Group 9"), "M1TX");
    await userEvent.click(screen.getByRole("button", { name: "Check and finish" }));
    expect(app.asked.at(-1)).toEqual({ command: "confirm_recovery_code", request: { groups: ["qx9t", "M1TX"] } });
    expect(confirmed).toHaveBeenCalledOnce();
  });

  it("shows a later code only to whoever types her own passphrase", async () => {
    let right = false;
    const app = fakeApplication({ issue_recovery_code: () => (right ? code : refuse("wrong_passphrase")) });
    render(RecoveryCode, { own: true, confirmed: vi.fn(), leave: vi.fn() });
    expect(app.asked).toEqual([]);
    const field = screen.getByLabelText<HTMLInputElement>("Your own passphrase");
    await userEvent.type(field, "not hers{Enter}");
    expect(await screen.findByRole("link", { name: /not your own passphrase/ })).toBeTruthy();
    expect([field.value, screen.queryByText("7K3M")]).toEqual(["", null]);
    right = true;
    await userEvent.type(field, "harbour lamp otter{Enter}");
    expect(await screen.findByText("7K3M")).toBeTruthy();
    expect(app.asked.map((asked) => asked.request)).toEqual([{ own_passphrase: "not hers" }, { own_passphrase: "harbour lamp otter" }]);
    expect(document.activeElement?.tagName).toBe("H1");
  });

  it("stays, with what was typed, when the groups differ; and offers no way round", async () => {
    fakeApplication({ issue_recovery_code: () => code, confirm_recovery_code: () => refuse("field", { fields: [{ field: "groups", reason: "groups_differ" }] }) });
    const confirmed = vi.fn();
    render(RecoveryCode, { own: false, confirmed, leave: null });
    await toTypingBack();
    await userEvent.type(screen.getByLabelText("Group 2"), "AAAA");
    await userEvent.click(screen.getByRole("button", { name: "Check and finish" }));
    expect(confirmed).not.toHaveBeenCalled();
    expect(screen.getByLabelText<HTMLInputElement>("Group 2").value).toBe("AAAA");
    expect(await screen.findByRole("link", { name: /not what the sheet says/ })).toBeTruthy();
    expect(screen.queryByRole("button", { name: /Leave/ })).toBeNull();
  });
});
