import { render, screen, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import type { FindingLine, ServerKeyView, ServerReport, ServerView } from "../../ipc/bindings";
import { at } from "../../ipc/examples";
import { fakeApplication, refuse } from "../../ipc/fake";
import Server from "./Server.svelte";

const aKey = (more: Partial<ServerKeyView> = {}): ServerKeyView => ({ is_needed: true, has_key: true, has_certificate: false, signed_in: "yes", said: "", clock_minutes: 0, ...more });
const aFinding = (more: Partial<FindingLine> = {}): FindingLine => ({ check: "rollback", asked: "Sent a transaction that could not be done.", came: "412", safe: "safe", means: "Done as a whole or not at all.", specification: "FHIR R4 3.1.0.11.2", ...more });
const aReport = (more: Partial<ServerReport> = {}): ServerReport => ({ at: at("09:12"), address: "https://fhir.invented/r4", of_another: false, software: "Invented 3", verdict: "Records are sent to this server.", findings: [aFinding()], left: [], ...more });
const aView = (more: Partial<ServerView> = {}): ServerView => ({ address: "https://fhir.invented/r4", unusable: false, authorities: ["BA:78:16"], key: aKey(), checking: null, failed: null, report: null, ...more });

const show = (): void => void render(Server, { back: { label: "Colleagues", go: vi.fn() } });
const press = (name: string): Promise<void> => userEvent.click(screen.getByRole("button", { name }));

describe("the trust's server", () => {
  it("says where records go, whom it trusts, and who this PC is there", async () => {
    fakeApplication({ read_server: () => aView({ key: aKey({ signed_in: "refused", said: "invalid_client <b>no</b>", clock_minutes: 12 }) }) });
    show();
    expect(await screen.findByText("https://fhir.invented/r4")).toBeTruthy();
    expect(screen.getByText("BA:78:16")).toBeTruthy();
    expect(document.querySelector("#signed-in")?.textContent).toBe("Refused: invalid_client <b>no</b>");
    expect(document.querySelector("main b")).toBeNull();
    expect(screen.getByText("This PC’s clock is 12 minutes behind the server’s.")).toBeTruthy();
    expect(screen.getByText(/has not been checked yet/)).toBeTruthy();
  });

  it("offers no check without a server, and says what is so", async () => {
    fakeApplication({ read_server: () => aView({ address: null, authorities: [], key: aKey({ is_needed: false, has_key: false }) }) });
    show();
    expect(await screen.findByText(/No server is set up on this PC/)).toBeTruthy();
    expect(screen.queryByRole("button", { name: /^Check/ })).toBeNull();
  });

  it("begins a check, follows it, and shows each answer with what it means", async () => {
    const app = fakeApplication({ read_server: () => aView(), check_server: () => aView({ checking: { done: 0, total: 19 } }) });
    show();
    await screen.findByText(/has not been checked yet/);
    await press("Check the server");
    expect(await screen.findByText(/0 of 19 questions answered/)).toBeTruthy();
    expect(screen.queryByRole("button", { name: /^Check/ })).toBeNull();
    const gap = aFinding({ check: "stale_version_in_transaction", came: "200", safe: "handled", means: "A gap remains." });
    app.answers.read_server = () => aView({ report: aReport({ findings: [aFinding(), gap], left: ["Basic/x"] }) });
    app.send("changed", ["server"]);
    const table = within(await screen.findByRole("table"));
    const row = table.getAllByRole("row")[2];
    for (const words of ["Handled", "200", "A gap remains."]) expect(row?.textContent).toContain(words);
    expect(screen.getByText("Basic/x")).toBeTruthy();
    expect(document.querySelector("#checked")?.textContent).toBe("Checked 23-Nov-2026, 09:12: https://fhir.invented/r4");
    expect(document.querySelector("#software")?.textContent).toBe("It calls itself Invented 3.");
    expect(screen.getByRole("button", { name: "Check the server again" })).toBeTruthy();
  });

  it("says why a check found nothing, and that a report is of another server", async () => {
    fakeApplication({ read_server: () => aView({ failed: "sign_in", report: aReport({ of_another: true }) }) });
    show();
    expect(await screen.findByText("The server does not know this PC. Nothing was found out.")).toBeTruthy();
    expect(screen.getByText(/another server than the one/)).toBeTruthy();
  });

  it("saves the report and says where; a dialog that was closed says nothing", async () => {
    const app = fakeApplication({ read_server: () => aView({ report: aReport() }), save_server_report: ({ format }) => (format === "json" ? null : { folder: "/srv/it", file: "server-check-2026-11-23.txt", at: at("09:14") }) });
    show();
    await screen.findByRole("table");
    await press("Save the report as text");
    expect(await screen.findByText("Saved server-check-2026-11-23.txt in /srv/it")).toBeTruthy();
    await press("Save it as JSON");
    expect(screen.queryByText(/^Saved/)).toBeNull();
    expect(app.asked.at(-1)).toEqual({ command: "save_server_report", request: { format: "json" } });
  });

  it("takes in a key, says to destroy the file, and shows what is known then; what is no key changes nothing", async () => {
    const missing = aKey({ has_key: false, signed_in: "not_asked" });
    const app = fakeApplication({ read_server: () => aView({ key: missing }), take_in_server_key: () => ({ outcome: "key", file: "pc-3.pem", key: aKey() }) });
    show();
    expect(await screen.findByText("Missing: nothing can be sent")).toBeTruthy();
    app.answers.read_server = () => aView();
    await press("Take in a key or certificate");
    expect(await screen.findByText(/Destroy the file now/)).toBeTruthy();
    expect(document.querySelector("#server-key")?.textContent).toBe("Taken in");
    app.answers.take_in_server_key = () => ({ outcome: "refused", file: "letter.txt", key: aKey() });
    await press("Take in a key or certificate");
    expect(await screen.findByText(/letter.txt is no key/)).toBeTruthy();
  });

  it("says what was refused", async () => {
    fakeApplication({ read_server: () => refuse("not_allowed") });
    show();
    expect(await screen.findByText(/does not allow this/)).toBeTruthy();
  });
});
