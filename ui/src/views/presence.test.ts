import { describe, expect, it, vi } from "vitest";
import { fakeApplication } from "../ipc/fake";
import { watchPresence } from "./presence";

const key = (): boolean => window.dispatchEvent(new KeyboardEvent("keydown", { key: "a" }));

describe("presence", () => {
  it("tells of a key at once, then at most every ten seconds, and at once while the lock is announced", async () => {
    const app = fakeApplication({ stay: () => null });
    let now = 0;
    let soon = false;
    let open = true;
    const end = watchPresence({ open: () => open, soon: () => soon, now: () => now });
    const told = async (): Promise<number> => {
      key();
      await vi.waitFor(() => expect(document.body.dataset["busy"]).toBeUndefined());
      return app.asked.length;
    };
    expect(await told()).toBe(1);
    now = 9_999;
    expect(await told()).toBe(1);
    now = 10_000;
    expect(await told()).toBe(2);
    now = 10_001;
    soon = true;
    expect(await told()).toBe(3);
    open = false;
    expect(await told()).toBe(3);
    open = true;
    end();
    expect(await told()).toBe(3);
    expect(app.asked[0]).toEqual({ command: "stay", request: null });
  });
});
