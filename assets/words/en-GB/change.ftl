# How a patient's concerns changed from one assessment to the next. A sentence first, a bar second, the table always.

title-changes = Change of concerns
changes-heading = How { $name }’s concerns have changed
changes-quiet = { $count } assessments, from { $first } to { $newest }
changes-print = Print for { $name }
changes-ranked = Matter most to { $name } now
changes-others = Other concerns
changes-all = Concerns
changes-own = { $name }’s own scores
changes-table = All concerns ({ $count })
changes-table-order = What matters most first, then the highest now
changes-caption = Score of each concern in each assessment
changes-column-concern = Concern
changes-column-since = Since first score
changes-scale-none = 0 no concern now
changes-scale-worst = 10 the worst it could be
changes-none = { $name } had no concerns.
changes-back = Overview

# $what is the concern. These are whole sentences, so that they can be said aloud.
said-was = { $what } was { $was }, now { $now }.
said-same = { $what } was { $was }, still { $now }.
said-new = { $what } is new, scored { $now }.
said-first_score = { $what } has its first score, { $now }.
said-back = { $what } is raised again, scored { $now }.
said-declined = { $what }: did not want to answer.
said-declined-was = { $what } was { $was }; now did not want to answer.
said-unanswered = { $what }: not answered.
said-unanswered-was = { $what } was { $was }; now not answered.
said-not_raised = { $what }: not raised this time.
said-not_raised-was = { $what } was { $was }; not raised this time.
said-between-lower = Lower at each assessment.
said-between-higher = Higher at each assessment.
said-between-scores = In between it was { $scores }.

difference-lower = { $by } lower
difference-higher = { $by } higher
difference-same = Same
difference-new = New
difference-first_score = First score
difference-no-score = No score now

since-title = Since last time
since-dates = { $from } to { $to }
since-none = There were no concerns.
since-all = { $count ->
    [one] The concern over { $assessments } assessments
   *[other] All { $count } concerns over { $assessments } assessments
}
