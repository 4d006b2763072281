// A question that changes faster than it is answered, as while somebody types: only the newest counts.

export type Newest<Q> = {
  /** Asks, at once or as soon as the question under way is answered; a question that waited already is given up. */
  ask: (question: Q) => void;
  /** Nothing asked so far is wanted any more. */
  drop: () => void;
};

/** Asks one question at a time; hands over an answer only when nothing newer was asked and nothing was dropped meanwhile. */
export function newest<Q, A>(put: (question: Q) => Promise<A>, take: (answer: A) => void): Newest<Q> {
  let running = false;
  let waiting: { question: Q } | null = null;
  let wanted = 0;
  const run = async (question: Q): Promise<void> => {
    running = true;
    const mine = wanted;
    try {
      const answer = await put(question);
      if (mine === wanted) take(answer);
    } finally {
      running = false;
      const next = waiting;
      waiting = null;
      if (next) void run(next.question);
    }
  };
  return {
    ask(question) {
      wanted += 1;
      if (running) waiting = { question };
      else void run(question);
    },
    drop() {
      wanted += 1;
      waiting = null;
    },
  };
}
