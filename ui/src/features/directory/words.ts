// Words and blank forms that the screens of the directory share.
import type { DirectoryEntryForm, DirectoryLine, EntryKind } from "../../ipc/bindings";
import { say } from "../../words/say";

export const kinds: readonly EntryKind[] = ["place", "topic"];

export const blankEntry = (): DirectoryEntryForm => ({ kind: null, name: "", about: "", concerns: [], phone: "", hours: "", area: "", access: "", website: "" });

/** When its details were checked, and by whom; that it was long ago, or nobody has. */
export function checkedWords({ checked, checked_by, checked_long_ago }: DirectoryLine): string {
  if (!checked) return say("directory-not-checked");
  return say(checked_long_ago ? "directory-checked-long-ago" : "directory-checked", { date: checked.short, who: checked_by ?? "" });
}

/** How it is reached. A place without a telephone says that one is to be filled in. */
export function reachWords({ kind, phone, hours }: DirectoryLine): string {
  if (phone) return hours ? say("directory-reach", { phone, hours }) : phone;
  return kind === "place" ? say("directory-phone-unknown") : "";
}

/** The noun phrase of each field of an entry. */
export function entryField(id: string): string {
  switch (id) {
    case "kind":
      return say("what-entry-kind");
    case "name":
      return say("what-entry-name");
    case "about":
      return say("what-entry-about");
    case "phone":
      return say("what-entry-phone");
    case "hours":
      return say("what-entry-hours");
    case "area":
      return say("what-entry-area");
    case "access":
      return say("what-entry-access");
    case "website":
      return say("what-entry-website");
    default:
      return say("what-entry-concerns");
  }
}
