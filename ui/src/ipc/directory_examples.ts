// Entries of the directory with ordinary values, for tests only.
import type { DirectoryEntryId, DirectoryEntryView, DirectoryLine, DirectoryView } from "./bindings";
import { day } from "./examples";

export const ENTRY = "7d0f7f58-0000-4000-8000-000000000081" as DirectoryEntryId;

export function aLine(more: Partial<DirectoryLine> = {}): DirectoryLine {
  return {
    id: ENTRY,
    kind: "place",
    name: "Riverside support centre",
    about: "Counselling and a café.",
    concerns: [{ code: "anxiety", text: "Anxiety, fear or worry" }],
    phone: "020 7946 0155",
    hours: "Monday to Friday, 9am to 5pm",
    area: "Lambeth",
    access: "Step-free",
    website: "",
    checked: day("2026-10-12", "12-Oct-2026", "12 October 2026"),
    checked_by: "Ruth Invented",
    checked_long_ago: false,
    retired: false,
    kinds: ["inform", "signpost", "refer"],
    ...more,
  };
}

export function aDirectory(entries: DirectoryLine[] = [aLine()]): DirectoryView {
  return { entries, concerns: [{ code: "sleep", text: "Sleep" }, { code: "anxiety", text: "Anxiety, fear or worry" }] };
}

export function anEntryView(line: Partial<DirectoryLine> = {}): DirectoryEntryView {
  const shown = aLine(line);
  const { kind, name, about, phone, hours, area, access, website } = shown;
  return { revision: 2, line: shown, form: { kind, name, about, concerns: shown.concerns.map(({ code }) => code), phone, hours, area, access, website }, concerns: aDirectory().concerns };
}
