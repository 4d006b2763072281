# The clinic list of a day: on Today, by hand, and from a file; and the register form filled from it. The letter after _ in the two words of
# the dialog is its key; src-tauri/src/folder_dialog.rs reads them as they stand, on one line each.
clinic_list-dialog-title = Open the file with the clinic list
clinic_list-dialog-open = _Open

title-clinic_list = Take in a clinic list
title-clinic_add = Add to a clinic list
title-clinic_visit = Place on the clinic list

today-list = Clinic list ({ $count })
today-list-empty = Nobody is on the list for today.
today-list-empty-more = Take in the list of the clinic as a file, or add a patient from the patient’s overview.
today-list-quiet = { $count ->
    [one] 1 person
   *[other] { $count } people
}
today-list-file-today = list taken in today { $time }
today-list-file-on = list taken in { $date } { $time }
# How far what stands at the trust was fetched; beside the name of the trust.
today-fetching = fetching from the trust: { $done } of { $total } patients here
today-fetching-again = fetching what is new at the trust: { $done } of { $total } patients
today-fetched = fetched from the trust { $time }
today-fetched-stopped = last fetched from the trust { $time }; it cannot be reached now
today-fetched-never = not fetched yet: the trust cannot be reached
today-list-take-in = Take in a clinic list
today-next = Next
today-similar = Similar name on this list
today-list-place = { $time }, { $name }: place on the list
today-list-start = Start assessment
today-list-read = Read the assessment
today-list-plan = Open the plan
today-list-register = Register
today-list-look = Compare
today-list-with = with { $who }
today-list-talk = Talk, { $how }
list-state-not_here = Not on this PC yet
list-state-differs = The NHS number is somebody’s here with other details
list-state-begun = Begun
list-state-died = Died
list-state-not_started = Not started
list-state-assessed = Assessment done { $time }, no concerns to plan for
list-state-assessed-no-plan = Assessment done { $time }, no plan wanted
list-state-agreed = Plan agreed { $time }
list-state-plan = Plan agreed { $date }
list-state-overdue = { $count ->
    [one] 1 action overdue
   *[other] { $count } actions overdue
}
list-begun-draft_hna = Assessment begun { $when }
list-begun-answers_to_confirm = Answers from home: whose are they?
list-begun-answers_from_home = Answers from home, taken in { $when }
list-begun-hna_without_plan = Assessment done { $when }, no plan yet
list-begun-plan_to_lock = Plan written, not agreed yet
list-begun-draft_plan = Plan begun { $when }
list-begun-draft_summary = Treatment summary begun { $when }, not signed

today-work-of = Whose work
today-work-all = Everybody
today-work-mine = Mine
today-work-team = My team
today-work-of-team = Team: { $team }
today-work-none = Nothing is waiting there.
today-work-show-all = Show all { $count }
today-work-needs = Needs you
today-work-anybody = whoever is here
work-plan_to_lock = Care plan written, not agreed yet
work-not_accepted = Not accepted by the trust: { $what }
work-action_due = Action due: { $what }
work-action_overdue = Action overdue: { $what }
work-action-by = { $who } does it
work-booking_waiting = Session: waiting for a date
work-booking_to_confirm = Session: confirm the place
work-booking_moved = Session: date or place changed, or cancelled
work-booking_to_remind = Session: send the details and a reminder
work-booking_due = Session: did the patient come?
work-offer_due = Offer of an assessment due: { $point }

clinic_list-heading = Take in a clinic list
clinic_list-quiet = From a file, for any day to come
clinic_list-how = What the file is
clinic_list-how-1 = Comma-separated values (CSV), as clinic systems and spreadsheets save them; at most 10,000 rows. If there is a choice, take “CSV UTF-8”.
clinic_list-how-2 = The first line names the columns. Needed are: date, time, NHS number, family name, given name, date of birth. Clinic, reason and nurse are read too; other columns are left.
clinic_list-how-3 = Nobody is registered or changed by it. A row is a patient’s only by NHS number, family name and date of birth together.
clinic_list-do = Choose the file
clinic_list-cancelled = No file was chosen.
clinic_list-refused = { $file } was not taken in
clinic_list-refused-line = Line { $line }.
clinic_list-refused-kept = Nothing of it is on a list. The file is where it was.
clinic_list-fault-unreadable = The file cannot be read.
clinic_list-fault-too_large = The file is longer than a clinic list can be.
clinic_list-fault-encoding = The file has letters in another code than UTF-8, or is no text. Save it again as “CSV UTF-8”.
clinic_list-fault-empty = There is nothing in the file.
clinic_list-fault-missing_column = The first line does not name: { $columns }.
clinic_list-fault-column_twice = The first line names twice: { $columns }.
clinic_list-fault-too_many_rows = The file has more than 10,000 rows. Save one clinic or one week at a time.
clinic_list-fault-open_quote = A quotation mark is opened and not closed on its line, so nobody can tell where its row ends. Close it or take it out, and put a cell of several lines on one.
clinic_list-fault-no_rows = The file names its columns, and has no row.
clinic_list-taken = { $file }: { $added ->
    [0] nobody new is on a list
    [one] 1 person is on a list
   *[other] { $added } people are on a list
}
clinic_list-taken-day = { $date }: { $count ->
    [one] 1 person
   *[other] { $count } people
}
clinic_list-already = { $count ->
    [one] 1 row had come before and adds nothing.
   *[other] { $count } rows had come before and add nothing.
}
clinic_list-stay-off = { $count ->
    [one] 1 person was taken off the list before and stays off
   *[other] { $count } people were taken off the list before and stay off
}
clinic_list-stay-off-more = Each can be put back on the list from here.
clinic_list-stay-off-one = { $name }, { $date } { $time }
clinic_list-rows-refused = { $count ->
    [one] 1 row was not taken
   *[other] { $count } rows were not taken
}
clinic_list-rows-refused-more = Put them right in the file and take it in again: the others do not come twice.
clinic_list-rows-first = These are the first { $count }.
clinic_list-column-line = Line
clinic_list-column-column = Column
clinic_list-column-why = Why
clinic_list-cells = It has another number of cells than the first line, more than 200, or a quotation mark in the wrong place
clinic_list-whole-row = Whole row
list-column-on = date
list-column-time = time
list-column-nhs_number = NHS number
list-column-family = family name
list-column-given = given name
list-column-born = date of birth
list-column-clinic = clinic
list-column-reason = reason
list-column-nurse = nurse

clinic_add-heading = Add { $name } to a clinic list
clinic_add-quiet = The patient then stands on Today on that day.
clinic_add-on = Date
clinic_add-on-hint = For example 04-Dec-2026
clinic_add-time = Time
clinic_add-time-hint = For example 14:30
clinic_add-clinic = Clinic (optional)
clinic_add-reason = What for (optional)
clinic_add-nurse = With whom (optional)
clinic_add-do = Add to the list
what-clinic-on = the date
what-clinic-time = the time
what-clinic-clinic = the clinic
what-clinic-reason = what it is for
what-clinic-nurse = with whom

clinic_visit-heading = { $date }, { $time }
clinic_visit-facts = As it stands on the list
clinic_visit-name = Name
clinic_visit-born = Born
clinic_visit-clinic = Clinic
clinic_visit-reason = What for
clinic_visit-nurse = With whom
clinic_visit-from-file = From the file
clinic_visit-entered = Entered by
clinic_visit-from-trust = From an appointment at the trust
clinic_visit-fetched = Fetched { $date } { $time }
clinic_visit-cancelled = The trust has cancelled this appointment
clinic_visit-cancelled-more = It is off the list. It comes back when the trust books it again, or when you put it back.
clinic_visit-by = { $who }, { $date } { $time }
clinic_visit-not-said = Not said
clinic_visit-not-here = Not on this PC yet
clinic_visit-not-here-more = Nobody here has this NHS number with this family name and this date of birth.
clinic_visit-differs = Somebody here has this NHS number with other details
clinic_visit-differs-more = The family name or the date of birth is another one. Find the person by the NHS number and ask the patient which is right; put the wrong one right. Nothing is merged.
clinic_visit-no-number = The row has no NHS number, so it is matched with nobody, also not after they are registered. Find or register the patient, add them to the list from the overview, and take this row off.
clinic_visit-register = Register from this row
clinic_visit-take-off = Take off the list
clinic_visit-put-back = Put back on the list
clinic_visit-taken-off = Taken off the list
clinic_visit-taken-off-more = It stays off, also when the same file is taken in again, until somebody puts it back.
register-from-file = Filled in from the file. Check each part with the patient; nothing is saved yet.

overview-clinic_list = Add to a clinic list
op-add_clinic_visit = added the patient to a clinic list
op-read_clinic_visit = read the patient’s place on a clinic list
op-take_off_clinic_visit = took the patient off a clinic list
op-follow_clinic_list = fetched the clinic list from the trust
op-receive_answers = received answers from home from the trust
op-put_back_clinic_visit = put the patient back on a clinic list
