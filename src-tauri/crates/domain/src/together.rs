//! Two agreed versions of a care plan after somebody brought them together: what of it is the next version.

use crate::care_plan::CarePlan;
use crate::refused::Refused;
use crate::staff::By;

/// Why a plan was opened between the two versions that were brought together and the one that they became.
const REASON: &str = "Two versions brought together";

impl CarePlan {
    /// This plan, which `ours` and `theirs` became, as the revisions to be kept, the last of them locked. Where both sides agreed the same and
    /// differ only in how actions ended, it is the version that it was. Else it is the next one after both, locked by who chose. Refused as
    /// [`CarePlan::lock`] is, and while it is not locked.
    pub fn brought_together(self, ours: &CarePlan, theirs: &CarePlan, by: &By) -> Result<Vec<CarePlan>, Refused> {
        if ours.differs_in_progress_only(theirs) {
            return Ok(vec![self]);
        }
        let version = ours.version.max(theirs.version);
        let open = CarePlan { version, ..self }.unlock(REASON)?;
        Ok(vec![open.clone(), open.lock(by)?])
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::*;
    use crate::care_plan::PlanStatus;
    use crate::id::{CarePlanId, HnaId, PatientId, StaffId};
    use crate::staff::Role;

    fn by(byte: u8) -> By {
        let (staff, name) = (StaffId::from_random([byte; 16]), format!("Nurse {byte}"));
        By { staff, name, role: Role::CancerNurseSpecialist, key_holder: false, at: i64::from(byte), pc: String::new() }
    }

    fn locked(byte: u8, version: u32) -> CarePlan {
        let draft = CarePlan {
            id: CarePlanId::from_random([1; 16]),
            patient: PatientId::from_random([2; 16]),
            hna: HnaId::from_random([3; 16]),
            status: PlanStatus::Draft,
            version: version - 1,
            started_at: 0,
            started_by: StaffId::from_random([4; 16]),
            started_by_name: String::new(),
            concerns: Vec::new(),
            actions_added: 0,
            concerns_added: 0,
            follows: None,
            signed: None,
            unlock_reason: String::new(),
            review: false,
        };
        draft.lock(&by(byte)).unwrap()
    }

    #[test]
    fn two_that_agreed_otherwise_become_the_version_after_both_signed_by_who_chose() {
        let (ours, theirs) = (locked(5, 2), locked(6, 4));
        let revisions = ours.clone().brought_together(&ours, &theirs, &by(7)).unwrap();
        let [open, locked] = revisions.as_slice() else { panic!("{revisions:?}") };
        assert_eq!((open.status, open.unlock_reason.as_str()), (PlanStatus::Draft, REASON));
        assert_eq!((locked.status, locked.version), (PlanStatus::Locked, 5));
        assert_eq!(locked.signed.as_ref().unwrap().staff, by(7).staff);
    }

    #[test]
    fn two_that_agreed_the_same_stay_that_version() {
        let ours = locked(5, 2);
        assert_eq!(ours.clone().brought_together(&ours, &ours, &by(7)), Ok(vec![ours]));
    }
}
