import { render, screen } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { TOM, aDesk, aFront } from "../../ipc/examples";
import { fakeApplication, refuse } from "../../ipc/fake";
import CannotGetIn from "./CannotGetIn.svelte";

describe("I cannot get in", () => {
  it("opens with the code as it was typed, for the nurse who was chosen", async () => {
    const app = fakeApplication({ unlock_with_recovery_code: () => aDesk({ by_recovery_code: true }) });
    const entered = vi.fn();
    render(CannotGetIn, { front: aFront(), entered, back: vi.fn() });
    await userEvent.click(screen.getByRole("radio", { name: /Tom Invented/ }));
    await userEvent.type(screen.getByLabelText("Recovery code"), "7k3m qx9t");
    await userEvent.click(screen.getByRole("button", { name: "Open with the code" }));
    expect(app.asked).toEqual([{ command: "unlock_with_recovery_code", request: { nurse: TOM, code: "7k3m qx9t" } }]);
    expect(entered).toHaveBeenCalledOnce();
  });

  it("keeps a code that was refused, so that it can be compared", async () => {
    fakeApplication({ unlock_with_recovery_code: () => refuse("recovery_code_mistyped") });
    render(CannotGetIn, { front: aFront(), entered: vi.fn(), back: vi.fn() });
    await userEvent.click(screen.getByRole("radio", { name: /Tom Invented/ }));
    await userEvent.type(screen.getByLabelText("Recovery code"), "7k3m");
    await userEvent.click(screen.getByRole("button", { name: "Open with the code" }));
    expect((await screen.findByRole("alert")).dataset["problem"]).toBe("recovery_code_mistyped");
    expect(screen.getByLabelText<HTMLInputElement>("Recovery code").value).toBe("7k3m");
  });

  it("asks for both before it asks the application", async () => {
    const app = fakeApplication({});
    render(CannotGetIn, { front: aFront(), entered: vi.fn(), back: vi.fn() });
    await userEvent.click(screen.getByRole("button", { name: "Open with the code" }));
    expect(app.asked).toEqual([]);
    expect(screen.getAllByText("Enter the recovery code")).toHaveLength(2);
  });
});
