// What a paper looks like now: asks for it again when told to, one request at a time, and shows the newest answer.
import type { PaperOf, PaperView, Problem } from "../../ipc/bindings";
import { call } from "../../ipc/call";

export class Preview {
  /** The newest pages that could be drawn. */
  view = $state.raw<PaperView | null>(null);
  /** Why the paper cannot be drawn as it stands. */
  problem = $state<Problem | null>(null);

  /** Not the view's: whoever wants a paper must not want it again because it has come. */
  #record: string | null = null;
  #wanted: PaperOf | null = null;
  #asking = false;

  /** Wants this paper drawn. Of several wishes while one is under way, only the last is asked for. */
  async show(paper: PaperOf): Promise<void> {
    // Pages and banner of another record must not stand beside what is said of this one.
    if (this.#record !== paper.record) {
      this.#record = paper.record;
      this.view = null;
      this.problem = null;
    }
    this.#wanted = paper;
    if (this.#asking) return;
    this.#asking = true;
    while (this.#wanted) {
      const asked: PaperOf = this.#wanted;
      this.#wanted = null;
      const reply = await call("preview_paper", asked);
      // Another paper was chosen meanwhile: this answer would stand under the wrong name.
      const next = this.#wanted as PaperOf | null;
      if (next && (next.kind !== asked.kind || next.record !== asked.record)) continue;
      if (reply.ok) this.view = reply.value;
      const problem = reply.ok ? null : reply.problem;
      // The same problem once more is not said once more.
      if (JSON.stringify(problem) !== JSON.stringify(this.problem)) this.problem = problem;
    }
    this.#asking = false;
  }
}
