// Shapes of the commands about conflicts and ways out, until they come from Rust.
import type { Banner, Noun, RefusedLine, SendingId, When } from "./bindings";

export type Side = "ours" | "theirs";
export type ClashView = { item: string; words: string; base: string; ours: string; theirs: string };
export type TakenView = { item: string; words: string; theirs: string };
export type ConflictView = {
  sending: SendingId;
  banner: Banner | null;
  kind: Noun;
  record: string;
  when_ours: When;
  who_ours: string;
  when_theirs: When | null;
  who_theirs: string | null;
  whole: boolean;
  removed: boolean;
  same: number;
  taken: TakenView[];
  clashes: ClashView[];
};
export type ExportedRecord = { file: string; folder: string };

declare module "./bindings" {
  interface Commands {
    view_conflict: [{ sending: SendingId }, ConflictView];
    resolve_conflict: [{ sending: SendingId; choices: Array<{ item: string; side: Side }> }, RefusedLine[]];
    withdraw_sending: [{ sending: SendingId; reason: string }, RefusedLine[]];
    export_refused: [{ sending: SendingId; passphrase: string }, ExportedRecord | null];
  }
  interface RefusedLineMore {
    correct: { screen: string; record: string } | null;
  }
}
