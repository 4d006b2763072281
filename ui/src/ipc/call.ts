// The only door out of the window. A call never throws: the answer says whether it was done, and if not, why in words the screen has.
import { invoke } from "@tauri-apps/api/core";
import type { Code, Commands, PatientCommands, Problem } from "./bindings";

export type Reply<T> = { ok: true; value: T } | { ok: false; problem: Problem };

/** The commands of both windows; each window is refused those of the other. */
export interface Every extends Commands, PatientCommands {}

type Request<C extends keyof Every> = Every[C][0] extends null ? [] : [request: Every[C][0]];

export async function call<C extends keyof Every>(command: C, ...request: Request<C>): Promise<Reply<Every[C][1]>> {
  begin();
  try {
    return { ok: true, value: await invoke<Every[C][1]>(command, { request: request[0] ?? null }) };
  } catch (failure) {
    const problem = asProblem(failure);
    if (problem.code === "locked") whenLocked?.();
    return { ok: false, problem };
  } finally {
    end();
  }
}

/** What to do when the application answers that it is locked. */
export function onLocked(act: () => void): void {
  whenLocked = act;
}

export function problem(code: Code): Problem {
  return { code, fields: [], seconds: null, patient: null, character: null };
}

let whenLocked: (() => void) | null = null;
let inFlight = 0;

function begin(): void {
  inFlight += 1;
  document.body.dataset["busy"] = "true";
}

function end(): void {
  // After the next turn of the event loop, so that "not busy" also means that the answer is on the screen.
  setTimeout(() => {
    inFlight -= 1;
    if (inFlight === 0) delete document.body.dataset["busy"];
  }, 0);
}

function asProblem(failure: unknown): Problem {
  if (typeof failure === "object" && failure !== null && "code" in failure && typeof failure.code === "string") {
    return { ...problem("unexpected"), ...(failure as Partial<Problem>) };
  }
  return problem("unexpected");
}
