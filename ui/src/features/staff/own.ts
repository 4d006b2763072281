// The key-holder's own passphrase, typed again where a way in is changed.
import { faultsOf, type Faults } from "../../design/faults";
import type { Desk, Problem } from "../../ipc/bindings";
import { say } from "../../words/say";
import { fieldName } from "./names";

/** Whether it is asked for: training has none, and whoever came in with the recovery code may have none. */
export const asksOwn = (desk: Desk): boolean => !desk.training && !desk.by_recovery_code;

/** The faults of a form about a way in; a wrong passphrase is the key-holder's own, for no other is tried there. */
export function faultsWithOwn(problem: Problem | null): Faults {
  const wrong: Faults = problem?.code === "wrong_passphrase" ? { own_passphrase: say("staff-own-passphrase-wrong") } : {};
  return { ...faultsOf(problem, fieldName), ...wrong };
}

/** A problem that is not about one field. */
export const isGeneral = (problem: Problem): boolean => problem.code !== "field" && problem.code !== "wrong_passphrase";
