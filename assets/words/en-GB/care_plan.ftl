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
plan-added = Added, not raised in the assessment
plan-add-concern = Add a concern
plan-add-concern-more = Something that { $name } did not raise in the assessment. It gets no score.
plan-add-concern-words = The concern
plan-add-concern-hint = Type to find it on the checklist, or write it in your own words.
plan-add-concern-found = On the checklist
plan-add-concern-count = { $count ->
    [0] Nothing on the checklist matches
    [one] 1 on the checklist
   *[other] { $count } on the checklist
}
plan-add-concern-do = Add in these words
plan-take-out = Take “{ $concern }” out of the plan
plan-nothing-of = Nothing agreed for { $concern }
plan-nothing-declined = { $name } wants nothing done
plan-nothing-not_needed = Nothing is needed
plan-nothing-declined-said = { $name } wants nothing done about this
plan-nothing-not_needed-said = Nothing is needed for this
plan-nothing-back = Take that back
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
plan-end = It has ended
plan-end-what = It has ended: action { $number }, { $what }
plan-end-again = Change how it ended
plan-end-again-what = Change how it ended: action { $number }, { $what }
plan-end-how = How did it end?
plan-end-do = Save how it ended
plan-ended-done = Done
plan-ended-declined = { $name } does not want it
plan-ended-not_needed = No longer needed
plan-outcome = What came of it
plan-outcome-said = What came of it: { $words }
plan-reopen = Open it again
plan-reopen-what = Open it again: action { $number }, { $what }
plan-reopen-no-day = It was agreed without a day. To open it again, change this plan and give it one.
plan-ended = Ended
plan-ended-done-today = Done today
plan-ended-done-on = Done { $date }
plan-ended-declined-today = Declined today
plan-ended-declined-on = Declined { $date }
plan-ended-not_needed-today = Not needed, said today
plan-ended-not_needed-on = Not needed, said { $date }
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
what-plan-how = how it ended
what-plan-outcome = what came of it
what-plan-added = the concern
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

plan-review = Review this plan
plan-review-more = Go through it together again: say what was done, change what has to change. Agreed again, it is version { $version }. This version stays readable.
plan-review-do = Start the review
plan-reviewed = This is a review.
plan-former = Still open from the plan of { $date }
plan-former-read = Read that plan
plan-former-more = Nothing is carried over by itself. Carry over what goes on; say of the rest how it ended.
plan-former-carry = Carry over
plan-former-carry-what = Carry over: { $what }
plan-former-end = It has ended
plan-former-end-what = It has ended: { $what }
plan-former-due = by { $date }
plan-former-left = { $count ->
    [0] Saved. Nothing is open from earlier plans any more.
    [one] Saved. One action is still open from earlier plans.
   *[other] Saved. { $count } actions are still open from earlier plans.
}
plan-version-compare = Compare
plan-version-compare-what = Compare with version { $version }
plan-version-compare-draft = Compare with the draft of version { $version }
plan-version-compare-former = Compare with the plan before this one

compare-heading = Compare plans
compare-quiet = The left is what was before, the right what came after.
compare-others = Choose what to compare
compare-left = Left
compare-right = Right
compare-do = Compare these
compare-same = They say the same
compare-differ = { $count ->
    [one] One of { $all } concerns differs
   *[other] { $count } of { $all } concerns differ
}
compare-none = No difference
compare-not-here = Not in this plan
compare-side = Version { $version }, agreed { $date } { $time }, from the assessment of { $assessed }
compare-side-review = Version { $version }, a review, agreed { $date } { $time }, from the assessment of { $assessed }
compare-side-draft = Draft, from the assessment of { $assessed }
what-compare-left = what stands on the left
what-compare-right = what stands on the right
difference-concern_added = Only on the right.
difference-concern_gone = Only on the left.
difference-answer = The score was { $was }, now { $now }.
difference-matters = What matters to { $name } is worded differently.
difference-nothing = What was said about agreeing nothing differs.
difference-action_added = New: { $what }
difference-action_gone = No longer there: { $what }
difference-action_kind = { $what }: was { $was }, now { $now }
difference-action_what = Was “{ $was }”, now “{ $now }”
difference-action_owner = { $what }: fell to { $was }, now to { $now }
difference-action_due = { $what }: by { $was }, now by { $now }
difference-action_ended = { $what }: { $now }
difference-action_reopened = { $what }: open again
