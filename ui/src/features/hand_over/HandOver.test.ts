import { render, screen } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { HNA } from "../../ipc/examples";
import { fakeApplication, never, refuse } from "../../ipc/fake";
import HandOver from "./HandOver.svelte";

const show = () => render(HandOver, { hna: HNA, name: "Sam", previous: vi.fn() });

async function choose(pin: string, again: string): Promise<void> {
  if (pin) await userEvent.type(screen.getByLabelText("PIN of 6 digits"), pin);
  if (again) await userEvent.type(screen.getByLabelText("The same PIN again"), again);
  await userEvent.click(screen.getByRole("button", { name: "Hand over now" }));
}

describe("handing the PC over", () => {
  it("says what happens next before it asks for a PIN", () => {
    fakeApplication({});
    const { container } = show();
    for (const words of ["Hand this PC over to Sam", "This is not me", "2 hours and 5 tries", "your passphrase opens this PC"]) expect(container.textContent).toContain(words);
    expect(screen.getByLabelText<HTMLInputElement>("PIN of 6 digits").type).toBe("password");
  });

  it("hands over with the PIN typed twice, and says that the window changes", async () => {
    const app = fakeApplication({ hand_over: () => never<null>() });
    show();
    await choose("482913", "482913");
    expect(app.asked).toEqual([{ command: "hand_over", request: { hna: HNA, pin: "482913", pin_again: "482913" } }]);
    expect(screen.getByRole("status").textContent).toContain("The window changes to Sam’s page.");
  });

  it("does not ask the application without both, or with two that differ", async () => {
    const app = fakeApplication({});
    show();
    await choose("", "");
    expect(screen.getAllByText("Enter the PIN")).toHaveLength(2);
    expect(screen.getAllByText("Enter the PIN again")).toHaveLength(2);
    await choose("482913", "482914");
    expect(screen.getAllByText("The two PINs are not the same: type the PIN again")).toHaveLength(2);
    expect(app.asked).toEqual([]);
  });

  it.each([["pin_digits", "A PIN has 6 digits: check the PIN"], ["pin_too_simple", "That PIN is too easy to guess: choose another"]])("names the fault %s", async (reason, words) => {
    fakeApplication({ hand_over: () => refuse("field", { fields: [{ field: "pin", reason }] }) });
    show();
    await choose("111111", "111111");
    expect(await screen.findAllByText(words)).toHaveLength(2);
    expect(screen.getByLabelText<HTMLInputElement>("PIN of 6 digits").value).toBe("");
  });

  it("says why it was not done, with the assessment where it was", async () => {
    fakeApplication({ hand_over: () => refuse("disk_full") });
    show();
    await choose("482913", "482913");
    expect((await screen.findByRole("alert")).dataset["problem"]).toBe("disk_full");
  });
});
