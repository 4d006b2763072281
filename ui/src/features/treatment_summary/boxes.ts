// The boxes of the open section in which something may be typed and not yet saved.
import type { SvelteSet } from "svelte/reactivity";

export type Box = {
  /** The id of its control. */
  id: () => string;
  unsaved: () => boolean;
  /** True when nothing is left unsaved. */
  save: () => Promise<boolean>;
  /** Why what was typed is not taken, or null. */
  fault: () => string | null;
};

export type Boxes = SvelteSet<Box>;
