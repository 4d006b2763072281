// What a summary holds, seen section by section: which lines are kept, what is still to fill in, and where a field stands.
import type { ChosenView, Field, LineView, OwnLineView, SectionView, SlotView, SummaryView, TemplateView } from "../../ipc/bindings";
import { say } from "../../words/say";

/** Something that is missing before the summary can be signed, and where it stands. */
export type Missing = { field: string; reason: string; section: SectionView; words: string };

/** A section with what was chosen in it. */
export type Part = { section: SectionView; chosen: ChosenView[]; own: OwnLineView[]; kept: number; missing: Missing[] };

/** Every section in the order of the template. */
export function partsOf(template: TemplateView, view: SummaryView): Part[] {
  const missing = missingOf(template, view);
  return template.sections.map((section) => {
    const chosen = view.chosen.filter((entry) => entry.section === section.key);
    return {
      section,
      chosen,
      own: view.own.filter((entry) => entry.section === section.key),
      kept: section.lines.filter((line) => chosen.some((entry) => entry.line === line.key)).length,
      missing: missing.filter((one) => one.section === section),
    };
  });
}

/** The entries of a line, as they were chosen. */
export function entriesOf(part: Part, line: LineView): ChosenView[] {
  return part.chosen.filter((entry) => entry.line === line.key);
}

/** What the closed section says of itself. */
export function countWords({ section, own, kept, missing }: Part): string {
  const open = missing.filter((one) => one.reason !== "section_needed").length;
  const empty = missing.some((one) => one.reason === "section_needed");
  const words = [
    say("summary-kept", { kept, lines: section.lines.length }),
    ...(own.length > 0 ? [say("summary-kept-own", { count: own.length })] : []),
    ...(open > 0 ? [say("summary-open", { count: open })] : []),
    ...(empty ? [say("summary-needed")] : []),
  ];
  return words.join(" · ");
}

/** What the application says is missing, in words and with the section it stands in. */
export function missingOf(template: TemplateView, view: SummaryView): Missing[] {
  return view.unfinished.flatMap(({ field, reason }) => {
    const found = foundAt(template, view, field);
    return found ? [{ field, reason, section: found.section, words: faultWords({ field, reason }, found) }] : [];
  });
}

/** The key of the section that a field stands in, or null when nobody knows. */
export function sectionOf(view: SummaryView, field: string): string | null {
  if (field.startsWith("section-")) return field.slice("section-".length);
  return [...view.own, ...view.chosen].find((entry) => isOf(entry, field))?.section ?? null;
}

/** `e-1` and `e-1-date` are of the entry `e-1`; `e-12` is not. */
const isOf = ({ key }: { key: string }, field: string): boolean => field === key || field.startsWith(`${key}-`);

type Found = { section: SectionView; line?: LineView; slot?: SlotView; own?: OwnLineView };

/** `section-<key>`, `<entry>`, `<entry>-<slot>`, `<entry>-patient` and `<entry>-gp`. */
function foundAt(template: TemplateView, view: SummaryView, field: string): Found | null {
  const here = template.sections.find((section) => section.key === sectionOf(view, field));
  const own = view.own.find((entry) => isOf(entry, field));
  const chosen = view.chosen.find((entry) => isOf(entry, field));
  if (!here) return null;
  if (own) return { section: here, own };
  const line = here.lines.find((one) => one.key === chosen?.line);
  const slot = chosen && line?.slots.find((one) => field === `${chosen.key}-${one.key}`);
  return { section: here, ...(line && { line }), ...(slot && { slot }) };
}

function faultWords({ field, reason }: Field, { section, line, slot, own }: Found): string {
  if (own) return say("field-missing", { what: say(field.endsWith("-gp") ? "summary-what-own-gp" : "summary-what-own-patient") });
  if (slot && line) return say(slot.kind === "choice" ? "field-choose" : "field-missing", { what: say("summary-what-slot", { label: slot.label, line: beginning(line.words) }) });
  switch (reason) {
    case "section_needed":
      return say("field-section_needed", { what: say("summary-what-section", { title: section.title }) });
    case "with_unmet":
      return line ? say("summary-with-unmet", { line: beginning(line.words) }) : say("field-with_unmet");
    case "twice":
      return say("field-twice", { what: line ? quoted(line) : say("summary-what-line") });
    default:
      return say("field-unknown", { what: line ? quoted(line) : say("summary-what-section", { title: section.title }) });
  }
}

const quoted = (line: LineView): string => say("summary-quoted", { words: beginning(line.words) });

/** Enough of a line to know it by. */
function beginning(words: string): string {
  const most = 60;
  return words.length <= most ? words : `${words.slice(0, words.lastIndexOf(" ", most)).replace(/[.,:;]$/, "")}…`;
}

/** The noun phrase of any field of the editor for a sentence. */
export function fieldName(template: TemplateView, view: SummaryView): (field: string) => string {
  return (field) => {
    const found = foundAt(template, view, field);
    if (found?.own) return say(field.endsWith("-gp") ? "summary-what-own-gp" : "summary-what-own-patient");
    if (found?.slot) return say("summary-quoted", { words: found.slot.label });
    return say("summary-what-line");
  };
}
