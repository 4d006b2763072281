// What is typed about one concern: the patient's words and the actions that are open for writing.
import { SvelteMap } from "svelte/reactivity";
import { Typed } from "../../design/typed.svelte";
import type { ActionKind, ActionView, ConcernKey, Field, OwnerKind } from "../../ipc/bindings";
import type { PlanRecord } from "./record.svelte";
import { mattersId } from "./words";

/** An action as it stands in its controls: an empty text where nothing is chosen. */
export type Row = { kind: ActionKind | ""; what: string; owner: OwnerKind | ""; owner_name: string; due: string };

export class ConcernDraft {
  readonly matters: Typed<string>;
  /** The rows that are open, by the key of their action. */
  readonly rows = new SvelteMap<string, Typed<Row>>();
  #record: PlanRecord;
  #concern: ConcernKey;

  constructor(record: PlanRecord, concern: ConcernKey) {
    this.#record = record;
    this.#concern = concern;
    const plan = record.view.id;
    this.matters = new Typed(this.#saved?.matters ?? "", (words) => record.act("write_what_matters", { plan, concern, words }, { control: `matters ${concern}`, value: words }));
  }

  get unsaved(): boolean {
    return this.matters.unsaved || [...this.rows.values()].some((row) => row.unsaved);
  }

  /** What was typed here and not taken, by the name of its control. */
  get refused(): Field[] {
    const of = (control: string): Field[] => this.#record.refusedAt(control)?.fields ?? [];
    return [
      ...of(`matters ${this.#concern}`).map(({ reason }) => ({ field: mattersId(this.#concern), reason })),
      ...[...this.rows.keys()].flatMap((key) => of(`action ${key}`).map(({ field, reason }) => ({ field: `${field}-${key}`, reason }))),
      ...of("add_action"),
    ];
  }

  /** Opens an action for writing, and closes the others that are saved. */
  open(action: ActionView): void {
    for (const [key, row] of this.rows) {
      if (key !== action.key && !row.unsaved && !this.#record.refusedAt(`action ${key}`)) this.#close(key);
    }
    if (this.rows.has(action.key)) return;
    const { key } = action;
    this.rows.set(key, new Typed(rowOf(action), (row) => this.#write(key, row), () => this.#asSaved(key)));
  }

  /** Adds an action as the last of the concern, open for writing; its key, or null when it was refused. */
  async add(): Promise<string | null> {
    const before = this.#saved?.actions.map((action) => action.key) ?? [];
    if (!(await this.#record.act("add_action", { plan: this.#record.view.id, concern: this.#concern }))) return null;
    const added = this.#saved?.actions.find((action) => !before.includes(action.key));
    if (added) this.open(added);
    return added?.key ?? null;
  }

  /** True when it is gone. What was typed into it goes with it; a write that waits is sent first, for the removal may be refused. */
  async remove(action: string): Promise<boolean> {
    this.rows.get(action)?.stop();
    if (!(await this.#record.act("remove_action", { plan: this.#record.view.id, action }, { control: `remove ${action}`, value: null }))) return false;
    this.#record.giveUp(`action ${action}`);
    this.#close(action);
    return true;
  }

  /** The box for what matters was left. */
  saveMatters(): Promise<boolean> {
    return this.#record.settle(`matters ${this.#concern}`, this.matters);
  }

  /** A control of an open action was left. */
  async saveRow(key: string): Promise<boolean> {
    const row = this.rows.get(key);
    return row ? this.#record.settle(`action ${key}`, row) : true;
  }

  /** True when nothing typed is left unsaved. */
  async save(): Promise<boolean> {
    const saved = await Promise.all([this.saveMatters(), ...[...this.rows.keys()].map((key) => this.saveRow(key))]);
    return saved.every(Boolean);
  }

  stop(): void {
    this.matters.stop();
    for (const row of this.rows.values()) row.stop();
  }

  get #saved() {
    return this.#record.view.concerns.find((concern) => concern.key === this.#concern);
  }

  #close(key: string): void {
    this.rows.get(key)?.stop();
    this.rows.delete(key);
  }

  /** How a row reads once saved: the day in full, the rest as it was typed, for somebody may be typing on. */
  #asSaved(key: string): Row | null {
    const row = this.rows.get(key);
    const action = this.#saved?.actions.find((found) => found.key === key);
    return row && action ? { ...row.value, due: action.due?.short ?? "" } : null;
  }

  #write(action: string, row: Row): Promise<boolean> {
    const request = { plan: this.#record.view.id, action, ...row, what: oneLine(row.what), kind: row.kind || null, owner: row.owner || null };
    return this.#record.act("write_action", request, { control: `action ${action}`, value: row });
  }
}

function rowOf(action: ActionView): Row {
  return { kind: action.kind ?? "", what: action.what, owner: action.owner ?? "", owner_name: action.owner_name, due: action.due?.short ?? "" };
}

/** What was agreed is one line, however the box breaks it. */
function oneLine(text: string): string {
  return text.replace(/\s*[\r\n]+\s*/g, " ");
}
