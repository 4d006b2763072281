# Patient mode: the nurse hands the PC over, the patient answers alone, the nurse takes it back. Nothing here names another person.

title-hand_over = Hand over to the patient
title-patient_welcome = Before you begin
title-patient_area = Your concerns
title-patient_own_words = Something else
title-patient_rate = Score a concern
title-patient_matters = What matters most
title-patient_information = Information
title-patient_questions = Your questions
title-patient_check = Check your answers
title-patient_give_back = Give the PC back
title-patient_not_me = This is not me
title-patient_over = Please find your nurse

hand_over-do = Hand over to { $name }
hand_over-heading = Hand this PC over to { $name }
hand_over-quiet = { $name } answers alone. You come back with a PIN.
hand_over-next = What happens next
hand_over-next-closed = Your records close, as when you lock this PC. { $name } sees this assessment only: the first name, no number, nobody else.
hand_over-next-saved = Each answer is saved on this PC as it is given. What is answered already stands there, and { $name } can change it.
hand_over-next-not-me = “This is not me” is on every page. It locks this PC, and where answers were given since the hand-over it asks once more first. Those answers are not taken in.
hand_over-next-back = To come back, choose “Stop for now” or go to the last page, and type your PIN. It holds for 2 hours and 5 tries. It ends sooner when nobody touches this PC for the minutes after which it always locks. After that your passphrase opens this PC, and the answers are there.
hand_over-pin-title = Choose a PIN for this hand-over
hand_over-pin = PIN of 6 digits
hand_over-pin-hint = For this hand-over only. Do not use one that { $name } can guess.
hand_over-pin-again = The same PIN again
hand_over-start = Hand over now
hand_over-changing = The window changes to { $name }’s page. Please wait.
what-pin = the PIN
what-pin_again = the PIN again
field-pin_digits = A PIN has 6 digits: check { $what }
field-pin_too_simple = That PIN is too easy to guess: choose another
field-pin_differs = The two PINs are not the same: type { $what }
check-from-patient = { $answers ->
    [0] { $name } had this PC alone on { $date } at { $time }, and gave no answers.
    [one] { $name } answered alone at this PC on { $date } at { $time }: 1 answer.
   *[other] { $name } answered alone at this PC on { $date } at { $time }: { $answers } answers, each change counted.
}
check-from-patient-unreadable = { $unreadable ->
    [one] One answer that { $name } gave could not be read.
   *[other] { $unreadable } answers that { $name } gave could not be read.
}
check-from-patient-unreadable-next = Go through the answers with { $name } and ask again what is missing.
check-from-patient-waiting = { $name } gave answers alone at this PC that could not be read yet.
check-from-patient-waiting-next = They are not lost: each act here tries again to read them, and nothing is changed before they are in. If this stays, lock this PC, unlock it again, and tell your IT support.
give-up = Go on without these answers
give-up-more = Only what can never be read is given up: when something else stands in the place of the file, or the file is far too long. What { $name } answered alone then stays out for good; ask again what is missing. While the disk only keeps it back, nothing is given up.
give-up-reason = Why can they not be read?
give-up-do = Give them up
check-from-patient-given-up = What { $name } answered alone could never be read, and was given up: { $reason }
check-from-patient-doubtful = Make sure that these answers are { $name }’s.
check-from-patient-doubtful-next = The PC was restarted or signed out before they came in. If somebody pressed “This is not me” while the disk took nothing, that is lost.
check-from-patient-not-me = Somebody pressed “This is not me” on { $date } at { $time }.
check-from-patient-not-me-next = Nothing that was answered then was taken in. Make sure who is in the room before you hand over again.

patient_mode-hello = Hello { $name }
patient_mode-not-me = This is not me
patient_mode-bigger = Bigger text
patient_mode-usual = Usual text
patient_mode-stop = Stop for now
patient_mode-ask-name = Not sure? Ask your nurse, { $nurse }.
patient_mode-continue = Continue
patient_mode-back = Back
patient_mode-saved = Saved.
patient_mode-saving = Saving
patient_mode-not-yet = Not saved yet
patient_mode-failed = Not saved
patient_mode-refused = That answer was not saved. All your other answers are safe.
patient_mode-refused-next = Try once more. If it happens again, tell your nurse.

patient_mode-welcome-what = Some questions about how you are. They help you and your nurse decide what to talk about.
patient_mode-welcome-choice = You choose what to answer. You can miss out any question.
patient_mode-welcome-saved = Each answer is saved when you give it. You can stop at any time.
patient_mode-welcome-who = Only the people who look after you see your answers.
patient_mode-welcome-not = Are you not { $name }? Press “This is not me” to close this page. If something was answered, it asks you first.
patient_mode-start = Start

patient_mode-step = Part { $number } of { $total }
patient_mode-area-heading = Your concerns: { $area }
patient_mode-area-question = Tick anything that has worried or bothered you in the last week. You can tick none.
patient_mode-area-decline = I do not want to answer this part
patient_mode-area-decline-more = I do not want to answer any more of this part

patient_mode-own-heading = Is there something else?
patient_mode-own-question = Write it in your own words, then press Add. Or go on.
patient_mode-own-label = Something else, in my own words
patient_mode-own-added = Your concerns so far ({ $count })
patient_mode-own-none = You have not ticked anything. That is fine.
patient_mode-own-not-added = Press Add to keep these words, or empty the box

patient_mode-rate-progress = Concern { $number } of { $total }
patient_mode-rate-decline = I do not want to answer this
patient_mode-rate-private = I want to talk about this privately
patient_mode-rate-chosen = You chose { $score }. It is saved.
patient_mode-rate-declined = You do not want to answer. That is saved.
patient_mode-rate-none = You have not chosen yet.

patient_mode-matters-heading = Which matter most to you today?
patient_mode-matters-quiet = Choose up to { $most }. Put the most important one at the top.
patient_mode-matters-ranked = Most important ({ $count } of { $most })
patient_mode-matters-others = Your other concerns
patient_mode-matters-none = All your concerns are in the list.
patient_mode-matters-score = You scored it { $score }
patient_mode-matters-no-score = No score
patient_mode-answer-rated = You scored it { $score } out of 10
patient_mode-answer-declined = You did not want to answer
patient_mode-answer-unanswered = You did not choose a score

patient_mode-information-heading = Would you like information about any of these?
patient_mode-information-quiet = Tick what you want to know more about. You can tick none.
patient_mode-questions-heading = Do you have any questions?
patient_mode-questions-label = I have questions about
patient_mode-questions-hint = Write as much or as little as you like. It is saved while you write.

patient_mode-check-heading = Check your answers
patient_mode-check-quiet = You can change any of them.
patient_mode-check-concerns = Your concerns ({ $count })
patient_mode-check-no-concerns = You have not ticked anything.
patient_mode-check-no-others = You have not ticked anything in the other parts.
patient_mode-check-declined = You did not want to answer
patient_mode-check-ranked = What matters most to you today
patient_mode-check-no-ranked = You did not choose an order.
patient_mode-check-information = You would like information about
patient_mode-check-no-information = Nothing
patient_mode-check-questions = Your questions
patient_mode-check-no-questions = None
patient_mode-check-done = I have finished

patient_mode-back-heading = Please give the PC back to your nurse
patient_mode-back-thanks = Thank you, { $name }.
patient_mode-back-saved = Thank you, { $name }. Your answers are saved.
patient_mode-back-nurse = For the nurse
patient_mode-back-pin = Your PIN of 6 digits
patient_mode-back-do = Take the PC back
patient_mode-back-answers = Go back to my answers
patient_mode-back-wrong = { $tries ->
    [one] That is not the PIN. You can try once more.
   *[other] That is not the PIN. You can try { $tries } more times.
}
patient_mode-back-tries = { $tries ->
    [one] You can try once.
   *[other] You can try { $tries } times.
}
patient_mode-back-last = After that, unlock this PC with your passphrase. The answers are kept.
patient_mode-back-trying = One moment
patient_mode-sure-heading = Are you sure that you are not { $name }?
patient_mode-sure-more = If you are someone else, this page closes now. The answers given here are not used. Please find your nurse.
patient_mode-sure-yes = Yes, this is not me
patient_mode-sure-no = I am { $name }
patient_mode-over-heading = Please find your nurse
patient_mode-over-closed = This page is closing.
patient_mode-over-stuck = It could not be closed by itself.
patient_mode-over-again = Close it
patient_mode-soon = Are you still there? This page closes in 1 minute. Press any key to stay.
