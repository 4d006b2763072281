//! One answer of a patient at this PC: what the patient's window sends, what is sealed, and what it does to the assessment when it is
//! taken back. It names no assessment: there is only one in the patient's hands.

use domain::Refused;
use domain::checklist::Checklist;
use domain::hna::{Answer, ConcernKey, Hna};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// One answer; its kinds are the acts of an assessment.
#[derive(Clone, Deserialize, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum PatientAnswer {
    TickConcern {
        #[ts(type = "ConcernKey")]
        concern: String,
    },
    UntickConcern {
        #[ts(type = "ConcernKey")]
        concern: String,
    },
    AddOwnConcern {
        words: String,
    },
    DeclineDomain {
        domain: String,
        declined: bool,
    },
    RateConcern {
        #[ts(type = "ConcernKey")]
        concern: String,
        rating: i64,
    },
    DeclineConcern {
        #[ts(type = "ConcernKey")]
        concern: String,
    },
    TalkPrivately {
        #[ts(type = "ConcernKey")]
        concern: String,
        wanted: bool,
    },
    RankConcerns {
        #[ts(type = "Array<ConcernKey>")]
        order: Vec<String>,
    },
    WantInformation {
        topic: String,
        wanted: bool,
    },
    WriteQuestions {
        words: String,
    },
}

impl PatientAnswer {
    /// The assessment with this answer given, by the rules of the nurse's acts.
    pub(crate) fn give(&self, hna: Hna, list: &Checklist) -> Result<Hna, Refused> {
        match self {
            Self::TickConcern { concern } => hna.tick(list, &ConcernKey::new(concern)),
            Self::UntickConcern { concern } => hna.untick(&ConcernKey::new(concern)),
            Self::AddOwnConcern { words } => hna.add_own(words),
            Self::DeclineDomain { domain, declined } => hna.decline_domain(list, domain, *declined),
            Self::RateConcern { concern, rating } => hna.rate(&ConcernKey::new(concern), *rating),
            Self::DeclineConcern { concern } => hna.answer(&ConcernKey::new(concern), Answer::Declined),
            Self::TalkPrivately { concern, wanted } => hna.talk_privately(&ConcernKey::new(concern), *wanted),
            Self::RankConcerns { order } => hna.rank(order.iter().map(|key| ConcernKey::new(key)).collect()),
            Self::WantInformation { topic, wanted } => hna.want_information(list, topic, *wanted),
            Self::WriteQuestions { words } => hna.write_questions(words),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_reads_in_its_one_form_only() {
        let read = |json: &str| serde_json::from_str::<PatientAnswer>(json).is_ok();
        assert!(read(r#"{"kind":"rate_concern","concern":"physical.sleep","rating":7}"#));
        for other in [
            r#"{"kind":"rate_concern","concern":"physical.sleep","rating":7,"hna":"x"}"#,
            r#"{"kind":"rate_concern","concern":"physical.sleep"}"#,
            r#"{"kind":"complete_hna"}"#,
            r#"{"concern":"physical.sleep"}"#,
            r#"{"kind":"tick_concern","concern":7}"#,
        ] {
            assert!(!read(other), "{other}");
        }
    }
}
