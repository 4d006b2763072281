import { screen, waitFor } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { aConcern, aPatientFront, rated, someAnswers } from "../ipc/examples";
import { given, onTo, opened, press } from "./in_hand.test-kit";

const concerns = ["Pain", "Sleep", "Worry"].map((text, index) => aConcern(text.toLowerCase(), text, rated(index + 1), { private: text === "Worry" }));
const order = (): string[] => [...document.querySelectorAll<HTMLElement>("[data-concern]")].map((row) => row.dataset["concern"] ?? "");

describe("what matters most to the person", () => {
  it("is put in order by keyboard alone, each step said once it is saved", async () => {
    const app = await opened(aPatientFront({ answers: someAnswers({ concerns, ranked: ["pain", "sleep"] }) }));
    await onTo("patient_matters");
    screen.getByRole("button", { name: "Move up Sleep" }).focus();
    await userEvent.keyboard("{Enter}");
    await waitFor(() => expect(screen.getByRole("status").textContent?.trim()).toBe("“Sleep” is now number 1. Saved."));
    expect(order()).toEqual(["sleep", "pain"]);
    expect(document.activeElement).toBe(screen.getByRole("button", { name: "Move down Sleep" }));
    await press("Add Worry");
    await press("Take off Pain");
    await waitFor(() => expect(order()).toEqual(["sleep", "worry"]));
    expect(given(app).at(-1)).toEqual({ kind: "rank_concerns", order: ["sleep", "worry"] });
  });

  it("says a wish to talk privately neutrally", async () => {
    await opened(aPatientFront({ answers: someAnswers({ concerns }) }));
    await onTo("patient_matters");
    expect(screen.getByText("You scored it 3 · Talk later")).toBeTruthy();
    expect(document.body.textContent).not.toContain("privately");
  });
});
