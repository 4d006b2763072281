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
refusal-changed_there = Somebody changed this record at the trust since this PC last had it.
refusal-changed_there-next = Both are kept and neither was overwritten. See both versions beside each other, and choose.
refusal-removed_there = Somebody removed this record at the trust.
refusal-removed_there-next = It is still kept here. Choose whether it is sent again.
refusal-unreadable_here = This PC cannot read back what it saved of this record.
refusal-unreadable_here-next = Show the details below to your IT team before anything is changed in it. Then try again.
refused-dialog-title = Save the copy in a folder
refused-dialog-save = _Save here
