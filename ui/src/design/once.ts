// A form that is being sent is not sent again: a second Enter would register or add the same thing twice.

/** Wraps what a form or its button does, so that it runs once at a time and the page never reloads. */
export function once<E extends Event = Event>(act: (event: E) => Promise<void>): (event: E) => Promise<void> {
  let running = false;
  return async (event) => {
    event.preventDefault();
    if (running) return;
    running = true;
    try {
      await act(event);
    } finally {
      running = false;
    }
  };
}
