// Languages that nobody speaks, in which tests try whether a screen holds them. Builds for development alone can be started in one.

/** `pseudo`: every word of ours accented, longer by two fifths and in brackets. `rtl`: our words as they are, on a page from right to left. */
export type Tried = "pseudo" | "rtl" | null;

export function triedLanguage(): Tried {
  const named = (globalThis as { holdfastLanguage?: unknown }).holdfastLanguage;
  return named === "pseudo" || named === "rtl" ? named : null;
}

const ACCENTED: Record<string, string> = Object.fromEntries(
  [..."aceginoruwyzACEGINORUWYZ"].map((letter, at) => [letter, [..."åçéğîñöřúŵýžÅÇÉĞÎÑÖŘÚŴÝŽ"][at] ?? letter]),
);

/** The words of a message accented, and longer by two fifths: its vowels are doubled, and where that is not enough, letters follow that are in no word of ours. */
export function stretched(text: string): string {
  if (!/\p{L}/u.test(text)) return text;
  const letters = [...text].map((letter) => (ACCENTED[letter] ?? letter).repeat(/[aeiou]/i.test(letter) ? 2 : 1));
  const long = letters.join("");
  const missing = Math.ceil(text.trim().length * 1.4) - long.trim().length;
  return missing > 0 ? long.replace(/\s*$/, (end) => `${"þ".repeat(missing)}${end}`) : long;
}

/** A whole message: what is cut off a screen has lost a bracket. */
export function bracketed(message: string): string {
  return `⟦${message}⟧`;
}
