import { cleanup, render, screen } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import type { InvitationLine } from "../../ipc/bindings";
import { HNA, aBanner, day } from "../../ipc/examples";
import { ANSWERS, INVITATION, anAnswersView, anInvitation, anInvitationView } from "../../ipc/home_examples";
import { problem } from "../../ipc/call";
import Invitation from "./Invitation.svelte";
import Invitations from "./Invitations.svelte";

function show(line: Partial<InvitationLine> = {}, more: Parameters<typeof anInvitationView>[1] = {}) {
  const doors = { print: vi.fn(), takeIn: vi.fn(), toHna: vi.fn(), again: vi.fn(), withdraw: vi.fn(async (): Promise<ReturnType<typeof problem> | null> => null) };
  const { container } = render(Invitation, { view: anInvitationView(line, more), back: { label: "Overview", go: vi.fn() }, ...doors });
  return { container, ...doors };
}

describe("one invitation", () => {
  it("shows the code in groups, where it is typed in, and until when", () => {
    const { container } = show();
    expect(container.querySelector("#code")?.textContent).toBe("K7QX 2MPA 9TZR");
    expect(screen.getByText("Sam types it in at portal.example.test")).toBeTruthy();
    expect(container.querySelector("#standing")?.textContent).toBe("Open until 20-Dec-2026, 27 days left");
    expect(screen.getByText("Waiting to send")).toBeTruthy();
  });

  it("names the assessment that is scored again, and only then", () => {
    show({ again: HNA }, { again: day("2026-10-12", "12-Oct-2026", "12 October 2026") });
    expect(screen.getByText("Assessment 12-Oct-2026").previousElementSibling?.textContent).toBe("Scores again");
    cleanup();
    show();
    expect(screen.queryByText("Scores again")).toBeNull();
  });

  it.each([
    [{ standing: "expires_soon", days_left: 0 }, "Ends soon until today"],
    [{ standing: "expires_soon", days_left: 1 }, "Ends soon until 20-Dec-2026, 1 day left"],
    [{ standing: "expired", days_left: -3 }, "Was valid until 20-Dec-2026"],
    [{ kind: "recorded", expires: null, days_left: null }, "Open, no last day known"],
    [{ standing: "answered", hna: HNA }, "Answered"],
    [{ standing: "withdrawn", withdraw_reason: "Moved away" }, "Withdrawn"],
  ] as [Partial<InvitationLine>, string][])("says how it stands: %o", (line, words) => {
    const { container } = show(line);
    expect(container.querySelector("#standing")?.textContent).toBe(words);
  });

  it.each([
    ["open", ["Print the invitation", "Take in answers from a file", "To the overview"]],
    ["expired", ["Invite again", "Take in answers from a file", "To the overview"]],
    ["withdrawn", ["Invite again", "Take in answers from a file", "To the overview"]],
    ["answered", ["Read the assessment", "To the overview"]],
  ] as [InvitationLine["standing"], string[]][])("offers what can be done while %s", (standing, names) => {
    show({ standing, hna: standing === "answered" ? HNA : null });
    expect([...document.querySelectorAll("footer button")].map((button) => button.textContent.trim())).toEqual(names);
    expect(screen.queryByRole("button", { name: "Withdraw the invitation" }) !== null).toBe(standing === "open" || standing === "expired");
  });

  it.each(["open", "expired"] as const)("lets no code of somebody who has died go out while it is %s, and still takes answers in", (standing) => {
    show({ standing }, { banner: aBanner({ died: day("2026-11-20", "20-Nov-2026", "20 November 2026") }) });
    expect([...document.querySelectorAll("footer button")].map((button) => button.textContent.trim())).toEqual(["Take in answers from a file", "To the overview"]);
  });

  it.each([
    ["issued", "The code is then of no use."],
    ["recorded", "Withdraw it on that website too."],
  ] as [InvitationLine["kind"], string][])("says what withdrawing does to a code that was %s", (kind, words) => {
    show({ kind });
    const said = screen.getByText(/have to be confirmed by a nurse/).textContent;
    expect(said.startsWith(words)).toBe(true);
  });

  it("is withdrawn with a reason, by the keyboard alone, and says which field lacks it", async () => {
    const { withdraw } = show();
    screen.getByRole("button", { name: "Withdraw the invitation" }).focus();
    await userEvent.keyboard("{Enter}");
    expect(document.activeElement).toBe(screen.getByLabelText("Reason"));
    withdraw.mockResolvedValueOnce({ ...problem("field"), fields: [{ field: "reason", reason: "missing" }] });
    await userEvent.keyboard("{Enter}");
    expect(await screen.findByRole("link", { name: "Enter the reason" })).toBeTruthy();
    await userEvent.type(screen.getByLabelText("Reason"), "Moved away{Enter}");
    expect(withdraw).toHaveBeenLastCalledWith("Moved away");
    await userEvent.click(screen.getByRole("button", { name: "Keep it as it is" }));
    expect(document.activeElement).toBe(screen.getByRole("button", { name: "Withdraw the invitation" }));
  });

  it("says so when it is no longer open", async () => {
    const { withdraw } = show();
    withdraw.mockResolvedValueOnce(problem("invitation_closed"));
    await userEvent.click(screen.getByRole("button", { name: "Withdraw the invitation" }));
    await userEvent.type(screen.getByLabelText("Reason"), "Moved{Enter}");
    expect((await screen.findByRole("alert")).dataset["problem"]).toBe("invitation_closed");
  });
});

describe("the assessment at home on the overview", () => {
  const doors = () => ({ name: "Sam", invite: vi.fn(), open: vi.fn(), openAnswers: vi.fn() });

  it("says that there is none yet and invites", async () => {
    const given = doors();
    render(Invitations, { invitations: [], answers: [], ...given });
    expect(screen.getByText("No invitation yet")).toBeTruthy();
    await userEvent.click(screen.getByRole("button", { name: "Invite Sam to answer at home" }));
    expect(given.invite).toHaveBeenCalled();
  });

  it("lists what came first, then who was invited when and how that stands", async () => {
    const given = doors();
    const older = anInvitation({ id: "older" as never, kind: "recorded", standing: "expired", again: HNA, on: day("2026-09-01", "01-Sep-2026", ""), expires: day("2026-10-01", "01-Oct-2026", ""), days_left: -53, sending: "sent" });
    render(Invitations, { invitations: [anInvitation(), older], answers: [anAnswersView().line], ...given });
    const rows = screen.getAllByRole("listitem").map((row) => row.textContent.replace(/\s+/g, " ").trim());
    expect(rows[0]).toBe("Answers from home, 22-Nov-2026 nobody has said yet what was done Open");
    expect(rows[1]).toBe("Code for our portal Open until 20-Dec-2026, 27 days left During treatment · invited 20-Nov-2026 by Ruth Invented Waiting to send Open");
    expect(rows[2]).toContain("Code of My Care Plan, to score again Was valid until 01-Oct-2026");
    await userEvent.click(screen.getByRole("button", { name: "Open, Answers from home, 22-Nov-2026" }));
    expect(given.openAnswers).toHaveBeenCalledWith(ANSWERS);
    await userEvent.click(screen.getByRole("button", { name: "Open, invitation of 20-Nov-2026" }));
    expect(given.open).toHaveBeenCalledWith(INVITATION);
  });

  it("invites nobody who has died, and still shows what there was", () => {
    render(Invitations, { invitations: [anInvitation()], answers: [], ...doors(), invite: null });
    expect(screen.queryByRole("button", { name: /^Invite/ })).toBeNull();
    expect(screen.getByText("Code for our portal")).toBeTruthy();
  });
});
