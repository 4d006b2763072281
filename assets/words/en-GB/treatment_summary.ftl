# The treatment summary: choosing a template, trimming it, signing it, and reading what was signed.

summary-start-quiet = Nothing is ticked beforehand.
summary-template-legend = Which template?
summary-template-hint = It holds the lines that can be said. Both copies are made from what you tick.
summary-template = { $title }, version { $version }
summary-template-offered = Made for the cancer on { $name }’s record
summary-template-other = Made for another cancer than the one on { $name }’s record
summary-what-template = a template
summary-no-templates = There is no template on this PC. Ask IT to add one.
summary-start-do = Start the summary

summary-quiet = Draft, { $title } template { $template }
summary-kept = { $kept } of { $lines } kept
summary-kept-own = { $count } of your own
summary-open = { $count } to fill in
summary-needed = needed
summary-only-ticked = Only ticked lines are printed, on both copies.
summary-gp-title = On the GP copy: { $title }
summary-lead = Printed above the lines: { $words }
summary-show-gp = Show the GP’s words
summary-hide-gp = Hide the GP’s words
summary-patient = Patient copy
summary-gp = GP copy
summary-urgent = URGENT
summary-another = Add another
summary-another-what = Add another: { $words }
summary-choose = Choose
summary-date-day = A day, for example 04-Dec-2026
summary-date-month = Month and year are enough, for example Dec-2026
summary-date-year = The year is enough, for example 2026
summary-number = { $decimals ->
    [0] A whole number
    [one] A number with at most one digit after the point
   *[other] A number with at most { $decimals } digits after the point
}
summary-use = Use { $words }
summary-use-for = Use { $words } for { $label }
summary-add-own = Add your own line
summary-own-number = Your own line { $number }
summary-own-patient = In words for the patient
summary-own-gp = In words for the GP
summary-own-copy = Use the patient’s words
summary-own-urgent = Print URGENT before it
summary-sources = Where these lines come from
summary-source = { $source }: { $sure }
summary-confidence-H = read in an official or primary text
summary-confidence-M = read in a second-hand or older text
summary-confidence-R = from general knowledge, to be checked by the trust
summary-quoted = “{ $words }”
summary-what-slot = “{ $label }” in “{ $line }”
summary-what-line = the line
summary-what-section = “{ $title }”
summary-what-own-patient = your own line in words for the patient
summary-what-own-gp = your own line in words for the GP
summary-with-unmet = A line with the number to ring is missing: choose it too, because this line says to ring it: “{ $line }”
summary-sign = Sign the summary

summary-missing = { $section }: { $words }
summary-back-to = Go on with the summary
summary-sign-quiet = Both copies say what you ticked for { $name }.
summary-sign-title = Sign as { $me }
summary-sign-more = After this it can be read and printed, and changed only by an amended version with a reason.
summary-sign-do = Sign
summary-contents = What it says
summary-lines = { $count ->
    [one] 1 line
   *[other] { $count } lines
}
summary-left-out = Nothing is said about: { $sections }

summary-read-heading = Treatment summary, version { $version }
summary-quiet-read = { $title } template { $template }
summary-older = This version was replaced by version { $version }.
summary-signed = Signed
summary-signed-by = By
summary-signed-at = When
summary-version = Version
summary-versions = Other versions
summary-version-line = Version { $version }, signed { $date } by { $who }
summary-print-patient = Print the patient copy
summary-print-gp = Print the GP copy
summary-being-amended = An amended version is being written.
summary-amending = Amending version { $version }. It stays as it was signed.
summary-amend-reason = Reason: { $reason }
summary-go-on = Go on with it
summary-amend = Amend the summary
summary-amend-more = Opens it for a new version. Version { $version } stays as it was signed.
summary-amend-do = Amend it
summary-reason = Reason
summary-what-reason = the reason
