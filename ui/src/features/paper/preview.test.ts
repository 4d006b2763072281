import { describe, expect, it, vi } from "vitest";
import type { PaperOf, PaperView } from "../../ipc/bindings";
import { PLAN, SUMMARY, aPaper } from "../../ipc/examples";
import { fakeApplication, held, refuse } from "../../ipc/fake";
import { Preview } from "./preview.svelte";

const of = (kind: PaperOf["kind"], version: number | null = null): PaperOf => ({ kind, record: SUMMARY, version });

describe("a preview", () => {
  it("asks one at a time, and of several wishes only for the last", async () => {
    const first = held<PaperView>();
    let calls = 0;
    const app = fakeApplication({ preview_paper: () => ((calls += 1) === 1 ? first.promise : aPaper({ points: 20 })) });
    const preview = new Preview();
    const done = preview.show(of("summary_patient"));
    for (const version of [1, 2, 3]) void preview.show(of("summary_patient", version));
    expect(app.asked).toHaveLength(1);
    first.settle(aPaper());
    await done;
    expect(app.asked.map((asked) => (asked.request as PaperOf).version)).toEqual([null, 3]);
    expect(preview.view?.points).toBe(20);
  });

  it("never shows the other copy under the name of the one that was chosen meanwhile", async () => {
    const first = held<PaperView>();
    const second = held<PaperView>();
    let calls = 0;
    const app = fakeApplication({ preview_paper: () => ((calls += 1) === 1 ? first.promise : second.promise) });
    const preview = new Preview();
    const done = preview.show(of("summary_patient"));
    void preview.show(of("summary_gp"));
    first.settle(aPaper());
    await vi.waitFor(() => expect(app.asked).toHaveLength(2));
    expect(preview.view).toBeNull();
    second.settle(aPaper({ kind: "summary_gp" }));
    await done;
    expect(preview.view?.kind).toBe("summary_gp");
  });

  it("shows nothing of one record beside what is said of another", async () => {
    const late = held<PaperView>();
    let answer: () => unknown = () => aPaper();
    fakeApplication({ preview_paper: () => answer() as PaperView });
    const preview = new Preview();
    await preview.show(of("summary_patient"));
    answer = () => refuse("gone");
    await preview.show({ ...of("summary_patient"), record: PLAN });
    expect([preview.view, preview.problem?.code]).toEqual([null, "gone"]);
    answer = () => late.promise;
    const done = preview.show(of("summary_patient"));
    expect([preview.view, preview.problem]).toEqual([null, null]);
    answer = () => refuse("gone");
    void preview.show({ ...of("summary_patient"), record: PLAN });
    late.settle(aPaper());
    await done;
    expect([preview.view, preview.problem?.code]).toEqual([null, "gone"]);
  });

  it("keeps the last pages and says why there are no newer ones, until there are", async () => {
    let broken = true;
    fakeApplication({ preview_paper: () => (broken ? refuse("no_glyph", { character: "☃" }) : aPaper()) });
    const preview = new Preview();
    await preview.show(of("summary_patient"));
    expect([preview.view, preview.problem?.character]).toEqual([null, "☃"]);
    broken = false;
    await preview.show(of("summary_patient"));
    broken = true;
    await preview.show(of("summary_patient"));
    expect(preview.view?.pages).toHaveLength(2);
    expect(preview.problem?.code).toBe("no_glyph");
  });
});
