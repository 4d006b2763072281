# How records reach the trust: the header, the notice on Today, and the page about sending. A time is said with its date unless it is of today.

sending-saved_here = Saved here
sending-waiting = Waiting to send ({ $count })
sending-sent = Sent { $time }
sending-needs_you = Needs you ({ $count })
sending-also = { $count ->
    [one] 1 needs you
   *[other] { $count } need you
}
sending-last = Last sent { $time }
sending-none-yet = Nothing sent yet
sending-no-others = Nothing else waiting
sending-training = Nothing is sent
sending-reason-no_server = No server set up on this PC
sending-reason-no_network = No network
sending-reason-no_network-since = No network since { $since }
sending-reason-server_busy = The trust’s server is busy
sending-reason-server_busy-since = The trust’s server has been busy since { $since }
sending-reason-sign_in = The server does not know this PC: tell your IT team
sending-reason-server_unusable = Server not usable: tell your IT team
sending-reason-other_server = Another server is set up: tell your IT team
sending-reason-server_unsafe = The server did not pass its check: tell your IT team
sending-reason-refused_here = This PC cannot read or save: tell your IT team
sending-reason-sending = Sending now
sending-reason-none = Nothing waiting
sending-to = Sending:

today-needs-you = { $count ->
    [one] The trust did not accept one record. Everything else goes on.
   *[other] The trust did not accept { $count } records. Everything else goes on.
}
today-needs-you-see = { $count ->
    [one] See what it needs
   *[other] See what they need
}

sending-quiet = Everything here is saved on this PC first. Sending goes on by itself, whoever is signed in.
sending-now = Send now
sending-trying = Trying now
sending-nothing-to-send = Nothing is waiting to be sent
sending-how-it-stands = How it stands
sending-safe = Safe on this PC
sending-safe-more = every finished record
sending-at-trust = At the trust
sending-confirmed = last one confirmed { $time }
sending-confirmed-none = none confirmed yet
sending-needs = Needs you
sending-needs-more = not accepted by the trust
sending-part-sent = { $count } at the trust
sending-part-waiting = { $count } waiting
sending-no-server = Nothing is sent from this PC
sending-no-server-more = No server of the trust is set up here. Every record is safe on this PC and nothing is waiting. Your IT team can set one up; sending then goes by itself.
sending-in-training = Nothing is sent in training mode
sending-in-training-more = The people are made up, and what you do with them stays on this PC.

sync-asked-of-you = What is asked of you
sync-fresh = The oldest that is not at the trust yet has waited { $age }, since { $since }.
sync-late = The oldest has waited { $age }
sync-late-nothing = Nothing has reached the trust since { $since }. It is all safe on this PC and goes by itself as soon as it can. If the network is there, tell { $desk }.
sync-late-some = It was saved here { $since } and is safe on this PC. Others have gone since: what it needs stands below.
sync-call-nothing = Nothing has reached the trust since { $day }.
sync-call-some = The oldest record has waited since { $day }.
sync-call-next = It is all safe on this PC. Call { $desk }.
sync-it-desk = your IT service desk
sync-by-patient = By patient
sync-nobody = Nothing has been sent from this PC yet, and nothing is waiting.
sync-unsent = { $count ->
    [one] 1 record not yet sent
   *[other] { $count } records not yet sent
}
sync-unsent-since = { $age }, since { $since }
sync-sent = Last sent { $time }
sync-sent-never = Nothing sent yet
sync-open = Open record, { $name }
sync-more = { $count ->
    [one] Records of 1 more patient are not yet sent.
   *[other] Records of { $count } more patients are not yet sent.
}
sync-under-an-hour = less than an hour
sync-minutes = { $count ->
    [one] 1 minute
   *[other] { $count } minutes
}
sync-hours = { $count ->
    [one] 1 hour
   *[other] { $count } hours
}
sync-days = { $count ->
    [one] 1 day
   *[other] { $count } days
}

today-notices = { $count ->
    [one] Something happened at the trust that a person should look at.
   *[other] { $count } things happened at the trust that a person should look at.
}
today-notices-see = See what happened
notice-title = From the trust ({ $count })
notice-quiet = nothing here was changed
notice-since = Noticed { $since }
notice-removed_there = Somebody removed this at the trust: { $what }
notice-removed_there-more = It stays on this PC. Ask the trust’s records team why it was removed, if you do not know.
notice-many_removed = { $count ->
    [one] 1 record is missing at the trust
   *[other] { $count } records are missing at the trust at once
}
notice-many_removed-more = So many at once may be a fault of the server, so nothing was concluded from it, and all of it stays on this PC. Ask your IT team. Then look again; or say that they are gone, when somebody removed them on purpose.
notice-patient_not_in_use = The trust no longer uses its record of this patient, or has joined it with another
notice-patient_not_in_use-more = Nothing was joined here. Ask the trust’s records team which record is right.
notice-other_patient = The trust has moved something to another patient: { $what }
notice-other_patient-more = It stays with this patient here. Ask the trust’s records team whose it is.
notice-perhaps_the_same = Somebody at the trust may be a patient who is here
notice-perhaps_the_same-more = Nobody was joined, and nothing of that record came here. Ask the trust’s records team which record is right.
notice-went_back = { $count ->
    [one] The trust’s server has lost 1 record that it had
   *[other] The trust’s server has lost { $count } records that it had
}
notice-went_back-more = The server has gone back in time, as after it was restored from a copy. All of it is safe on this PC. Ask your IT team whether the server is ready, then send it again. What is there already is not sent twice.
notice-not_read = Something at the trust cannot be read here: { $what }
notice-not_read-more = Nothing here was changed by it. Show the details below to your IT team.
notice-answer-seen = I have seen this
notice-answer-look_again = Look again
notice-answer-gone = They are gone
notice-answer-send_again = Send again
notice-answered-seen = Noted. It stands in the audit.
notice-answered-look_again = The trust is looked at again.
notice-answered-gone = Noted as removed at the trust. All of it stays on this PC.
notice-answered-send_again = Back in the queue. What the trust has already is not sent twice.

refused-quiet = everything else goes on
refused-none = Nothing needs you
refused-none-more = A record that the trust does not accept is shown here, with what to do.
refused-since = Not accepted { $since }
refused-of-nobody = A record of no single patient
refused-safe = { $name }’s record is safe here. Nothing more is sent for { $name } until this is settled.
refused-safe-shared = It is safe here.
refused-try-again = Try again
refused-open = Open record
refused-correct = Correct and send again
refused-see = See both versions
refused-export = Save a copy
refused-export-more = For your IT team: one file with this record as it would be sent, and the server’s own words. It names the patient, so it asks for your passphrase.
refused-export-passphrase = Your passphrase
refused-export-where = Choose where to save it
refused-export-wrong = This is not your passphrase, so nothing was saved: type it again
refused-exported = Saved
refused-exported-where = { $file } is in { $folder }. Delete it when your IT team has it.
refused-withdraw = Withdraw it, with a reason
refused-withdraw-more = It is not sent any more. It stays in the record here, with your reason.
refused-withdraw-reason = Why
refused-withdraw-do = Withdraw it
refused-withdrawn = Withdrawn. It stays safe here and is not sent.
refused-needed-by = What refers to it: { $kinds }.
refused-needed-later = Nothing waits behind it yet. But the trust has no record of this patient, so whatever is saved later would have nobody to belong to.
what-refused-reason = why it is withdrawn
what-refused-passphrase = your passphrase
refused-what = { $what }, { $kind }, { $name }
refused-tried = Back in the queue. It is sent as soon as it can be.
refused-details = Details for the IT team
refused-said = What the server says
refused-said-nothing = No words of its own
refused-code = Reason
refused-record = Record
refused-sending = Sending

kind-patient = Patient details
kind-hna = Assessment
kind-care_plan = Care plan
kind-treatment_summary = Treatment summary
kind-offer = Offer of an assessment
kind-invitation = Invitation
kind-appointment = Appointment
kind-booking = Booking of a session

refusal-refused_content = The trust’s server did not accept what is in this record.
refusal-refused_content-next = The details below are the server’s own words. Correct the record where they say what is wrong, or show them to your IT team and try again.
refusal-too_large = This record is larger than the trust’s server takes.
refusal-too_large-next = Ask your IT team to let the server take larger records. Then try again.
refusal-not_permitted = The trust’s server does not let this PC send this.
refusal-not_permitted-next = Ask your IT team to allow it at the server. Then try again.
refusal-several_patients = The trust has more than one patient with this NHS number.
refusal-several_patients-next = Ask the trust’s records team to settle which one is right. Then try again.
refusal-other_birth_date = The trust’s patient with this NHS number was born on another day.
refusal-other_birth_date-next = Check the NHS number and the date of birth with the patient, and with the trust’s records team. Try again when both agree.
refusal-other_name = The trust’s patient with this NHS number has another family name.
refusal-other_name-next = Check the NHS number and the name with the patient, and with the trust’s records team. Try again when both agree.
refusal-not_current = The trust’s record with this NHS number is no longer in use, or has another number now.
refusal-not_current-next = Check the NHS number with the patient, and ask the trust’s records team which record is right. Then try again.
refusal-corrected_after_sending = The NHS number or date of birth was corrected after records were sent, and the trust knows somebody else by the corrected one.
refusal-corrected_after_sending-next = What was sent before may be with the wrong person. Tell the trust’s records team first. Then try again: what follows goes to the patient the trust has under the corrected number.
refusal-patient_gone = The trust has removed its record of this patient, or joined it with another.
refusal-patient_gone-next = Ask the trust’s records team which record is right. Then try again: the patient is looked up anew.
refusal-server_fails = The trust’s server breaks down each time this record is sent, and takes others.
refusal-server_fails-next = Show the details below to your IT team: the fault is in the server, not in what you wrote. Then try again.
refusal-other_server = This PC was set to send to another server than the one that has the earlier records.
refusal-other_server-next = Nothing is sent to it, so that no record lands with the wrong patient. Ask your IT team to set the earlier address again; sending then goes on by itself.
refusal-server_unsafe = The check of the trust’s server found that records cannot be trusted to it as it is.
refusal-server_unsafe-next = Nothing is sent, and everything stays safe on this PC. Show your IT team the report under “Trust server”; when a new check finds it safe, sending goes on by itself.
refusal-changed_there = Somebody changed this record at the trust since this PC last had it.
refusal-changed_there-next = Both are kept and neither was overwritten. See both versions beside each other, and choose.
refusal-removed_there = Somebody removed this record at the trust.
refusal-removed_there-next = It is still kept here. Choose whether it is sent again.
refusal-unreadable_here = This PC cannot read back what it saved of this record.
refusal-unreadable_here-next = Show the details below to your IT team before anything is changed in it. Then try again.
refused-dialog-title = Save the copy in a folder
refused-dialog-save = _Save here
