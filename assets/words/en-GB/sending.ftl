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
refused-what = { $what }, { $kind }, { $name }
refused-tried = Back in the queue. It is sent as soon as it can be.
refused-details = Details for the IT team
refused-said = What the server says
refused-said-nothing = No words of its own
refused-code = Reason
refused-record = Record
refused-sending = Sending

kind-patient = Patient details
kind-staff = Colleague
kind-hna = Assessment
kind-care_plan = Care plan
kind-treatment_summary = Treatment summary
kind-care_review = Cancer care review
kind-follow_up = Follow-up
kind-appointment = Appointment
kind-wellbeing = Session
kind-directory = Directory entry
kind-report = Report

refusal-refused_content = The trust’s server did not accept what is in this record.
refusal-refused_content-next = Show the details below to your IT team: the server says what it objects to. Then try again.
refusal-too_large = This record is larger than the trust’s server takes.
refusal-too_large-next = Ask your IT team to let the server take larger records. Then try again.
refusal-sign_in = The trust’s server does not know this PC.
refusal-sign_in-next = Ask your IT team to let this PC sign in at the server. Then try again.
refusal-not_permitted = The trust’s server does not let this PC send this.
refusal-not_permitted-next = Ask your IT team to allow it at the server. Then try again.
refusal-several_patients = The trust has more than one patient with this NHS number.
refusal-several_patients-next = Ask the trust’s records team to settle which one is right. Then try again.
refusal-other_birth_date = The trust’s patient with this NHS number was born on another day.
refusal-other_birth_date-next = Check the NHS number and the date of birth with the patient, and with the trust’s records team. Try again when both agree.
refusal-changed_there = Somebody changed this record at the trust since this PC last had it.
refusal-changed_there-next = Both are kept and neither was overwritten. It cannot be sent again as it is: show the details below to your IT team.
refusal-removed_there = Somebody removed this record at the trust.
refusal-removed_there-next = It is still kept here. It cannot be sent again as it is: show the details below to your IT team.
refusal-unreadable_here = This PC cannot read back what it saved of this record.
refusal-unreadable_here-next = Show the details below to your IT team before anything is changed in it. Then try again.
