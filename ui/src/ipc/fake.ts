// Stands in for the application in tests: answers each command from a table, keeps what was asked, and can send events.
import { onTestFinished } from "vitest";
import type { Problem } from "./bindings";
import type { Every } from "./call";

type Answers = { [C in keyof Every]?: (request: Every[C][0]) => Every[C][1] | Promise<Every[C][1]> };
export type Asked = { command: string; request: unknown };

export class Refusal {
  constructor(readonly problem: Problem) {}
}

export function refuse(code: Problem["code"], more: Partial<Problem> = {}): never {
  throw new Refusal({ code, fields: [], seconds: null, patient: null, character: null, ...more });
}

/** A call that stays in flight until `settle` or `fail` is called. */
export function held<T>(): { promise: Promise<T>; settle: (value: T) => void; fail: (problem: Problem) => void } {
  let settle: (value: T) => void = () => {};
  let fail: (problem: Problem) => void = () => {};
  const promise = new Promise<T>((resolve, reject) => {
    settle = resolve;
    fail = (problem) => reject(new Refusal(problem));
  });
  return { promise, settle, fail };
}

/** A call that is never answered while the test lasts, as one after which the window is another one. */
export function never<T>(): Promise<T> {
  const call = held<T>();
  onTestFinished(() => call.fail({ code: "unexpected", fields: [], seconds: null, patient: null, character: null }));
  return call.promise;
}

/** Puts the fake in the window's place; returns what was asked so far and a way to send an event. */
export function fakeApplication(answers: Answers): { asked: Asked[]; send: (event: string, payload: unknown) => void; answers: Answers } {
  const asked: Asked[] = [];
  const callbacks = new Map<number, (event: unknown) => void>();
  const listeners = new Map<string, number[]>();
  let next = 0;
  const internals = {
    transformCallback(callback: (event: unknown) => void): number {
      next += 1;
      callbacks.set(next, callback);
      return next;
    },
    unregisterCallback(id: number): void {
      callbacks.delete(id);
    },
    async invoke(command: string, args: { request?: unknown; event?: string; handler?: number }): Promise<unknown> {
      if (command === "plugin:event|listen") {
        listeners.set(args.event ?? "", [...(listeners.get(args.event ?? "") ?? []), args.handler ?? 0]);
        return args.handler;
      }
      if (command === "plugin:event|unlisten") return null;
      asked.push({ command, request: args.request });
      const answer = answers[command as keyof Every] as ((request: unknown) => unknown) | undefined;
      if (!answer) throw new Error(`The fake has no answer for ${command}`);
      try {
        return structuredClone(await answer(args.request));
      } catch (failure) {
        throw failure instanceof Refusal ? failure.problem : failure;
      }
    },
  };
  Object.assign(window, { __TAURI_INTERNALS__: internals, __TAURI_EVENT_PLUGIN_INTERNALS__: { unregisterListener: () => {} } });
  const send = (event: string, payload: unknown): void => {
    for (const id of listeners.get(event) ?? []) callbacks.get(id)?.({ event, id, payload });
  };
  return { asked, send, answers };
}
