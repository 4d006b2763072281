# The holistic needs assessment, from the start to reading it back.

answered_by-patient = The patient
answered_by-patient_with_help = The patient, with help
answered_by-carer = A carer
answered_by-interpreter = Through an interpreter
method-face_to_face = Face to face
method-telephone = Telephone
method-video = Video
method-paper = From paper
method-this_pc = At this PC, alone
method-home = From home
pathway-initial_diagnosis = Around diagnosis
pathway-start_of_treatment = Start of treatment
pathway-during_treatment = During treatment
pathway-end_of_treatment = End of treatment
pathway-recurrence = Diagnosis that it came back
pathway-transition_to_palliative = Move to palliative care
pathway-prehabilitation = Getting ready for treatment (prehabilitation)
pathway-palliative_care = Palliative or end-of-life care
pathway-other = Another point
hna-status-draft = Draft
hna-status-completed = Finished
hna-status-discarded = Discarded

hna-line-concerns = { $count ->
    [one] 1 concern
   *[other] { $count } concerns
}
hna-line-nothing = Nothing ticked yet
hna-line-again = concerns scored again
hna-line-typed-in = typed in { $date }
hna-line-no-concerns = { $name } has no concerns
hna-line-no-others = No concerns in the other areas
hna-line-declined = did not want to answer: { $areas }
hna-line-highest = highest { $concern } at { $score }
hna-back-overview = Overview
hna-start-heading = Start an assessment
hna-start-quiet = Make sure that the answers are about the person on the screen.
hna-start-identity = Day and month of birth
hna-start-identity-hint = Ask { $name }, or read it on the form. Do not copy it from this screen.
hna-start-answered-by = Who answers?
hna-start-helper = Who helps or interprets?
hna-start-helper-hint = Name and relation, or the interpreting service. Leave it empty only when it is not known.
hna-start-method = How?
hna-start-answered-on = When was the form filled in?
hna-start-answered-on-hint = As it says on the form. Ask { $name } when it does not say.
hna-start-blank = A form on paper
hna-start-blank-more = { $name } can fill it in with a pen. Type the answers in later, with “From paper”.
hna-start-blank-named = Print a blank form for { $name }
hna-start-blank-unnamed = Print a blank form without a name
hna-start-pathway = Where on the pathway?
hna-start-do = Start the assessment
hna-again-heading = Score the concerns again
hna-again-quiet = The concerns of { $date } are listed, to be scored from 0 to 10. More can be ticked.
hna-again-do = Start to score again
hna-again-other = On paper or at home
hna-again-other-more = { $name } can score again without you. Both offer 0 too: no longer a concern. Type a paper form in here, with “From paper”.
hna-again-print = Print a form for { $name }
hna-again-invite = Invite { $name } to answer at home
what-identity = the day and month of birth
what-answered_by = who answers
what-helper = who helps or interprets
what-method = how the answers are taken
what-answered_on = the day on which the form was filled in
what-pathway_point = the point of the pathway
what-words = the concern
what-questions = the questions
what-reason = the reason

ticks-again = The concerns of { $date } are ticked, to be scored again. Tick more, or take off what { $name } does not want to score.
ticks-heading = What concerns { $name }?
ticks-quiet = Over the last week. Tick as many as apply, or none. Scores come next.
ticks-find = Find a concern
ticks-find-none = No concern has these letters. Add it in { $name }’s own words.
ticks-areas = Areas
ticks-area-count = { $ticked } ticked
ticks-count = { $count ->
    [one] 1 concern
   *[other] { $count } concerns
}, { $ticked } ticked
ticks-shown = { $count ->
    [0] No concern shown
    [one] 1 concern shown
   *[other] { $count } concerns shown
}
ticks-decline = { $name } does not want to answer { $area } questions
ticks-decline-more = { $name } does not want to answer any more { $area } questions
ticks-chosen = { $name }’s concerns ({ $count })
ticks-chosen-none = Nothing ticked yet. None is a valid answer.
ticks-own = Something else, in { $name }’s words
ticks-own-mark = In { $name }’s words
ticks-own-not-added = Press Add to keep these words, or empty the box
ticks-add = Add
ticks-continue = Continue to scores
ticks-none = { $name } has no concerns
ticks-none-ticked = Tick a concern first, or choose “{ $name } has no concerns”
talk-later = Talk later

score-progress = Concern { $number } of { $total }
score-low = is { $words }
score-zero = is no concern now
score-legend = Score for { $concern }
score-decline = { $name } does not want to answer this
score-private = { $name } wants to talk about this privately
score-chosen = { $name } chose { $score }.
score-declined = { $name } did not want to answer.
score-unanswered = No score chosen yet.
score-back-ticks = Back to the concerns
score-next = Next: { $concern }
score-last = Continue to what matters most
answer-unanswered = Not answered
answer-declined = Did not want to answer
answer-not-raised = Not raised

matters-heading = Which matter most to { $name } today?
matters-quiet = Up to 4. The most important one at the top.
matters-ranked = Most important ({ $count } of 4)
matters-others = Other concerns
matters-others-none = Every concern is in the list.
matters-scored = Scored { $score } out of 10
matters-continue = Continue to information

information-heading = What would { $name } like to know?
information-quiet = Tick what { $name } wants information about, or nothing.
information-topics = Information wanted
information-questions = { $name } has questions about
information-questions-hint = In { $name }’s own words. Saved while you type.
information-continue = Check the answers

check-heading = Check { $name }’s answers
check-quiet = Go through them with { $name }, or compare them with the form. Do not read out those marked Talk later while others are present.
check-about = About this assessment
check-answered-by = Who answered
check-helper = Who helped or interpreted
check-method = How
check-answered-on = Answered on
check-helper-not-known = Not known
check-pathway = Point of the pathway
check-typed-by = Typed by
check-started = Started
check-completed = Finished
check-concerns = Concerns ({ $count })
check-no-concerns = { $name } has no concerns.
check-no-other-concerns = No concerns in the other areas.
check-none-ticked = Nothing was ticked.
check-ranked = What matters most today
check-no-ranked = No order was chosen.
check-declined-domains = Did not want to answer
check-declined-domain = { $area } questions
check-information = Information wanted
check-no-information = None
check-questions = Questions
check-no-questions = None
check-unanswered = { $count ->
    [one] One concern is not answered. It is recorded as “Not answered”.
   *[other] { $count } concerns are not answered. They are recorded as “Not answered”.
}
check-complete = Finish the assessment
check-complete-hint = After this the answers can be read but no longer changed. Ask { $name } for the day and month of birth, or read it on the form. Do not copy it from this screen.
check-complete-do = Finish the assessment
check-discard = Discard this assessment
check-discard-more = Only if it was started for the wrong person or by mistake. The answers stay in the history with your reason.
check-discard-reason = Reason
check-discard-do = Discard it
check-change-concerns = the concerns
check-change-ranked = what matters most
check-change-information = the information wanted
check-change-questions = the questions

check-again = Concerns scored again
check-again-of = Those of { $date }
read-heading = Assessment of { $date }
read-discarded = This assessment was discarded. It does not count.
read-discarded-reason = Reason: { $reason }
read-finished = The assessment is finished and saved on this PC.
read-to-overview = Back to the overview
concerns-caption = Concerns and scores
concerns-column-concern = Concern
concerns-column-score = Score
concerns-column-change = Change
