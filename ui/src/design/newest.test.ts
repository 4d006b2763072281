import { describe, expect, it } from "vitest";
import { held } from "../ipc/fake";
import { newest } from "./newest";

const turn = (): Promise<void> => new Promise((done) => setTimeout(done, 0));

function asking(): { ask: (question: string) => void; drop: () => void; put: string[]; taken: string[]; answer: () => Promise<void> } {
  const put: string[] = [];
  const taken: string[] = [];
  const open: Array<() => void> = [];
  const question = newest<string, string>(
    (asked) => {
      put.push(asked);
      const answer = held<string>();
      open.push(() => answer.settle(`${asked}!`));
      return answer.promise;
    },
    (answer) => taken.push(answer),
  );
  return { ...question, put, taken, answer: async () => (open.shift()?.(), turn()) };
}

describe("newest", () => {
  it("asks one at a time and leaves out what was overtaken", async () => {
    const it = asking();
    for (const question of ["a", "ab", "abc"]) it.ask(question);
    expect(it.put).toEqual(["a"]);
    await it.answer();
    expect([it.put, it.taken]).toEqual([["a", "abc"], []]);
    await it.answer();
    expect(it.taken).toEqual(["abc!"]);
  });

  it("takes no answer to what was dropped, and goes on afterwards", async () => {
    const it = asking();
    it.ask("a");
    it.ask("ab");
    it.drop();
    await it.answer();
    expect([it.put, it.taken]).toEqual([["a"], []]);
    it.ask("b");
    await it.answer();
    expect(it.taken).toEqual(["b!"]);
  });
});
