//! The messages of `paper.ftl`. Written by `cargo xtask bindings`.

use super::Key;

pub(crate) const PAPER_AGAIN: Key = Key("paper-again");
pub(crate) const PAPER_AUTHOR: Key = Key("paper-author");
pub(crate) const PAPER_BLANK_AGAIN: Key = Key("paper-blank-again");
pub(crate) const PAPER_BLANK_BORN: Key = Key("paper-blank-born");
pub(crate) const PAPER_BLANK_COPY: Key = Key("paper-blank-copy");
pub(crate) const PAPER_BLANK_DECLINE: Key = Key("paper-blank-decline");
pub(crate) const PAPER_BLANK_HELP: Key = Key("paper-blank-help");
pub(crate) const PAPER_BLANK_HOW: Key = Key("paper-blank-how");
pub(crate) const PAPER_BLANK_HOW_BACK: Key = Key("paper-blank-how-back");
pub(crate) const PAPER_BLANK_HOW_NO_ANSWER: Key = Key("paper-blank-how-no-answer");
pub(crate) const PAPER_BLANK_HOW_PRIVATE: Key = Key("paper-blank-how-private");
pub(crate) const PAPER_BLANK_HOW_SCORE: Key = Key("paper-blank-how-score");
pub(crate) const PAPER_BLANK_HOW_SCORE_AGAIN: Key = Key("paper-blank-how-score-again");
pub(crate) const PAPER_BLANK_HOW_TICK: Key = Key("paper-blank-how-tick");
pub(crate) const PAPER_BLANK_HOW_TICK_AGAIN: Key = Key("paper-blank-how-tick-again");
pub(crate) const PAPER_BLANK_INFORMATION: Key = Key("paper-blank-information");
pub(crate) const PAPER_BLANK_MATTERS: Key = Key("paper-blank-matters");
pub(crate) const PAPER_BLANK_MATTERS_MORE: Key = Key("paper-blank-matters-more");
pub(crate) const PAPER_BLANK_NAME: Key = Key("paper-blank-name");
pub(crate) const PAPER_BLANK_NO_ANSWER: Key = Key("paper-blank-no-answer");
pub(crate) const PAPER_BLANK_NUMBER: Key = Key("paper-blank-number");
pub(crate) const PAPER_BLANK_OWN: Key = Key("paper-blank-own");
pub(crate) const PAPER_BLANK_OWN_MORE: Key = Key("paper-blank-own-more");
pub(crate) const PAPER_BLANK_PRINTED: Key = Key("paper-blank-printed");
pub(crate) const PAPER_BLANK_PRIVATE: Key = Key("paper-blank-private");
pub(crate) const PAPER_BLANK_QUESTIONS: Key = Key("paper-blank-questions");
pub(crate) const PAPER_BLANK_SCALE: Key = Key("paper-blank-scale");
pub(crate) const PAPER_BLANK_SCALE_AGAIN: Key = Key("paper-blank-scale-again");
pub(crate) const PAPER_BLANK_VERSION: Key = Key("paper-blank-version");
pub(crate) const PAPER_BLANK_WHO: Key = Key("paper-blank-who");
pub(crate) const PAPER_BLANK_WHO_CARER: Key = Key("paper-blank-who-carer");
pub(crate) const PAPER_BLANK_WHO_DAY: Key = Key("paper-blank-who-day");
pub(crate) const PAPER_BLANK_WHO_HELP: Key = Key("paper-blank-who-help");
pub(crate) const PAPER_BLANK_WHO_INTERPRETER: Key = Key("paper-blank-who-interpreter");
pub(crate) const PAPER_BLANK_WHO_NAME: Key = Key("paper-blank-who-name");
pub(crate) const PAPER_BLANK_WHO_PATIENT: Key = Key("paper-blank-who-patient");
pub(crate) const PAPER_BLANK_YOU: Key = Key("paper-blank-you");
pub(crate) const PAPER_BLANK_YOUR_BIRTH: Key = Key("paper-blank-your-birth");
pub(crate) const PAPER_BLANK_YOUR_NAME: Key = Key("paper-blank-your-name");
pub(crate) const PAPER_BLANK_YOUR_NUMBER: Key = Key("paper-blank-your-number");
pub(crate) const PAPER_BORN: Key = Key("paper-born");
pub(crate) const PAPER_CAME: Key = Key("paper-came");
pub(crate) const PAPER_CHANGES_BETWEEN: Key = Key("paper-changes-between");
pub(crate) const PAPER_CHANGES_DECLINED: Key = Key("paper-changes-declined");
pub(crate) const PAPER_CHANGES_FIRST_SCORE: Key = Key("paper-changes-first-score");
pub(crate) const PAPER_CHANGES_MADE: Key = Key("paper-changes-made");
pub(crate) const PAPER_CHANGES_NEW: Key = Key("paper-changes-new");
pub(crate) const PAPER_CHANGES_NONE: Key = Key("paper-changes-none");
pub(crate) const PAPER_CHANGES_NOT_RAISED: Key = Key("paper-changes-not-raised");
pub(crate) const PAPER_CHANGES_SCALE: Key = Key("paper-changes-scale");
pub(crate) const PAPER_CHANGES_STOOD: Key = Key("paper-changes-stood");
pub(crate) const PAPER_CHANGES_STOOD_DECLINED: Key = Key("paper-changes-stood-declined");
pub(crate) const PAPER_CHANGES_STOOD_NOT_RAISED: Key = Key("paper-changes-stood-not-raised");
pub(crate) const PAPER_CHANGES_STOOD_UNANSWERED: Key = Key("paper-changes-stood-unanswered");
pub(crate) const PAPER_CHANGES_TITLE: Key = Key("paper-changes-title");
pub(crate) const PAPER_CHANGES_UNANSWERED: Key = Key("paper-changes-unanswered");
pub(crate) const PAPER_CHANGES_VERSION: Key = Key("paper-changes-version");
pub(crate) const PAPER_CHANGES_WAS: Key = Key("paper-changes-was");
pub(crate) const PAPER_CHANGES_WAS_NOW: Key = Key("paper-changes-was-now");
pub(crate) const PAPER_COPY_GP: Key = Key("paper-copy-gp");
pub(crate) const PAPER_COPY_PATIENT: Key = Key("paper-copy-patient");
pub(crate) const PAPER_GOES_ON: Key = Key("paper-goes-on");
pub(crate) const PAPER_HOME_AGAIN: Key = Key("paper-home-again");
pub(crate) const PAPER_HOME_CANNOT: Key = Key("paper-home-cannot");
pub(crate) const PAPER_HOME_CODE: Key = Key("paper-home-code");
pub(crate) const PAPER_HOME_CODE_LETTERS: Key = Key("paper-home-code-letters");
pub(crate) const PAPER_HOME_COPY: Key = Key("paper-home-copy");
pub(crate) const PAPER_HOME_FOR: Key = Key("paper-home-for");
pub(crate) const PAPER_HOME_FROM: Key = Key("paper-home-from");
pub(crate) const PAPER_HOME_GO: Key = Key("paper-home-go");
pub(crate) const PAPER_HOME_GO_UNKNOWN: Key = Key("paper-home-go-unknown");
pub(crate) const PAPER_HOME_HOW: Key = Key("paper-home-how");
pub(crate) const PAPER_HOME_MADE: Key = Key("paper-home-made");
pub(crate) const PAPER_HOME_NOT_NOW: Key = Key("paper-home-not-now");
pub(crate) const PAPER_HOME_SECRET: Key = Key("paper-home-secret");
pub(crate) const PAPER_HOME_TIME: Key = Key("paper-home-time");
pub(crate) const PAPER_HOME_TITLE: Key = Key("paper-home-title");
pub(crate) const PAPER_HOME_UNTIL: Key = Key("paper-home-until");
pub(crate) const PAPER_HOME_VERSION: Key = Key("paper-home-version");
pub(crate) const PAPER_HOME_WHY: Key = Key("paper-home-why");
pub(crate) const PAPER_HOSPITAL_NUMBER: Key = Key("paper-hospital-number");
pub(crate) const PAPER_MARK_DRAFT: Key = Key("paper-mark-draft");
pub(crate) const PAPER_MARK_TRAINING: Key = Key("paper-mark-training");
pub(crate) const PAPER_MARK_TRAINING_DRAFT: Key = Key("paper-mark-training-draft");
pub(crate) const PAPER_MOMENT_GP: Key = Key("paper-moment-gp");
pub(crate) const PAPER_MOMENT_PATIENT: Key = Key("paper-moment-patient");
pub(crate) const PAPER_MORE_OF: Key = Key("paper-more-of");
pub(crate) const PAPER_NAME: Key = Key("paper-name");
pub(crate) const PAPER_NAME_TITLED: Key = Key("paper-name-titled");
pub(crate) const PAPER_NEXT_PAGE: Key = Key("paper-next-page");
pub(crate) const PAPER_NHS_NUMBER: Key = Key("paper-nhs-number");
pub(crate) const PAPER_NHS_NUMBER_NONE: Key = Key("paper-nhs-number-none");
pub(crate) const PAPER_PAGE: Key = Key("paper-page");
pub(crate) const PAPER_PLAN_AGREED_BY: Key = Key("paper-plan-agreed-by");
pub(crate) const PAPER_PLAN_ASSESSED: Key = Key("paper-plan-assessed");
pub(crate) const PAPER_PLAN_ASSESSED_HOME: Key = Key("paper-plan-assessed-home");
pub(crate) const PAPER_PLAN_ASSESSED_PAPER: Key = Key("paper-plan-assessed-paper");
pub(crate) const PAPER_PLAN_ASSESSED_TELEPHONE: Key = Key("paper-plan-assessed-telephone");
pub(crate) const PAPER_PLAN_ASSESSED_THIS_PC: Key = Key("paper-plan-assessed-this-pc");
pub(crate) const PAPER_PLAN_ASSESSED_VIDEO: Key = Key("paper-plan-assessed-video");
pub(crate) const PAPER_PLAN_BY_WHEN: Key = Key("paper-plan-by-when");
pub(crate) const PAPER_PLAN_CONCERNS: Key = Key("paper-plan-concerns");
pub(crate) const PAPER_PLAN_DATE: Key = Key("paper-plan-date");
pub(crate) const PAPER_PLAN_DECLINED: Key = Key("paper-plan-declined");
pub(crate) const PAPER_PLAN_DONE: Key = Key("paper-plan-done");
pub(crate) const PAPER_PLAN_DRAFT: Key = Key("paper-plan-draft");
pub(crate) const PAPER_PLAN_ENDED_DECLINED: Key = Key("paper-plan-ended-declined");
pub(crate) const PAPER_PLAN_ENDED_NOT_NEEDED: Key = Key("paper-plan-ended-not-needed");
pub(crate) const PAPER_PLAN_GP_NAMED: Key = Key("paper-plan-gp-named");
pub(crate) const PAPER_PLAN_INFORM: Key = Key("paper-plan-inform");
pub(crate) const PAPER_PLAN_LATER: Key = Key("paper-plan-later");
pub(crate) const PAPER_PLAN_MADE: Key = Key("paper-plan-made");
pub(crate) const PAPER_PLAN_NO_ACTIONS: Key = Key("paper-plan-no-actions");
pub(crate) const PAPER_PLAN_NOT_AGREED: Key = Key("paper-plan-not-agreed");
pub(crate) const PAPER_PLAN_NOT_RAISED: Key = Key("paper-plan-not-raised");
pub(crate) const PAPER_PLAN_NOTHING_DECLINED: Key = Key("paper-plan-nothing-declined");
pub(crate) const PAPER_PLAN_NOTHING_NOT_NEEDED: Key = Key("paper-plan-nothing-not-needed");
pub(crate) const PAPER_PLAN_NUMBERED: Key = Key("paper-plan-numbered");
pub(crate) const PAPER_PLAN_NURSE: Key = Key("paper-plan-nurse");
pub(crate) const PAPER_PLAN_OPEN: Key = Key("paper-plan-open");
pub(crate) const PAPER_PLAN_OPEN_DUE: Key = Key("paper-plan-open-due");
pub(crate) const PAPER_PLAN_OPEN_OWNER: Key = Key("paper-plan-open-owner");
pub(crate) const PAPER_PLAN_OTHERS: Key = Key("paper-plan-others");
pub(crate) const PAPER_PLAN_OUTCOME: Key = Key("paper-plan-outcome");
pub(crate) const PAPER_PLAN_OWNER: Key = Key("paper-plan-owner");
pub(crate) const PAPER_PLAN_PROVIDER: Key = Key("paper-plan-provider");
pub(crate) const PAPER_PLAN_RANKED: Key = Key("paper-plan-ranked");
pub(crate) const PAPER_PLAN_REFER: Key = Key("paper-plan-refer");
pub(crate) const PAPER_PLAN_REVIEW: Key = Key("paper-plan-review");
pub(crate) const PAPER_PLAN_SAID: Key = Key("paper-plan-said");
pub(crate) const PAPER_PLAN_SCORE: Key = Key("paper-plan-score");
pub(crate) const PAPER_PLAN_SELF_CARE: Key = Key("paper-plan-self_care");
pub(crate) const PAPER_PLAN_SIGNED: Key = Key("paper-plan-signed");
pub(crate) const PAPER_PLAN_SIGNPOST: Key = Key("paper-plan-signpost");
pub(crate) const PAPER_PLAN_SUPPORT_WORKER: Key = Key("paper-plan-support_worker");
pub(crate) const PAPER_PLAN_TITLE: Key = Key("paper-plan-title");
pub(crate) const PAPER_PLAN_UNANSWERED: Key = Key("paper-plan-unanswered");
pub(crate) const PAPER_PLAN_VERSION: Key = Key("paper-plan-version");
pub(crate) const PAPER_PLAN_WHAT: Key = Key("paper-plan-what");
pub(crate) const PAPER_PLAN_WHO: Key = Key("paper-plan-who");
pub(crate) const PAPER_PLAN_YOU: Key = Key("paper-plan-you");
pub(crate) const PAPER_PLAN_YOUR_GP: Key = Key("paper-plan-your-gp");
pub(crate) const PAPER_PREPARED: Key = Key("paper-prepared");
pub(crate) const PAPER_REFERRAL_ADDRESS: Key = Key("paper-referral-address");
pub(crate) const PAPER_REFERRAL_AGREED: Key = Key("paper-referral-agreed");
pub(crate) const PAPER_REFERRAL_ANSWER: Key = Key("paper-referral-answer");
pub(crate) const PAPER_REFERRAL_ANSWER_ADDRESS: Key = Key("paper-referral-answer-address");
pub(crate) const PAPER_REFERRAL_ANSWER_HOURS: Key = Key("paper-referral-answer-hours");
pub(crate) const PAPER_REFERRAL_ASKED: Key = Key("paper-referral-asked");
pub(crate) const PAPER_REFERRAL_BY: Key = Key("paper-referral-by");
pub(crate) const PAPER_REFERRAL_CONCERN: Key = Key("paper-referral-concern");
pub(crate) const PAPER_REFERRAL_COPY: Key = Key("paper-referral-copy");
pub(crate) const PAPER_REFERRAL_DECLINED: Key = Key("paper-referral-declined");
pub(crate) const PAPER_REFERRAL_FROM: Key = Key("paper-referral-from");
pub(crate) const PAPER_REFERRAL_MADE: Key = Key("paper-referral-made");
pub(crate) const PAPER_REFERRAL_MATTERS: Key = Key("paper-referral-matters");
pub(crate) const PAPER_REFERRAL_NOT_RAISED: Key = Key("paper-referral-not-raised");
pub(crate) const PAPER_REFERRAL_PATIENT: Key = Key("paper-referral-patient");
pub(crate) const PAPER_REFERRAL_PHONE: Key = Key("paper-referral-phone");
pub(crate) const PAPER_REFERRAL_SAID: Key = Key("paper-referral-said");
pub(crate) const PAPER_REFERRAL_SCORED: Key = Key("paper-referral-scored");
pub(crate) const PAPER_REFERRAL_SEE: Key = Key("paper-referral-see");
pub(crate) const PAPER_REFERRAL_TITLE: Key = Key("paper-referral-title");
pub(crate) const PAPER_REFERRAL_TO: Key = Key("paper-referral-to");
pub(crate) const PAPER_REFERRAL_TO_UNKNOWN: Key = Key("paper-referral-to-unknown");
pub(crate) const PAPER_REFERRAL_UNANSWERED: Key = Key("paper-referral-unanswered");
pub(crate) const PAPER_REFERRAL_VERSION: Key = Key("paper-referral-version");
pub(crate) const PAPER_REFERRAL_WRITTEN: Key = Key("paper-referral-written");
pub(crate) const PAPER_REPLACES: Key = Key("paper-replaces");
pub(crate) const PAPER_RING: Key = Key("paper-ring");
pub(crate) const PAPER_RING_ASK: Key = Key("paper-ring-ask");
pub(crate) const PAPER_RING_ASK_KEY_WORKER: Key = Key("paper-ring-ask-key-worker");
pub(crate) const PAPER_RING_CLINIC: Key = Key("paper-ring-clinic");
pub(crate) const PAPER_RING_KEY_WORKER: Key = Key("paper-ring-key-worker");
pub(crate) const PAPER_RING_NUMBER: Key = Key("paper-ring-number");
pub(crate) const PAPER_RING_NUMBER_OUT_OF_HOURS: Key = Key("paper-ring-number-out-of-hours");
pub(crate) const PAPER_RING_OUT_OF_HOURS: Key = Key("paper-ring-out-of-hours");
pub(crate) const PAPER_RING_WHEN: Key = Key("paper-ring-when");
pub(crate) const PAPER_RING_WHO: Key = Key("paper-ring-who");
pub(crate) const PAPER_ROLE_ALLIED_HEALTH_PROFESSIONAL: Key = Key("paper-role-allied_health_professional");
pub(crate) const PAPER_ROLE_CANCER_NURSE_SPECIALIST: Key = Key("paper-role-cancer_nurse_specialist");
pub(crate) const PAPER_ROLE_DOCTOR: Key = Key("paper-role-doctor");
pub(crate) const PAPER_ROLE_MENTAL_HEALTH_PROFESSIONAL: Key = Key("paper-role-mental_health_professional");
pub(crate) const PAPER_ROLE_NOT_KNOWN: Key = Key("paper-role-not_known");
pub(crate) const PAPER_ROLE_OTHER: Key = Key("paper-role-other");
pub(crate) const PAPER_ROLE_OTHER_NURSE: Key = Key("paper-role-other_nurse");
pub(crate) const PAPER_ROLE_SUPPORT_WORKER: Key = Key("paper-role-support_worker");
pub(crate) const PAPER_SESSION_ABOUT: Key = Key("paper-session-about");
pub(crate) const PAPER_SESSION_CANNOT: Key = Key("paper-session-cannot");
pub(crate) const PAPER_SESSION_CONFIRMED: Key = Key("paper-session-confirmed");
pub(crate) const PAPER_SESSION_COPY: Key = Key("paper-session-copy");
pub(crate) const PAPER_SESSION_DAY: Key = Key("paper-session-day");
pub(crate) const PAPER_SESSION_DETAILS: Key = Key("paper-session-details");
pub(crate) const PAPER_SESSION_ELSEWHERE: Key = Key("paper-session-elsewhere");
pub(crate) const PAPER_SESSION_FOR: Key = Key("paper-session-for");
pub(crate) const PAPER_SESSION_FROM: Key = Key("paper-session-from");
pub(crate) const PAPER_SESSION_IN_PERSON: Key = Key("paper-session-in-person");
pub(crate) const PAPER_SESSION_MADE: Key = Key("paper-session-made");
pub(crate) const PAPER_SESSION_MONTH: Key = Key("paper-session-month");
pub(crate) const PAPER_SESSION_MOVED: Key = Key("paper-session-moved");
pub(crate) const PAPER_SESSION_ONLINE: Key = Key("paper-session-online");
pub(crate) const PAPER_SESSION_ONLINE_ON: Key = Key("paper-session-online-on");
pub(crate) const PAPER_SESSION_PLACE: Key = Key("paper-session-place");
pub(crate) const PAPER_SESSION_RELATIVE: Key = Key("paper-session-relative");
pub(crate) const PAPER_SESSION_RELATIVES: Key = Key("paper-session-relatives");
pub(crate) const PAPER_SESSION_RELATIVES_WELCOME: Key = Key("paper-session-relatives-welcome");
pub(crate) const PAPER_SESSION_REQUESTED: Key = Key("paper-session-requested");
pub(crate) const PAPER_SESSION_TIME: Key = Key("paper-session-time");
pub(crate) const PAPER_SESSION_TIME_BETWEEN: Key = Key("paper-session-time-between");
pub(crate) const PAPER_SESSION_TO_BE_CONFIRMED: Key = Key("paper-session-to-be-confirmed");
pub(crate) const PAPER_SESSION_VERSION: Key = Key("paper-session-version");
pub(crate) const PAPER_SESSION_WAITING: Key = Key("paper-session-waiting");
pub(crate) const PAPER_SESSION_WHEN: Key = Key("paper-session-when");
pub(crate) const PAPER_SESSION_YOU_ARE_INVITED: Key = Key("paper-session-you-are-invited");
pub(crate) const PAPER_SIGNED: Key = Key("paper-signed");
pub(crate) const PAPER_SUMMARY_ABOUT: Key = Key("paper-summary-about");
pub(crate) const PAPER_SUMMARY_ABOUT_GP: Key = Key("paper-summary-about-gp");
pub(crate) const PAPER_SUMMARY_ALSO: Key = Key("paper-summary-also");
pub(crate) const PAPER_SUMMARY_CODE: Key = Key("paper-summary-code");
pub(crate) const PAPER_SUMMARY_CODE_ITEM: Key = Key("paper-summary-code-item");
pub(crate) const PAPER_SUMMARY_CODE_SYSTEM: Key = Key("paper-summary-code-system");
pub(crate) const PAPER_SUMMARY_CODES: Key = Key("paper-summary-codes");
pub(crate) const PAPER_SUMMARY_DRAFT: Key = Key("paper-summary-draft");
pub(crate) const PAPER_SUMMARY_FROM: Key = Key("paper-summary-from");
pub(crate) const PAPER_SUMMARY_FROM_TEAM: Key = Key("paper-summary-from-team");
pub(crate) const PAPER_SUMMARY_NOT_SIGNED: Key = Key("paper-summary-not-signed");
pub(crate) const PAPER_SUMMARY_OPEN: Key = Key("paper-summary-open");
pub(crate) const PAPER_SUMMARY_PRACTICE: Key = Key("paper-summary-practice");
pub(crate) const PAPER_SUMMARY_SECTION: Key = Key("paper-summary-section");
pub(crate) const PAPER_SUMMARY_TITLE: Key = Key("paper-summary-title");
pub(crate) const PAPER_SUMMARY_TITLE_GP: Key = Key("paper-summary-title-gp");
pub(crate) const PAPER_SUMMARY_TO: Key = Key("paper-summary-to");
pub(crate) const PAPER_SUMMARY_TO_NOT_KNOWN: Key = Key("paper-summary-to-not-known");
pub(crate) const PAPER_SUMMARY_VERSION: Key = Key("paper-summary-version");
pub(crate) const PAPER_TEST: Key = Key("paper-test");
pub(crate) const PAPER_URGENT: Key = Key("paper-urgent");

#[cfg(test)]
pub(crate) const ALL: &[Key] = &[
    PAPER_AGAIN,
    PAPER_AUTHOR,
    PAPER_BLANK_AGAIN,
    PAPER_BLANK_BORN,
    PAPER_BLANK_COPY,
    PAPER_BLANK_DECLINE,
    PAPER_BLANK_HELP,
    PAPER_BLANK_HOW,
    PAPER_BLANK_HOW_BACK,
    PAPER_BLANK_HOW_NO_ANSWER,
    PAPER_BLANK_HOW_PRIVATE,
    PAPER_BLANK_HOW_SCORE,
    PAPER_BLANK_HOW_SCORE_AGAIN,
    PAPER_BLANK_HOW_TICK,
    PAPER_BLANK_HOW_TICK_AGAIN,
    PAPER_BLANK_INFORMATION,
    PAPER_BLANK_MATTERS,
    PAPER_BLANK_MATTERS_MORE,
    PAPER_BLANK_NAME,
    PAPER_BLANK_NO_ANSWER,
    PAPER_BLANK_NUMBER,
    PAPER_BLANK_OWN,
    PAPER_BLANK_OWN_MORE,
    PAPER_BLANK_PRINTED,
    PAPER_BLANK_PRIVATE,
    PAPER_BLANK_QUESTIONS,
    PAPER_BLANK_SCALE,
    PAPER_BLANK_SCALE_AGAIN,
    PAPER_BLANK_VERSION,
    PAPER_BLANK_WHO,
    PAPER_BLANK_WHO_CARER,
    PAPER_BLANK_WHO_DAY,
    PAPER_BLANK_WHO_HELP,
    PAPER_BLANK_WHO_INTERPRETER,
    PAPER_BLANK_WHO_NAME,
    PAPER_BLANK_WHO_PATIENT,
    PAPER_BLANK_YOU,
    PAPER_BLANK_YOUR_BIRTH,
    PAPER_BLANK_YOUR_NAME,
    PAPER_BLANK_YOUR_NUMBER,
    PAPER_BORN,
    PAPER_CAME,
    PAPER_CHANGES_BETWEEN,
    PAPER_CHANGES_DECLINED,
    PAPER_CHANGES_FIRST_SCORE,
    PAPER_CHANGES_MADE,
    PAPER_CHANGES_NEW,
    PAPER_CHANGES_NONE,
    PAPER_CHANGES_NOT_RAISED,
    PAPER_CHANGES_SCALE,
    PAPER_CHANGES_STOOD,
    PAPER_CHANGES_STOOD_DECLINED,
    PAPER_CHANGES_STOOD_NOT_RAISED,
    PAPER_CHANGES_STOOD_UNANSWERED,
    PAPER_CHANGES_TITLE,
    PAPER_CHANGES_UNANSWERED,
    PAPER_CHANGES_VERSION,
    PAPER_CHANGES_WAS,
    PAPER_CHANGES_WAS_NOW,
    PAPER_COPY_GP,
    PAPER_COPY_PATIENT,
    PAPER_GOES_ON,
    PAPER_HOME_AGAIN,
    PAPER_HOME_CANNOT,
    PAPER_HOME_CODE,
    PAPER_HOME_CODE_LETTERS,
    PAPER_HOME_COPY,
    PAPER_HOME_FOR,
    PAPER_HOME_FROM,
    PAPER_HOME_GO,
    PAPER_HOME_GO_UNKNOWN,
    PAPER_HOME_HOW,
    PAPER_HOME_MADE,
    PAPER_HOME_NOT_NOW,
    PAPER_HOME_SECRET,
    PAPER_HOME_TIME,
    PAPER_HOME_TITLE,
    PAPER_HOME_UNTIL,
    PAPER_HOME_VERSION,
    PAPER_HOME_WHY,
    PAPER_HOSPITAL_NUMBER,
    PAPER_MARK_DRAFT,
    PAPER_MARK_TRAINING,
    PAPER_MARK_TRAINING_DRAFT,
    PAPER_MOMENT_GP,
    PAPER_MOMENT_PATIENT,
    PAPER_MORE_OF,
    PAPER_NAME,
    PAPER_NAME_TITLED,
    PAPER_NEXT_PAGE,
    PAPER_NHS_NUMBER,
    PAPER_NHS_NUMBER_NONE,
    PAPER_PAGE,
    PAPER_PLAN_AGREED_BY,
    PAPER_PLAN_ASSESSED,
    PAPER_PLAN_ASSESSED_HOME,
    PAPER_PLAN_ASSESSED_PAPER,
    PAPER_PLAN_ASSESSED_TELEPHONE,
    PAPER_PLAN_ASSESSED_THIS_PC,
    PAPER_PLAN_ASSESSED_VIDEO,
    PAPER_PLAN_BY_WHEN,
    PAPER_PLAN_CONCERNS,
    PAPER_PLAN_DATE,
    PAPER_PLAN_DECLINED,
    PAPER_PLAN_DONE,
    PAPER_PLAN_DRAFT,
    PAPER_PLAN_ENDED_DECLINED,
    PAPER_PLAN_ENDED_NOT_NEEDED,
    PAPER_PLAN_GP_NAMED,
    PAPER_PLAN_INFORM,
    PAPER_PLAN_LATER,
    PAPER_PLAN_MADE,
    PAPER_PLAN_NO_ACTIONS,
    PAPER_PLAN_NOT_AGREED,
    PAPER_PLAN_NOT_RAISED,
    PAPER_PLAN_NOTHING_DECLINED,
    PAPER_PLAN_NOTHING_NOT_NEEDED,
    PAPER_PLAN_NUMBERED,
    PAPER_PLAN_NURSE,
    PAPER_PLAN_OPEN,
    PAPER_PLAN_OPEN_DUE,
    PAPER_PLAN_OPEN_OWNER,
    PAPER_PLAN_OTHERS,
    PAPER_PLAN_OUTCOME,
    PAPER_PLAN_OWNER,
    PAPER_PLAN_PROVIDER,
    PAPER_PLAN_RANKED,
    PAPER_PLAN_REFER,
    PAPER_PLAN_REVIEW,
    PAPER_PLAN_SAID,
    PAPER_PLAN_SCORE,
    PAPER_PLAN_SELF_CARE,
    PAPER_PLAN_SIGNED,
    PAPER_PLAN_SIGNPOST,
    PAPER_PLAN_SUPPORT_WORKER,
    PAPER_PLAN_TITLE,
    PAPER_PLAN_UNANSWERED,
    PAPER_PLAN_VERSION,
    PAPER_PLAN_WHAT,
    PAPER_PLAN_WHO,
    PAPER_PLAN_YOU,
    PAPER_PLAN_YOUR_GP,
    PAPER_PREPARED,
    PAPER_REFERRAL_ADDRESS,
    PAPER_REFERRAL_AGREED,
    PAPER_REFERRAL_ANSWER,
    PAPER_REFERRAL_ANSWER_ADDRESS,
    PAPER_REFERRAL_ANSWER_HOURS,
    PAPER_REFERRAL_ASKED,
    PAPER_REFERRAL_BY,
    PAPER_REFERRAL_CONCERN,
    PAPER_REFERRAL_COPY,
    PAPER_REFERRAL_DECLINED,
    PAPER_REFERRAL_FROM,
    PAPER_REFERRAL_MADE,
    PAPER_REFERRAL_MATTERS,
    PAPER_REFERRAL_NOT_RAISED,
    PAPER_REFERRAL_PATIENT,
    PAPER_REFERRAL_PHONE,
    PAPER_REFERRAL_SAID,
    PAPER_REFERRAL_SCORED,
    PAPER_REFERRAL_SEE,
    PAPER_REFERRAL_TITLE,
    PAPER_REFERRAL_TO,
    PAPER_REFERRAL_TO_UNKNOWN,
    PAPER_REFERRAL_UNANSWERED,
    PAPER_REFERRAL_VERSION,
    PAPER_REFERRAL_WRITTEN,
    PAPER_REPLACES,
    PAPER_RING,
    PAPER_RING_ASK,
    PAPER_RING_ASK_KEY_WORKER,
    PAPER_RING_CLINIC,
    PAPER_RING_KEY_WORKER,
    PAPER_RING_NUMBER,
    PAPER_RING_NUMBER_OUT_OF_HOURS,
    PAPER_RING_OUT_OF_HOURS,
    PAPER_RING_WHEN,
    PAPER_RING_WHO,
    PAPER_ROLE_ALLIED_HEALTH_PROFESSIONAL,
    PAPER_ROLE_CANCER_NURSE_SPECIALIST,
    PAPER_ROLE_DOCTOR,
    PAPER_ROLE_MENTAL_HEALTH_PROFESSIONAL,
    PAPER_ROLE_NOT_KNOWN,
    PAPER_ROLE_OTHER,
    PAPER_ROLE_OTHER_NURSE,
    PAPER_ROLE_SUPPORT_WORKER,
    PAPER_SESSION_ABOUT,
    PAPER_SESSION_CANNOT,
    PAPER_SESSION_CONFIRMED,
    PAPER_SESSION_COPY,
    PAPER_SESSION_DAY,
    PAPER_SESSION_DETAILS,
    PAPER_SESSION_ELSEWHERE,
    PAPER_SESSION_FOR,
    PAPER_SESSION_FROM,
    PAPER_SESSION_IN_PERSON,
    PAPER_SESSION_MADE,
    PAPER_SESSION_MONTH,
    PAPER_SESSION_MOVED,
    PAPER_SESSION_ONLINE,
    PAPER_SESSION_ONLINE_ON,
    PAPER_SESSION_PLACE,
    PAPER_SESSION_RELATIVE,
    PAPER_SESSION_RELATIVES,
    PAPER_SESSION_RELATIVES_WELCOME,
    PAPER_SESSION_REQUESTED,
    PAPER_SESSION_TIME,
    PAPER_SESSION_TIME_BETWEEN,
    PAPER_SESSION_TO_BE_CONFIRMED,
    PAPER_SESSION_VERSION,
    PAPER_SESSION_WAITING,
    PAPER_SESSION_WHEN,
    PAPER_SESSION_YOU_ARE_INVITED,
    PAPER_SIGNED,
    PAPER_SUMMARY_ABOUT,
    PAPER_SUMMARY_ABOUT_GP,
    PAPER_SUMMARY_ALSO,
    PAPER_SUMMARY_CODE,
    PAPER_SUMMARY_CODE_ITEM,
    PAPER_SUMMARY_CODE_SYSTEM,
    PAPER_SUMMARY_CODES,
    PAPER_SUMMARY_DRAFT,
    PAPER_SUMMARY_FROM,
    PAPER_SUMMARY_FROM_TEAM,
    PAPER_SUMMARY_NOT_SIGNED,
    PAPER_SUMMARY_OPEN,
    PAPER_SUMMARY_PRACTICE,
    PAPER_SUMMARY_SECTION,
    PAPER_SUMMARY_TITLE,
    PAPER_SUMMARY_TITLE_GP,
    PAPER_SUMMARY_TO,
    PAPER_SUMMARY_TO_NOT_KNOWN,
    PAPER_SUMMARY_VERSION,
    PAPER_TEST,
    PAPER_URGENT,
];
