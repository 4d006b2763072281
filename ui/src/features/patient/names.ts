// How a person's identifiers are put into words: the same everywhere.
import type { Banner } from "../../ipc/bindings";
import { say } from "../../words/say";

/** FAMILY, Given (Title) */
export function fullName(banner: Pick<Banner, "family" | "given" | "title">): string {
  const title = banner.title ? ` (${banner.title})` : "";
  return `${banner.family.toLocaleUpperCase("en-GB")}, ${banner.given}${title}`;
}

/** The noun phrase of each field on the patient form, for a sentence: "Enter the family name". */
export function fieldName(id: string): string {
  const treatment = /^treatments-(\d+)-(kind|name|start|end)$/.exec(id);
  if (treatment) return say(`what-treatment-${treatment[2] as "kind" | "name" | "start" | "end"}`, { number: Number(treatment[1]) + 1 });
  return say(whats[id] ?? "what-name");
}

const whats = {
  nhs_number: "what-nhs_number",
  hospital_number: "what-hospital_number",
  title: "what-title",
  given: "what-given",
  family: "what-family",
  preferred: "what-preferred",
  born: "what-born",
  gender: "what-gender",
  address: "what-address",
  postcode: "what-postcode",
  phone: "what-phone",
  mobile: "what-mobile",
  email: "what-email",
  practice: "what-practice-name",
  "practice-name": "what-practice-name",
  "practice-ods": "what-practice-ods",
  "needs-print_points": "what-print",
  "needs-interpreter": "what-interpreter",
  "needs-other": "what-needs-other",
  cancer_type: "what-cancer_type",
  diagnosed: "what-diagnosed",
  recurred: "what-recurred",
  treatments: "what-treatments",
  key_worker: "what-key_worker",
  team: "what-team",
  diagnosed_at: "what-diagnosed_at",
  "diagnosed_at-name": "what-diagnosed_at",
  "diagnosed_at-ods": "what-diagnosed_at",
  followed_up_at: "what-followed_up_at",
  "followed_up_at-name": "what-followed_up_at",
  "followed_up_at-ods": "what-followed_up_at",
} as const satisfies Record<string, Parameters<typeof say>[0]> as Record<string, Parameters<typeof say>[0]>;
