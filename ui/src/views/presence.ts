// Tells the application that someone is at the PC, so that it does not lock under their hands.
import { call } from "../ipc/call";

const EVERY_MS = 10_000;

type Watch = {
  /** Is a desk open? A locked PC has nothing to stay. */
  open: () => boolean;
  /** Is the lock announced? Then each sign of life counts at once. */
  soon: () => boolean;
  now?: () => number;
};

export function watchPresence({ open, soon, now = () => performance.now() }: Watch): () => void {
  let last = -Infinity;
  let saying = false;
  const here = async (): Promise<void> => {
    if (!open() || saying || (!soon() && now() - last < EVERY_MS)) return;
    saying = true;
    last = now();
    await call("stay");
    saying = false;
  };
  const signs = ["keydown", "pointerdown", "pointermove", "wheel"] as const;
  for (const sign of signs) window.addEventListener(sign, here, { passive: true, capture: true });
  return () => {
    for (const sign of signs) window.removeEventListener(sign, here, { capture: true });
  };
}
