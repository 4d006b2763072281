# Two versions of one record: what was changed here and at the trust, beside each other, and what a person chooses.

conflict-heading-patient = Two people changed these details
conflict-heading-care_plan = Two people changed this care plan
conflict-heading-other = Two people changed this record
conflict-heading-removed = Somebody removed this record at the trust
conflict-quiet = Nothing is lost. Both versions stay in the history.
conflict-quiet-removed = Nothing is lost. It is still safe on this PC.
conflict-of = { $kind }: work on it goes on as always. Only the sending of { $name }’s records waits until this is settled.
conflict-of-nobody = { $kind }: work goes on as always. Only the sending of such records waits until this is settled.
conflict-differences = { $count ->
    [one] One difference
   *[other] { $count } differences
}
conflict-ours = On this PC
conflict-theirs = From the trust
conflict-by = { $who } · { $date } { $time }
conflict-by-unknown = Somebody the trust does not name · { $date } { $time }
conflict-by-untimed = { $who } · the trust does not say when
conflict-by-nobody = The trust does not say who or when
conflict-before = Before
conflict-empty = Nothing there
conflict-keep-ours = Keep what this PC has
conflict-keep-theirs = Keep what the trust has
conflict-chosen = Chosen
conflict-not-chosen = Not chosen
conflict-choose = Choose which to keep: { $item }
conflict-none = You and they changed different things
conflict-none-more = Nothing has to be chosen. Both are kept together when you save.
conflict-taken = Taken from the trust without asking ({ $count })
conflict-taken-more = Nobody changed these on this PC, so both versions go together.
conflict-same = { $count ->
    [0] No other part is the same.
    [one] One other part is the same in both.
   *[other] { $count } other parts are the same in both.
}
conflict-save = Save my choices
conflict-save-one = Save my choice
conflict-later = Decide later
conflict-count = { $chosen } of { $all } chosen
conflict-done = Your choice is saved here
conflict-done-more = It goes to the trust as soon as it can be sent. The version you did not keep stays in the history.
conflict-withdrawn = It is withdrawn from sending
conflict-withdrawn-more = It stays here with your reason, and the trust’s version stays as it is.
conflict-to-sending = To sending
conflict-to-record = Open record

conflict-whole = Which one goes on?
conflict-whole-hint = A record of this kind is kept or left as a whole.
conflict-whole-ours = Send what this PC has
conflict-whole-ours-hint = It takes the place of the trust’s version, which stays in the trust’s history.
conflict-whole-theirs = Leave the trust’s version
conflict-whole-theirs-hint = What this PC has is withdrawn from sending, with your reason. It stays here.
conflict-removed = What is to happen?
conflict-removed-hint = Ask the trust’s records team why it was removed, if you do not know.
conflict-removed-ours = Send it again
conflict-removed-ours-hint = The trust has it again, as it is on this PC.
conflict-removed-theirs = Leave it removed
conflict-removed-theirs-hint = It is withdrawn from sending, with your reason. It stays here.
conflict-reason = Why
what-conflict-whole = which one goes on
what-conflict-removed = what is to happen

conflict-notice-care_plan = Needs you: somebody else changed or removed the care plan at the trust
conflict-notice-patient = Needs you: somebody else changed or removed the patient’s details at the trust
conflict-notice-other = Needs you: somebody else changed or removed a record at the trust ({ $kind })
conflict-notice-more = Both versions are kept, and you can go on working. { $name }’s records are sent once somebody has chosen.
conflict-see = See both versions

conflict-part-of = { $about }: { $part }
conflict-part-other = Another part
conflict-part-nhs_number = { register-nhs-number }
conflict-part-hospital_number = { register-hospital-number }
conflict-part-title = { register-title }
conflict-part-given = { register-given }
conflict-part-family = { register-family }
conflict-part-preferred = { register-preferred }
conflict-part-born = { register-born }
conflict-part-gender = { register-gender }
conflict-part-address = Address and postcode
conflict-part-phone = { register-phone }
conflict-part-mobile = { register-mobile }
conflict-part-email = { register-email }
conflict-part-practice = { register-practice }
conflict-part-needs-print_points = { register-print }
conflict-part-needs-interpreter = { register-interpreter }
conflict-part-needs-other = { register-needs-other }
conflict-part-cancer_type = { register-cancer-type }
conflict-part-diagnosed = { register-diagnosed }
conflict-part-recurred = { register-recurred }
conflict-part-treatments = { register-treatments }
conflict-part-key_worker = { register-key-worker }
conflict-part-team = { register-team }
conflict-part-diagnosed_at = { register-diagnosed-at }
conflict-part-followed_up_at = { register-followed-up-at }
conflict-part-died = Day of death
conflict-part-concern-whole = whether this concern is in the plan
conflict-part-concern-matters = what matters to the patient
conflict-part-concern-nothing = why nothing is agreed
conflict-part-action-whole = whether this action is in the plan
conflict-part-action-kind = what kind of action
conflict-part-action-what = what we agreed
conflict-part-action-owner = who does it
conflict-part-action-due = by which day
conflict-part-action-contact = whom to turn to
conflict-part-action-ended = how it ended
