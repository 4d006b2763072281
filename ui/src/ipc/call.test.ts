import { beforeEach, describe, expect, it, vi } from "vitest";
import { HNA, anHna } from "./examples";
import { fakeApplication, held, refuse } from "./fake";
import { call, onLocked } from "./call";
import { onChanged, onLockSoon } from "./changes";
import type { HnaView } from "./bindings";

const request = { hna: HNA, concern: "physical.pain", rating: 8 };

describe("call", () => {
  beforeEach(() => onLocked(() => {}));

  it("hands the request over under the one name the commands take", async () => {
    const app = fakeApplication({ rate_concern: () => anHna() });
    expect(await call("rate_concern", request)).toEqual({ ok: true, value: anHna() });
    expect(app.asked).toEqual([{ command: "rate_concern", request }]);
  });

  it("answers with the problem instead of throwing", async () => {
    fakeApplication({ rate_concern: () => refuse("disk_full") });
    const reply = await call("rate_concern", request);
    expect(reply.ok ? null : reply.problem.code).toBe("disk_full");
  });

  it("calls anything it does not know unexpected", async () => {
    fakeApplication({
      rate_concern: () => {
        throw new Error("text nobody should match on");
      },
    });
    const reply = await call("rate_concern", request);
    expect(reply.ok ? null : reply.problem).toEqual({ code: "unexpected", fields: [], seconds: null, patient: null, character: null });
  });

  it("marks the window busy from the first call until the last answer is shown", async () => {
    const first = held<HnaView>();
    fakeApplication({ rate_concern: () => first.promise, desk: () => refuse("locked") });
    const one = call("rate_concern", request);
    expect(document.body.dataset["busy"]).toBe("true");
    await call("desk");
    expect(document.body.dataset["busy"]).toBe("true");
    first.settle(anHna());
    await one;
    await vi.waitFor(() => expect(document.body.dataset["busy"]).toBeUndefined());
  });

  it("tells when the application answers that it is locked", async () => {
    const told = vi.fn();
    onLocked(told);
    fakeApplication({ desk: () => refuse("locked") });
    await call("desk");
    expect(told).toHaveBeenCalledOnce();
  });

  it("hears the two events", async () => {
    const app = fakeApplication({});
    const changed = vi.fn();
    const soon = vi.fn();
    onChanged(changed);
    onLockSoon(soon);
    await Promise.resolve();
    app.send("changed", ["hna"]);
    app.send("lock_soon", 60);
    app.send("lock_soon", null);
    expect(changed).toHaveBeenCalledWith(["hna"]);
    expect(soon.mock.calls).toEqual([[60], [null]]);
  });
});
