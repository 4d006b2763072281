// The closed union of screens. A new member fails to compile until it has a view, a title and a place.
import type { ConcernKey, HnaId, HnaView, PatientId, Place } from "../ipc/bindings";

export type Screen =
  | { name: "cannot_open" }
  | { name: "first_start" }
  | { name: "lock" }
  | { name: "cannot_get_in" }
  | { name: "recovery_code" }
  | { name: "staff" }
  | { name: "today" }
  | { name: "find" }
  /** `patient` null registers someone new, otherwise corrects. */
  | { name: "register"; patient: PatientId | null }
  | { name: "overview"; patient: PatientId }
  | { name: "hna_start"; patient: PatientId }
  | { name: "hna_ticks"; hna: HnaId }
  | { name: "hna_score"; hna: HnaId; concern: ConcernKey }
  | { name: "hna_matters"; hna: HnaId }
  | { name: "hna_information"; hna: HnaId }
  | { name: "hna_check"; hna: HnaId }
  | { name: "hna_read"; hna: HnaId };

export type ScreenName = Screen["name"];
export type At<N extends ScreenName> = Extract<Screen, { name: N }>;

/** The screens of a locked PC: they know no patient and are never kept as a place. */
export type OutsideName = "cannot_open" | "first_start" | "lock" | "cannot_get_in";
export type InsideName = Exclude<ScreenName, OutsideName>;
export type HnaName = Extract<Screen, { hna: HnaId }>["name"];

export function isOutside(screen: Screen): screen is At<OutsideName> {
  const outside: ReadonlyArray<ScreenName> = ["cannot_open", "first_start", "lock", "cannot_get_in"] satisfies OutsideName[];
  return outside.includes(screen.name);
}

/** Where the nurse is, to be kept for after a lock or a crash. */
export function placeOf(screen: Screen): Place {
  return {
    screen: screen.name,
    patient: "patient" in screen ? screen.patient : null,
    hna: "hna" in screen ? screen.hna : null,
    item: "concern" in screen ? screen.concern : null,
  };
}

/** The screen that a kept place names, or null when it names none that can be opened. */
export function screenAt(place: Place | null): Screen | null {
  if (!place) return null;
  const { patient, hna, item } = place;
  switch (place.screen as ScreenName) {
    case "recovery_code":
    case "staff":
    case "today":
    case "find":
      return { name: place.screen as "recovery_code" | "staff" | "today" | "find" };
    case "register":
      return { name: "register", patient };
    case "overview":
    case "hna_start":
      return patient && { name: place.screen as "overview" | "hna_start", patient };
    case "hna_score":
      return hna && item ? { name: "hna_score", hna, concern: item } : null;
    case "hna_ticks":
    case "hna_matters":
    case "hna_information":
    case "hna_check":
    case "hna_read":
      return hna && { name: place.screen as Exclude<HnaName, "hna_score">, hna };
    default:
      return null;
  }
}

/** Where an assessment goes on when it is opened from a list. */
export function whereToGoOn(view: HnaView): Screen {
  const hna = view.id;
  if (view.status !== "draft") return { name: "hna_read", hna };
  const answered = view.concerns.some((concern) => concern.answer.kind !== "unanswered");
  if (!answered) return { name: "hna_ticks", hna };
  return view.next_unanswered === null ? { name: "hna_check", hna } : { name: "hna_score", hna, concern: view.next_unanswered };
}
