// One screen of each name, for tests only.
import { HNA, SAM } from "../ipc/examples";
import type { Screen, ScreenName } from "./screen";

// A new member does not compile here until it has an example.
export const oneOfEach: { [N in ScreenName]: Extract<Screen, { name: N }> } = {
  cannot_open: { name: "cannot_open" },
  first_start: { name: "first_start" },
  lock: { name: "lock" },
  cannot_get_in: { name: "cannot_get_in" },
  recovery_code: { name: "recovery_code" },
  staff: { name: "staff" },
  today: { name: "today" },
  find: { name: "find" },
  register: { name: "register", patient: SAM },
  overview: { name: "overview", patient: SAM },
  hna_start: { name: "hna_start", patient: SAM },
  hna_ticks: { name: "hna_ticks", hna: HNA },
  hna_score: { name: "hna_score", hna: HNA, concern: "physical.pain" },
  hna_matters: { name: "hna_matters", hna: HNA },
  hna_information: { name: "hna_information", hna: HNA },
  hna_check: { name: "hna_check", hna: HNA },
  hna_read: { name: "hna_read", hna: HNA },
};
