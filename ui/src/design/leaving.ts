// What must happen before a screen may go: typed text is saved, or the person is asked. Screens register; the router asks.

type Guard = () => Promise<boolean>;
const guards = new Set<Guard>();

/** Registers a guard that answers whether the screen may be left; returns the way to take it off. */
export function beforeLeaving(guard: Guard): () => void {
  guards.add(guard);
  return () => guards.delete(guard);
}

/** True when every guard agrees. All are asked, so that one refusal does not keep another from saving. */
export async function mayLeave(): Promise<boolean> {
  const answers = await Promise.all([...guards].map((guard) => guard()));
  return answers.every(Boolean);
}
