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
title-hna_start = Start an assessment
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

frame-navigation = Main
frame-today = Today
frame-find = Find a patient
frame-staff = Colleagues
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
change = Change
change-what = Change { $what }
add = Add
cancel = Cancel
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
