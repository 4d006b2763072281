import { describe, expect, it } from "vitest";
import { HNA, aConcern, anHna, at, rated } from "../../ipc/examples";
import { fakeApplication, held, refuse } from "../../ipc/fake";
import type { HnaView, RateConcern } from "../../ipc/bindings";
import { HnaRecord } from "./record.svelte";

const pain = (rating: number): RateConcern => ({ hna: HNA, concern: "physical.pain", rating });
const control = (value: number) => ({ control: "answer physical.pain", value });

describe("an open assessment", () => {
  it("shows an answer at once, and counts it as saved only after the answer came", async () => {
    const first = held<HnaView>();
    fakeApplication({ rate_concern: () => first.promise });
    const record = new HnaRecord(anHna());
    const done = record.act("rate_concern", pain(8), control(8));
    expect(record.shown("answer physical.pain", 0)).toBe(8);
    expect(record.saving).toBe(1);
    expect(record.view.saved.time).toBe("09:48");
    first.settle(anHna({ saved: at("10:12") }));
    expect(await done).toBe(true);
    expect(record.saving).toBe(0);
    expect(record.view.saved.time).toBe("10:12");
  });

  it("goes back to what is saved when an answer was refused, and says why until one succeeds", async () => {
    let full = true;
    fakeApplication({ rate_concern: (request) => (full ? refuse("disk_full") : anHna({ concerns: [aConcern("physical.pain", "Pain", rated(request.rating))] })) });
    const record = new HnaRecord(anHna());
    expect(await record.act("rate_concern", pain(8), control(8))).toBe(false);
    expect(record.shown("answer physical.pain", 0)).toBe(0);
    expect(record.problem?.code).toBe("disk_full");
    full = false;
    expect(await record.act("rate_concern", pain(7), control(7))).toBe(true);
    expect(record.problem).toBeNull();
  });

  it("keeps a refusal in sight when a later answer is saved, and lets nobody leave without having seen it", async () => {
    fakeApplication({ rate_concern: () => refuse("disk_full"), tick_concern: () => anHna() });
    const record = new HnaRecord(anHna());
    await record.act("rate_concern", pain(8), control(8));
    await record.act("tick_concern", { hna: HNA, concern: "physical.sleep" }, { control: "tick physical.sleep", value: true });
    expect(record.problem?.code).toBe("disk_full");
    expect(await record.mayLeave()).toBe(false);
    expect(await record.mayLeave()).toBe(true);
    expect(record.problem).toBeNull();
  });

  it("stays saved, and may be left, when ending it is refused", async () => {
    fakeApplication({ complete_hna: () => refuse("identity_differs") });
    const record = new HnaRecord(anHna());
    expect((await record.end("complete_hna", { hna: HNA, day: "2", month: "3" }))?.code).toBe("identity_differs");
    expect(record.problem).toBeNull();
    expect(record.saving).toBe(0);
    expect(await record.mayLeave()).toBe(true);
  });

  it("is ended only after every answer under way", async () => {
    const first = held<HnaView>();
    const app = fakeApplication({ rate_concern: () => first.promise, complete_hna: () => anHna({ status: "completed" }) });
    const record = new HnaRecord(anHna());
    void record.act("rate_concern", pain(8), control(8));
    const ended = record.end("complete_hna", { hna: HNA, day: "2", month: "3" });
    await Promise.resolve();
    expect(app.asked.map((asked) => asked.command)).toEqual(["rate_concern"]);
    first.settle(anHna());
    expect(await ended).toBeNull();
    expect(record.view.status).toBe("completed");
  });

  it("may be left only when every answer under way is saved", async () => {
    const first = held<HnaView>();
    fakeApplication({ rate_concern: () => first.promise });
    const record = new HnaRecord(anHna());
    void record.act("rate_concern", pain(8), control(8));
    let left = false;
    const leaving = record.mayLeave().then((may) => (left = may));
    await Promise.resolve();
    expect(left).toBe(false);
    first.settle(anHna());
    await leaving;
    expect(left).toBe(true);
  });

  it("keeps the order in which answers were given", async () => {
    const first = held<HnaView>();
    const app = fakeApplication({ tick_concern: () => first.promise, talk_privately: () => anHna() });
    const record = new HnaRecord(anHna());
    const one = record.act("tick_concern", { hna: HNA, concern: "physical.pain" });
    const two = record.act("talk_privately", { hna: HNA, concern: "physical.pain", wanted: true });
    await Promise.resolve();
    expect(app.asked.map((asked) => asked.command)).toEqual(["tick_concern"]);
    first.settle(anHna());
    await Promise.all([one, two]);
    expect(app.asked.map((asked) => asked.command)).toEqual(["tick_concern", "talk_privately"]);
  });

  it("sends only the newest of several answers on one control that had to wait", async () => {
    const first = held<HnaView>();
    let calls = 0;
    const app = fakeApplication({ rate_concern: () => ((calls += 1) === 1 ? first.promise : anHna()) });
    const record = new HnaRecord(anHna());
    const all = [1, 2, 3, 4].map((rating) => record.act("rate_concern", pain(rating), control(rating)));
    expect(record.shown("answer physical.pain", 0)).toBe(4);
    await Promise.resolve();
    first.settle(anHna());
    expect(await Promise.all(all)).toEqual([false, false, false, true]);
    expect(app.asked.map((asked) => (asked.request as RateConcern).rating)).toEqual([4]);
    expect(record.saving).toBe(0);
  });
});
