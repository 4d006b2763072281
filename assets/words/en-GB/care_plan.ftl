# The care plan: writing it, agreeing it, reading it back, and its place on the overview.

plan-quiet = Version { $version }, draft, from the assessment of { $date }
plan-unlocked = Version { $version }, draft. Version { $before }, agreed { $date } by { $who }, holds until then.
plan-unlocked-read = Read version { $version }
plan-unlocked-reason = Why it was unlocked: { $reason }
plan-concerns = { $name }’s concerns ({ $count })
plan-planned = { $planned } of { $count } planned
plan-ranked = Matter most today, in { $name }’s order
plan-others = Other concerns, by score
plan-all = By score
plan-actions = { $count ->
    [0] No actions yet
    [one] 1 action
   *[other] { $count } actions
}
plan-matters = What matters to { $name }, in { $name }’s words
plan-action = Action { $number }
plan-actions-of = Actions for { $concern }
plan-column-kind = Action
plan-column-what = What we agreed
plan-column-owner = Who does it
plan-column-due = By
plan-column-now = Now
plan-choose = Choose
plan-name-nurse = Name of the nurse
plan-name-support_worker = Name of the support worker
plan-name-gp = Name of the GP, if known
plan-name-service = Name of the service
plan-done = Done
plan-done-today = Done today
plan-done-on = Done { $date }
plan-agreed = Agreed
plan-overdue = Overdue
plan-not-whole = Not complete
plan-no-kind = No kind chosen
plan-no-what = Not written yet
plan-no-owner = Nobody chosen
plan-no-due = No day yet
plan-add = Add your own action
plan-change-what = Change action { $number }: { $what }
plan-remove = Remove
plan-remove-what = Remove action { $number }: { $what }
plan-removed = Removed. Actions left: { $count }.
plan-next = Next concern: { $concern }
plan-preview = Preview and print
plan-agree = Agree this plan
plan-back = Back to the plan

action-inform = Information
action-signpost = Signpost
action-refer = Refer
action-review = Review
action-self_care = Self-care
action-inform-means = We give { $name } information.
action-signpost-means = { $name } contacts a service.
action-refer-means = We contact a service for { $name }.
action-review-means = We look at it again.
action-self_care-means = Something { $name } does.
owner-patient = The patient
owner-nurse = Nurse
owner-support_worker = Support worker
owner-gp = GP
owner-service = A service

what-plan-kind = the kind of action { $number } for { $concern }
what-plan-what = what was agreed as action { $number } for { $concern }
what-plan-owner = who does action { $number } for { $concern }
what-plan-owner_name = the name of who does action { $number } for { $concern }
what-plan-due = the day by which action { $number } for { $concern } is done
what-plan-kind-here = the kind of action
what-plan-what-here = what was agreed
what-plan-owner-here = who does it
what-plan-owner_name-here = the name
what-plan-due-here = the day
what-plan-matters = what matters about { $concern }
what-plan-concern = the words of the concern { $concern }
what-plan-actions = the actions
what-plan-reason = the reason
what-plan-other = the plan

agree-heading = Agree the plan with { $name }
agree-quiet = Go through it together.
agree-quiet-private = Go through it together. Do not read out those marked Talk later while others are present.
agree-means = After this the plan can be read and printed. Changing it needs a reason and makes a new version.
agree-do = Agree and lock
agree-no-actions = { $count ->
    [one] One concern has no action. That is allowed.
   *[other] { $count } concerns have no action. That is allowed.
}
agree-none = None of the concerns has an action. That is allowed.
plan-table = What was agreed about { $concern }
plan-table-none = No action
plan-said = { $name } said: “{ $words }”

plan-read-heading = Care plan, version { $version }
plan-read-quiet = Agreed { $date } { $time } by { $who }, { $role }
plan-read-locked = This plan is agreed and locked.
plan-read-draft = Version { $version } is being written. Version { $before }, shown here, holds until then.
plan-read-older = Version { $newest } has replaced this one.
plan-read-continue = Go on with version { $version }
plan-print = Print
plan-versions = Versions
plan-version = Version { $version }
plan-version-draft = Version { $version }, draft
plan-version-shown = shown here
plan-version-signed = Agreed { $date } { $time } by { $who }, { $role }
plan-read-assessed = From the assessment of { $date }
plan-unlock = Change this plan
plan-unlock-more = The agreed version stays as it is. What you change becomes version { $version }, once it is agreed.
plan-unlock-reason = Why it is changed
plan-unlock-do = Unlock it
plan-to-overview = Back to the overview

overview-write-plan = Write the plan
overview-write-plan-what = Write the plan, { $what }
overview-plans = Care plans
overview-no-plans = No care plan yet
overview-no-plans-more = A plan is made from an assessment that is finished.
overview-plan-draft = Care plan, version { $version }, draft
overview-plan-version = Care plan, version { $version }
overview-plan-counts = { $concerns ->
    [one] 1 concern
   *[other] { $concerns } concerns
} · { $actions ->
    [0] no actions yet
    [one] 1 action
   *[other] { $actions } actions
}
overview-plan-before = Version { $version } holds until then
overview-signed-by = Agreed { $date } by { $who }
overview-started-by = Started { $date } by { $who }
overview-summaries = Treatment summaries
overview-no-summaries = No treatment summary yet
overview-no-summaries-more = Start one at the end of a treatment. The patient and the GP get a copy each.
overview-start-summary = Start a treatment summary
overview-go-on-summary = Go on with the summary
overview-summary-draft = { $title }, version { $version }, draft
overview-summary-version = { $title }, version { $version }
overview-summary-before = Version { $version } holds until then
overview-summary-signed-by = Signed { $date } by { $who }
today-write-plan = Write the plan
today-continue-plan = Open the plan
today-continue-summary = Open the summary
