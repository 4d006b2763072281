//! When something that was begun or agreed is work for somebody: which plan only waits to be locked, which action is due.

use jiff::civil::Date;

use crate::action::Action;
use crate::care_plan::{CarePlan, PlanStatus};

/// How many days before its day an action becomes work.
pub const SOON: i32 = 7;

/// Is it an open action whose day is today or within the next [`SOON`] days?
pub fn is_due(action: &Action, today: Date) -> bool {
    let days = |due: Date| today.until(due).map(|span| span.get_days()).unwrap_or(i32::MAX);
    action.ended.is_none() && action.due.is_some_and(|due| (0..=SOON).contains(&days(due)))
}

/// Is it a draft in which nothing is missing: something was agreed about each concern, or that nothing is?
pub fn waits_for_lock(plan: &CarePlan) -> bool {
    let said = plan.concerns.iter().all(|concern| !concern.actions.is_empty() || concern.nothing.is_some());
    plan.status == PlanStatus::Draft && said && plan.unfinished().is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::action::{ActionKey, Ended, EndedHow};
    use jiff::civil::date;

    fn an_action(due: Option<Date>, ended: bool) -> Action {
        let today = date(2026, 11, 23);
        Action {
            key: ActionKey::new("a-1"),
            kind: None,
            what: "Refer to the dietitian".into(),
            owner: None,
            owner_name: String::new(),
            due,
            ended: ended.then_some(Ended { how: EndedHow::Done, on: today }),
            outcome: String::new(),
            entry: None,
            contact: String::new(),
            carried_from: None,
        }
    }

    #[test]
    fn due_from_a_week_before_until_its_day() {
        let today = date(2026, 11, 23);
        for (due, expected) in [
            (date(2026, 12, 1), false),
            (date(2026, 11, 30), true),
            (date(2026, 11, 23), true),
            (date(2026, 11, 22), false),
        ] {
            let action = an_action(Some(due), false);
            assert_eq!(is_due(&action, today), expected, "{due}");
            assert_eq!(action.overdue(today), due < today, "{due}: never both");
        }
        assert!(!is_due(&an_action(None, false), today), "without a day it is not due on any");
        assert!(!is_due(&an_action(Some(today), true), today), "it has ended");
    }
}
