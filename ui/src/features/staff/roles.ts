// The staff roles that a nurse can be given, in the order of the national list. "Not known" is for records from elsewhere.
import type { Role } from "../../ipc/bindings";
import { say } from "../../words/say";

const roles: readonly Role[] = [
  "cancer_nurse_specialist",
  "other_nurse",
  "allied_health_professional",
  "support_worker",
  "mental_health_professional",
  "doctor",
  "other",
];

export const roleOptions = roles.map((role) => ({ value: role, label: say(`role-${role}`) }));
