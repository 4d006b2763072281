// Moving in the short list of what matters most. Pure: the record decides what is saved.
import type { ConcernKey } from "../../ipc/bindings";

/** The order with one concern a place higher (-1) or lower (1); the same order when it is at that end. */
export function moved(order: readonly ConcernKey[], key: ConcernKey, by: -1 | 1): ConcernKey[] {
  const from = order.indexOf(key);
  const to = from + by;
  if (from < 0 || to < 0 || to >= order.length) return [...order];
  const without = order.filter((other) => other !== key);
  return [...without.slice(0, to), key, ...without.slice(to)];
}
