// Every word on the screen comes through here: Fluent messages of assets/words, named by the closed union of their keys.
// The words of paper are read by Rust alone and left out.
import { FluentBundle, FluentResource } from "@fluent/bundle";
import type { WordKey } from "./keys";
import { bracketed, stretched, triedLanguage } from "./tried";

export type { WordKey } from "./keys";
export type Values = Record<string, string | number>;

const files: Record<string, string> = import.meta.glob(["../../../assets/words/en-GB/*.ftl", "!**/paper.ftl"], { query: "?raw", import: "default", eager: true });

const tried = triedLanguage();
if (tried === "rtl") document.documentElement.dir = "rtl";
const bundle = new FluentBundle("en-GB", { useIsolating: false, ...(tried === "pseudo" ? { transform: stretched } : {}) });
for (const text of Object.values(files)) bundle.addResource(new FluentResource(text));

/** The words of a message. A value that is missing shows as its name in braces, never as nothing. */
export function say(key: WordKey, values: Values = {}): string {
  const pattern = bundle.getMessage(key)?.value;
  const words = pattern ? bundle.formatPattern(pattern, values, []) : key;
  return tried === "pseudo" ? bracketed(words) : words;
}

/** The words for a key that came from the application; the second when there are none for it. */
export function sayIfKnown(key: string, otherwise: WordKey, values: Values = {}): string {
  return bundle.hasMessage(key) ? say(key as WordKey, values) : say(otherwise, values);
}
