// The only listener: what the application tells the window without being asked.
import { listen } from "@tauri-apps/api/event";
import type { Noun } from "./bindings";

/** Records of these nouns have changed. */
export function onChanged(tell: (nouns: Noun[]) => void): () => void {
  return hear<Noun[]>("changed", tell);
}

/** Seconds until the PC locks for want of a key or pointer; null when someone is there again. */
export function onLockSoon(tell: (seconds: number | null) => void): () => void {
  return hear<number | null>("lock_soon", tell);
}

function hear<T>(event: string, tell: (payload: T) => void): () => void {
  const ending = listen<T>(event, (heard) => tell(heard.payload));
  return () => void ending.then((end) => end());
}
