// What Ctrl+P does on the screen that stands in the window: a screen that can be printed says so while it is there.

let act: (() => void) | null = null;

/** Registers what leads to the paper of this screen; returns the way to take it off. */
export function onPrint(open: () => void): () => void {
  act = open;
  return () => {
    if (act === open) act = null;
  };
}

/** Ctrl+P was pressed: nothing happens where there is nothing to print. */
export function toPaper(): void {
  act?.();
}
