# The window around every screen: header, regions, titles, and the parts that any screen may use.

product = Holdfast
title-cannot_open = Holdfast cannot open
title-first_start = Set up this PC
title-recovery_code = Recovery code
title-lock = Locked
title-cannot_get_in = I cannot get in
title-staff = Colleagues
title-today = Today
title-find = Find a patient
title-register = Patient details
title-overview = Overview
title-offer = Record an offer
title-plan_compare = Compare plans
title-plan_offer = Offer of a care plan
title-death = Record a death
title-hna_start = Start an assessment
title-blank_form = A form on paper
title-hna_ticks = Concerns
title-hna_score = Score a concern
title-hna_matters = What matters most
title-hna_information = Information and questions
title-hna_check = Check the answers
title-hna_read = Assessment
title-care_plan = Care plan
title-plan_agree = Agree the plan
title-plan_read = Agreed care plan
title-summary_start = Start a treatment summary
title-summary = Treatment summary
title-summary_sign = Sign the summary
title-summary_read = Signed treatment summary
title-paper = Preview and print
title-sending = Sending to the trust
title-conflict = Two versions
title-guide = Guide
title-invite = Invite to answer at home
title-invitation = Invitation
title-take_in = Take in answers
title-answers = Answers from home
title-appointment_book = Book a talk
title-appointment = Talk
title-directory = Directory
title-directory_entry = Directory entry
title-sessions = Sessions and services
title-session = Session
title-session_book = Book a session
title-booking = Booking

frame-navigation = Main
frame-today = Today
frame-find = Find a patient
frame-sessions = Sessions and services
frame-staff = Colleagues
frame-guide = Help
frame-lock = Lock
frame-patient = Patient
frame-actions = Actions and saving
frame-this-pc = This PC
frame-training = Training mode: made-up patients, nothing is sent
frame-lock-soon-minute = This PC locks in 1 minute. Press any key to stay.
frame-lock-soon-half = This PC locks in 30 seconds. Press any key to stay.
frame-lock-soon-now = This PC locks in a few seconds. Press any key to stay.
frame-lock-soon-form = What you have typed on this page and not yet saved is not kept.
frame-not-saved-lock = Something you typed could not be saved. Press Lock again to lock without it.

record-draft = Draft, not finished
record-saved_here = Saved here
record-waiting = Waiting to send
record-sent = Sent
record-needs_you = Needs you

saved-at = Saved here { $time }
saving-now = Saving
not-saved-yet = Not saved yet
not-saved = The last change was not saved

error-summary = { $count ->
    [one] Check one thing
   *[other] Check { $count } things
}
show = Show
hide = Hide
show-what = Show { $what }
hide-what = Hide { $what }
go-back = Back
sign-identity = Day and month of birth
sign-identity-hint = Ask { $name } and type the answer. Do not copy it from the screen.
sign-passphrase = Your passphrase, { $me }
sign-passphrase-hint = It stands for your signature.
sign-wrong-passphrase = This is not your passphrase, so nothing was signed: type it again
sign-what-identity = the day and month of birth
sign-what-passphrase = your passphrase
take-off = Take off
take-off-what = Take off { $what }
ranking-up = Move up
ranking-down = Move down
ranking-up-what = Move up { $what }
ranking-down-what = Move down { $what }
ranking-add-what = Add { $what }
ranking-room = { $left ->
    [4] Nothing chosen yet. Add the first from the other concerns, or leave it empty.
    [one] You can add one more, or leave it at { $count }.
   *[other] You can add { $left } more, or leave it at { $count }.
}
ranking-full = That is four. Take one off to add another.
ranking-moved = “{ $what }” is now number { $place }.
ranking-off = “{ $what }” is off the list.
change = Change
change-what = Change { $what }
add = Add
cancel = Cancel
keep-it = Keep it as it is
day = Day
month = Month
year = Year
optional = if known
test-badge = TEST
score-out-of-ten = { $score } out of 10
loading = One moment
weekday-0 = Sunday
weekday-1 = Monday
weekday-2 = Tuesday
weekday-3 = Wednesday
weekday-4 = Thursday
weekday-5 = Friday
weekday-6 = Saturday
