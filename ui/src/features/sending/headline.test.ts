import { describe, expect, it } from "vitest";
import type { Sending } from "../../ipc/bindings";
import { aDesk, aSending, at } from "../../ipc/examples";
import { headline } from "./headline";

const said = (sending: Partial<Sending>, loud = true) => headline(aDesk({ sending: aSending(sending) }), loud);
const refused = { phrase: "needs_you", count: 1, needs_you: 1 } as const;

describe("what the header says of sending", () => {
  it("speaks four phrases and says why", () => {
    expect(headline(aDesk(), true)).toEqual({ phrase: "saved_here", words: "Saved here", why: "No server set up on this PC", needs: null });
    expect(said({ phrase: "waiting", count: 3, waiting: 3, reason: "no_network", at: at("08:52") })).toEqual({ phrase: "waiting", words: "Waiting to send (3)", why: "No network since 08:52", needs: null });
    expect(said({ phrase: "waiting", count: 3, waiting: 3, reason: "sending" }).why).toBe("Sending now");
    expect(said({ phrase: "waiting", count: 3, waiting: 3, reason: "server_unusable" })).toEqual({ phrase: "waiting", words: "Waiting to send (3)", why: "Server not usable: tell your IT team", needs: null });
    expect(said({ phrase: "sent", at: at("14:05") })).toEqual({ phrase: "sent", words: "Sent 14:05", why: "Nothing waiting", needs: null });
    expect(said({ ...refused, sent: at("14:04") })).toEqual({ phrase: "needs_you", words: "Needs you (1)", why: "Last sent 14:04", needs: null });
  });

  it("gives a time of another day with its date", () => {
    expect(said({ phrase: "sent", at: at("16:52", "20-Nov-2026") }).words).toBe("Sent 20-Nov-2026 16:52");
    expect(said({ phrase: "waiting", count: 1, waiting: 1, reason: "server_busy", at: at("16:52", "20-Nov-2026") }).why).toBe("The trust’s server has been busy since 20-Nov-2026 16:52");
  });

  it("keeps what needs a person out of the phrase beside a patient, and stands it out on Today", () => {
    const both = { ...refused, waiting: 3, reason: "no_network", at: at("08:52") } as const;
    expect(said(both, true)).toEqual({ phrase: "waiting", words: "Waiting to send (3)", why: "No network since 08:52", needs: "Needs you (1)" });
    expect(said(both, false)).toEqual({ phrase: "waiting", words: "Waiting to send (3)", why: "No network since 08:52 · 1 needs you", needs: null });
    expect(said({ ...refused, count: 2, needs_you: 2, sent: at("14:04") }, false)).toEqual({ phrase: "sent", words: "Sent 14:04", why: "2 need you", needs: null });
    expect(said(refused, false)).toEqual({ phrase: "saved_here", words: "Saved here", why: "1 needs you", needs: null });
  });

  it("never says that something is being sent that may wait behind a refused record", () => {
    expect(said({ ...refused, waiting: 2 }).why).toBe("Nothing sent yet");
    expect(said({ ...refused, waiting: 2, sent: at("14:04") }).why).toBe("Last sent 14:04");
  });

  it("says in training mode that nothing is sent", () => {
    expect(headline(aDesk({ training: true }), true).why).toBe("Nothing is sent");
  });
});
