// What must happen before a screen may go: typed text is saved, or the person is asked. Screens register; the router asks.

/** The move that was wanted, for a guard to make once the person agrees. */
export type Move = () => void;
export type Guard = (move: Move) => Promise<boolean>;
type Kind = {
  /** Holds the first Lock back too, because an answer of the patient would be lost. A form that can be typed anew does not. */
  holdsLock?: boolean;
};

const guards = new Map<Guard, Kind>();

/** Registers a guard that answers whether the screen may be left; returns the way to take it off. */
export function beforeLeaving(guard: Guard, kind: Kind = {}): () => void {
  guards.set(guard, kind);
  return () => guards.delete(guard);
}

/** True when every guard agrees. */
export async function mayLeave(move: Move): Promise<boolean> {
  return everyOne([...guards.keys()], move);
}

/** True when every guard that holds the lock agrees. */
export async function mayLock(lock: Move): Promise<boolean> {
  return everyOne(
    [...guards].filter(([, kind]) => kind.holdsLock).map(([guard]) => guard),
    lock,
  );
}

/**
 * All are asked, so that one refusal does not keep another from saving. The newest first: what is typed on a screen is sent before the
 * record, which was there before the screen, is asked what is under way or refused.
 */
async function everyOne(asked: readonly Guard[], move: Move): Promise<boolean> {
  const answers = await Promise.all([...asked].reverse().map((guard) => guard(move)));
  return answers.every(Boolean);
}
