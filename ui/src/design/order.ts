// Moving in a short list that somebody puts in order. Pure: the record decides what is saved.

/** The order with one key a place higher (-1) or lower (1); the same order when it is at that end. */
export function moved(order: readonly string[], key: string, by: -1 | 1): string[] {
  const from = order.indexOf(key);
  const to = from + by;
  if (from < 0 || to < 0 || to >= order.length) return [...order];
  const without = order.filter((other) => other !== key);
  return [...without.slice(0, to), key, ...without.slice(to)];
}
