// Somebody is at the patient's page: the application is told now and then, and the person before the page closes for want of a sign.
import { call } from "../ipc/call";

/** The application counts from the last it was told, so the page counts from there as well. */
const EVERY_MS = 20_000;
const WARN_MS = 60_000;

type Watch = {
  /** After so many minutes without a sign the PC locks. */
  minutes: number;
  /** True a minute before; false when somebody is there again. */
  tell: (soon: boolean) => void;
  now?: () => number;
};

/** Returns the way to end it. */
export function watchPatient({ minutes, tell, now = () => performance.now() }: Watch): () => void {
  let last = now();
  let soon = false;
  let timer = setTimeout(warn, minutes * 60_000 - WARN_MS);

  function warn(): void {
    soon = true;
    tell(true);
  }

  function here(): void {
    if (!soon && now() - last < EVERY_MS) return;
    last = now();
    if (soon) tell(false);
    soon = false;
    clearTimeout(timer);
    timer = setTimeout(warn, minutes * 60_000 - WARN_MS);
    void call("patient_front");
  }

  const signs = ["keydown", "pointerdown", "pointermove", "wheel"] as const;
  for (const sign of signs) window.addEventListener(sign, here, { passive: true, capture: true });
  return () => {
    clearTimeout(timer);
    for (const sign of signs) window.removeEventListener(sign, here, { capture: true });
  };
}
