import { render, screen } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { aDesk, aFront } from "../../ipc/examples";
import { fakeApplication, refuse } from "../../ipc/fake";
import FirstStart from "./FirstStart.svelte";

async function fill(): Promise<void> {
  const user = userEvent.setup();
  await user.type(screen.getByLabelText("Your name"), "Ruth Invented");
  await user.type(screen.getByLabelText("Team"), "Colorectal");
  await user.type(screen.getByLabelText("Organisation"), "Thamesbank Hospitals");
  await user.type(screen.getByLabelText("Organisation code (ODS)"), "RZ9");
  await user.type(screen.getByLabelText("Passphrase"), "four grey herons wade");
}

describe("first start", () => {
  it("enrols with what was typed and nothing else", async () => {
    const app = fakeApplication({ enrol_first_nurse: () => aDesk({ ready: false }) });
    const entered = vi.fn();
    render(FirstStart, { front: aFront({ state: "fresh", nurses: [] }), entered });
    await fill();
    await userEvent.selectOptions(screen.getByLabelText("Your role"), "support_worker");
    await userEvent.click(screen.getByRole("button", { name: "Set up and continue" }));
    expect(app.asked).toEqual([
      {
        command: "enrol_first_nurse",
        request: { name: "Ruth Invented", role: "support_worker", team: "Colorectal", organisation: { ods: "RZ9", name: "Thamesbank Hospitals" }, passphrase: "four grey herons wade" },
      },
    ]);
    expect(entered).toHaveBeenCalledWith(aDesk({ ready: false }));
  });

  it("chooses no role for anybody", async () => {
    const app = fakeApplication({});
    render(FirstStart, { front: aFront({ state: "fresh", nurses: [] }), entered: vi.fn() });
    await fill();
    await userEvent.click(screen.getByRole("button", { name: "Set up and continue" }));
    expect(app.asked).toEqual([]);
    expect(screen.getAllByText("Choose the role")).toHaveLength(2);
  });

  it("keeps what was typed when a field is refused, and leads to that field", async () => {
    fakeApplication({ enrol_first_nurse: () => refuse("field", { fields: [{ field: "passphrase", reason: "passphrase_too_short" }] }) });
    render(FirstStart, { front: aFront({ state: "fresh", nurses: [] }), entered: vi.fn() });
    await fill();
    await userEvent.selectOptions(screen.getByLabelText("Your role"), "doctor");
    await userEvent.click(screen.getByRole("button", { name: "Set up and continue" }));
    expect(screen.getByLabelText<HTMLInputElement>("Your name").value).toBe("Ruth Invented");
    await userEvent.click(await screen.findByRole("link", { name: /At least|at least 12/ }));
    expect(document.activeElement?.id).toBe("passphrase");
  });

  it("opens training mode with one click, without any field", async () => {
    const app = fakeApplication({ open_training: () => aDesk({ training: true }) });
    const entered = vi.fn();
    render(FirstStart, { front: aFront({ state: "fresh", nurses: [] }), entered });
    await userEvent.click(screen.getByRole("button", { name: "Open training mode" }));
    expect(app.asked.map((one) => one.command)).toEqual(["open_training"]);
    expect(entered).toHaveBeenCalledOnce();
  });
});
