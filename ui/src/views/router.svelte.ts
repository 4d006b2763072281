// The only router: which screen stands in the window, and what is known of the desk. Every move keeps the place.
import { mayLeave, mayLock } from "../design/leaving";
import { Undecided } from "../features/conflict/undecided";
import type { Desk, Front, Problem } from "../ipc/bindings";
import { call } from "../ipc/call";
import { isOutside, placeOf, screenAt, type At, type Screen } from "./screen";

/** How long Lock waits for answers under way before it locks without them. */
const LOCK_WAITS_MS = 5_000;

export class Router {
  screen = $state<Screen>({ name: "lock" });
  /** Counts the moves, so that going to the screen one is on shows it afresh. */
  move = $state(0);
  front = $state<Front | null>(null);
  desk = $state<Desk | null>(null);
  problem = $state<Problem | null>(null);
  /** The guide, which lies over the screen and leaves it as it is; null while it is closed. It is never kept as a place. */
  guide = $state<At<"guide"> | null>(null);
  /** Something typed could not be saved when Lock was pressed: the next press locks without it. */
  lockHeldBack = $state(false);
  /** What was chosen of conflicts that were left for later. */
  readonly undecided = new Undecided();

  /** Goes back to the open desk when there is one, as after a reload of the page; else shows the door. */
  async start(): Promise<void> {
    const open = await call("desk");
    if (open.ok) this.enter(open.value);
    else await this.toTheDoor();
  }

  /** Reads how the PC stands and shows the door. */
  async toTheDoor(): Promise<void> {
    const reply = await call("front");
    this.desk = null;
    this.undecided.clear();
    this.lockHeldBack = false;
    if (!reply.ok) {
      this.problem = reply.problem;
      this.#show({ name: "cannot_open" });
      return;
    }
    this.problem = null;
    this.front = reply.value;
    if (reply.value.handed_back && (await this.#comeBack())) return;
    this.#show({ name: reply.value.state === "fresh" ? "first_start" : "lock" });
  }

  /** The patient gave the PC back and the PIN was right: goes on as after unlocking. False when that is not possible, and why stands at the door. */
  async #comeBack(): Promise<boolean> {
    const reply = await call("come_back");
    if (reply.ok) this.enter(reply.value);
    else this.problem = reply.problem;
    return reply.ok;
  }

  /** Reads the front again without moving: the clock, and whether the key store has come back. */
  async refreshFront(): Promise<void> {
    const reply = await call("front");
    if (reply.ok && this.desk === null) this.front = reply.value;
  }

  /** Opens the desk at the place it was left, or at what must come first. */
  enter(desk: Desk): void {
    this.desk = desk;
    if (desk.by_recovery_code) this.#arrive({ name: "staff" });
    else this.#arrive(this.#allowed(screenAt(desk.place) ?? { name: "today" }));
  }

  /** Moves, once everything typed on the screen is saved or given up. */
  async go(screen: Screen): Promise<void> {
    if (!(await mayLeave(() => void this.go(screen)))) return;
    this.lockHeldBack = false;
    this.#arrive(this.#allowed(screen));
  }

  /** Opens the guide over the screen, at what this screen is for. */
  openGuide(): void {
    if (this.desk && !isOutside(this.screen)) this.guide = { name: "guide", over: this.screen.name };
  }

  closeGuide(): void {
    this.guide = null;
  }

  async lock(): Promise<void> {
    // A disk that hangs must not keep the PC open.
    const may = await Promise.race([mayLock(() => void this.lock()), new Promise<boolean>((late) => setTimeout(() => late(true), LOCK_WAITS_MS))]);
    if (!may && !this.lockHeldBack) {
      this.lockHeldBack = true;
      return;
    }
    const reply = await call("lock");
    if (reply.ok || reply.problem.code === "locked") await this.toTheDoor();
    else this.problem = reply.problem;
  }

  async refreshDesk(): Promise<void> {
    const reply = await call("desk");
    if (reply.ok && this.desk) this.desk = reply.value;
  }

  /** Until two ways in exist, the recovery code comes first. */
  #allowed(screen: Screen): Screen {
    const first = this.desk !== null && !this.desk.ready && this.desk.nurse.key_holder && !this.desk.by_recovery_code;
    return first ? { name: "recovery_code" } : screen;
  }

  #arrive(screen: Screen): void {
    this.#show(screen);
    // A place that cannot be kept costs a few clicks after the next lock, never an answer: nothing to say.
    if (this.desk && !isOutside(screen)) void call("keep_place", placeOf(screen));
  }

  #show(screen: Screen): void {
    this.guide = null;
    this.screen = screen;
    this.move += 1;
  }
}
