import { describe, expect, it, vi } from "vitest";
import { once } from "./once";

describe("once", () => {
  it("does not send again while it is being sent, and does afterwards", async () => {
    let done = (): void => {};
    const act = vi.fn(() => new Promise<void>((resolve) => (done = resolve)));
    const submit = once(act);
    const event = { preventDefault: vi.fn() } as unknown as SubmitEvent;
    const first = submit(event);
    await submit(event);
    expect(act).toHaveBeenCalledOnce();
    done();
    await first;
    void submit(event);
    expect(act).toHaveBeenCalledTimes(2);
    expect(event.preventDefault).toHaveBeenCalledTimes(3);
  });
});
