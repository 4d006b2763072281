# Reports: the items of the cancer dataset and the team's figures, saved as files.

frame-reports = Reports
title-reports = Reports
reports-heading = Reports
reports-quiet = The cancer dataset and the team’s figures, counted from the records. Nothing is typed for them.
reports-from = First day
reports-to = Last day
reports-day-hint = For example 1 11 2026
reports-last-month = Use last month, { $from } to { $to }
reports-this-month = Use this month so far, { $from } to { $to }
reports-count = Count these days
what-report-from = the first day
what-report-to = the last day
what-report-form = what to save
what-report-format = the kind of file
what-report-passphrase = your passphrase

report-period = { $from } to { $to }
report-listed = Left out until it is put right
report-listed-count = { $count ->
    [one] 1 event
   *[other] { $count } events
}
report-listed-none = Nothing is left out
report-listed-event = { $event }, { $date }
report-listed-form-v9 = Left out of version 9 only.
report-listed-form-joined = Left out of the joined set only.
op-read_cosd = read what the record yields for the cancer dataset
op-save_report = saved a report that names the patient
report-listed-open = { refused-open }: { $name }
listed-hna_offered = Offer of an assessment
listed-hna_done = Assessment
listed-plan_offered = Offer of a care plan
listed-plan_started = Care plan that is being written
listed-plan_agreed = Care plan
listed-summary_signed = Treatment summary
cosd-fault-after_death = It is dated after the death.
cosd-fault-after_death-next = Check the day of death, and the day of the event. An offer that never was can be marked as a mistake.
cosd-fault-no_valid_day = It is dated before the patient was born.
cosd-fault-no_valid_day-next = Check the date of birth with “{ overview-correct }”.
cosd-fault-plan_without_hna = It belongs to no completed assessment.
cosd-fault-plan_without_hna-next = Check whether its assessment was completed, and the day on which it was answered.
cosd-fault-blank_pathway = The point of the pathway is missing.
cosd-fault-blank_pathway-next = Tell whoever looks after this PC: no record made here can lack it.
cosd-fault-blank_role = The role of whoever did it is missing.
cosd-fault-blank_role-next = Tell whoever looks after this PC: no record made here can lack it.
cosd-fault-duplicate = The same is recorded twice for this day. It is counted once.
cosd-fault-duplicate-next = If it is one and the same, mark one offer as a mistake. If it happened twice, nothing needs to be done.
cosd-fault-duplicate-nothing = Nothing needs to be done; it is counted once.

cosd-heading-v9 = Version 9
cosd-heading-joined = Joined set
cosd-count-v9 = { $count ->
    [one] 1 event
   *[other] { $count } events
}
cosd-count-joined = { $count ->
    [one] 1 row
   *[other] { $count } rows
}
cosd-first = The first { $shown } of { $count }. A file has them all.
cosd-none = Nothing was recorded in these days
cosd-none-record = Nothing is recorded yet
cosd-type = Event
cosd-type-20 = 20 Assessment
cosd-type-24 = 24 Care plan
cosd-date = Date
cosd-offered = Offered
cosd-offered-01 = 01 Offered, not decided yet
cosd-offered-02 = 02 Offered, declined
cosd-offered-03 = 03 Offered, accepted
cosd-offered-04 = 04 Not offered
cosd-offered-05 = 05 Offered, not able to complete one
cosd-offered-06 = 06 Not required, no concerns
cosd-plan = Assessment and plan
cosd-plan-01 = 01 Done, plan not offered
cosd-plan-02 = 02 Done, plan offered
cosd-plan-03 = 03 Done, plan completed
cosd-plan-04 = 04 Done, plan declined
cosd-plan-05 = 05 Done, plan not able to be completed
cosd-plan-06 = 06 Done, plan not required
cosd-point = Point of the pathway
cosd-role = Staff role
cosd-offered-by = Offered by
cosd-planned-by = Planned by
cosd-coded = { $code } { $words }
cosd-item = { $name } ({ $item })
cosd-summary = Treatment summary

title-cosd = Cancer dataset
cosd-heading = Cancer dataset
cosd-quiet = What this record yields for the English cancer dataset (COSD). It follows from the record, and changes with it.
overview-cosd = Cancer dataset
overview-cosd-more = What this record yields for the English cancer dataset
overview-cosd-open = See the items

figures-heading = Team figures
figures-small = A number from 1 to { $most } is hidden, and so is every number from which one could be worked out: it could name somebody. Do not subtract the figures of two periods from each other.
figures-point = Point of the pathway
figures-all = All together
figures-offered = Offered
figures-completed = Completed
figures-planned = With a plan
figures-without-concern = No concerns
figures-hidden = hidden
figures-concerns = Commonest concerns
figures-concern = Concern
figures-patients = Patients
figures-change = Change (median)
figures-change-lighter = { $points } lighter
figures-change-heavier = { $points } heavier
figures-change-none = no change
figures-change-few = too few
figures-scored-again = Scored twice
figures-no-concerns = No concern was raised by enough patients to be named
figures-rare = { $count ->
    [one] 1 more concern was raised by fewer than { $small } patients.
   *[other] { $count } more concerns were each raised by fewer than { $small } patients.
}

report-save = Save as a file
report-form = What?
report-form-v9 = Cancer dataset, version 9
report-form-v9-hint = An assessment and a plan are two events, types 20 and 24
report-form-joined = Cancer dataset, joined set
report-form-joined-hint = CR7900 to CR7960, and CR8420
report-form-figures = Team figures
report-form-figures-hint = Nobody can be named in it
report-format = What kind of file?
report-format-csv = CSV, for a spreadsheet or the registry
report-format-json = JSON
report-identified = Say whose each row is
report-identified-hint = Names, NHS and hospital numbers, dates of birth. Only where the one who gets the file has to know.
report-passphrase = Your passphrase
report-save-do = Choose a folder and save
report-saved = Saved
report-saved-where = { $file } is in { $folder }.
report-dialog-title = Save the report in a folder
report-dialog-save = _Save here
