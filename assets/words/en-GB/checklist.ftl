# Choosing a checklist, and files of the trust's own checklists that are not used.

checklist-choose = Another checklist
checklist-chosen = Checklist: { $title }
checklist-choose-legend = Which checklist?
checklist-choose-hint = If you choose none, it is the usual one: { $usual }
checklist-concerns = { $count ->
    [one] 1 concern
   *[other] { $count } concerns
}
checklist-kind-standard = { $concerns }
checklist-kind-short = { $concerns }, short
checklist-kind-long = { $concerns }, long
checklist-kind-easy_read = { $concerns }, short and plain words
field-not_offered = This checklist has a newer version or is no longer in use. Choose { $what } again
what-checklist = a checklist

checklist_refused-heading = { $count ->
    [one] A checklist file is not used
   *[other] { $count } checklist files are not used
}
checklist_refused-explain = Assessments go on with the last version that was right, if there is one. Send these lines to the people who make the trust’s checklists.
checklist_refused-file = File
checklist_refused-place = Place
checklist_refused-reason = What is wrong
checklist_refused-next = What to do
checklist_refused-code = Code

checklist_fault-no_folder = The folder of checklists cannot be read
checklist_fault-no_folder-next = Ask IT to check the folder named in the configuration.
checklist_fault-too_many_files = There are more files than are read
checklist_fault-too_many_files-next = Take old versions out of the folder. Versions that were used stay on this PC.
checklist_fault-not_a_file = This is not an ordinary file
checklist_fault-not_a_file-next = Put the file itself there: no folder, no link.
checklist_fault-unreadable = The file cannot be read
checklist_fault-unreadable-next = Ask IT to let this account read it.
checklist_fault-too_large = The file is larger than 1 MiB
checklist_fault-too_large-next = Make sure that it is a checklist, and take out what is not needed.
checklist_fault-not_text = The file is not text in UTF-8
checklist_fault-not_text-next = Save it again as UTF-8.
checklist_fault-not_json = The file is not JSON
checklist_fault-not_json-next = Mend it at this place, often a comma or a bracket.
checklist_fault-too_deep = Too many parts stand inside each other
checklist_fault-too_deep-next = Take out what stands that deep; no checklist needs it.
checklist_fault-member_twice = The same part stands twice in one place
checklist_fault-member_twice-next = Take one of the two out.
checklist_fault-not_questionnaire = This is not a FHIR Questionnaire
checklist_fault-not_questionnaire-next = Put only checklists into this folder.
checklist_fault-missing = Something that every checklist has is missing or empty
checklist_fault-missing-next = Add it at this place.
checklist_fault-wrong_type = This part is of the wrong type
checklist_fault-wrong_type-next = Write it as in the checklists that come with Holdfast.
checklist_fault-url_form = The url is not a whole web address
checklist_fault-url_form-next = Give the checklist an address of the trust’s own, without # and |.
checklist_fault-version_form = The version is not three numbers
checklist_fault-version_form-next = Write it for example as 1.0.0.
checklist_fault-not_released = The checklist is a draft
checklist_fault-not_released-next = Give it the status active when it is ready for patients.
checklist_fault-link_id_form = A linkId has a form that cannot be used
checklist_fault-link_id_form-next = Use lower-case letters, digits, points and hyphens, at most 64, and do not begin with own-.
checklist_fault-link_id_twice = A linkId stands twice
checklist_fault-link_id_twice-next = Give each item a linkId of its own.
checklist_fault-code_form = A code has a form that cannot be used
checklist_fault-code_form-next = Use lower-case letters, digits and hyphens, at most 64.
checklist_fault-code_twice = A code stands twice
checklist_fault-code_twice-next = Give each concern and each area exactly one code of its own.
checklist_fault-text_twice = Two items have the same words
checklist_fault-text_twice-next = Word one of them differently, so that a patient can tell them apart.
checklist_fault-text_too_long = A text is too long
checklist_fault-text_too_long-next = Shorten it to 120 characters, the question above the scores to 200.
checklist_fault-text_form = A text has characters that nobody sees, or spaces too many
checklist_fault-text_form-next = Type the text at this place again.
checklist_fault-unprintable = A text has a character that cannot be printed
checklist_fault-unprintable-next = Write it in letters that Holdfast’s paper has.
checklist_fault-range = The limits do not fit what is recorded
checklist_fault-range-next = A concern scores from 1 to 10; own words take 200 characters, questions 4,000, and what matters most four answers.
checklist_fault-too_many_items = There are more items than a patient can be asked
checklist_fault-too_many_items-next = Keep to 20 areas, 150 concerns and 40 topics.
checklist_fault-required = Something must be answered
checklist_fault-required-next = Take “required” out: choosing nothing is a valid answer.
checklist_fault-not_understood = Something here changes the form in a way that Holdfast does not follow
checklist_fault-not_understood-next = Take it out: no conditions, no given answers, no items that belong to no area.
checklist_fault-choices_differ = The choices of what matters most are not the concerns of this checklist
checklist_fault-choices_differ-next = Give the value set each concern once, with its code and its words.
checklist_fault-version_differs = This version is here already with other contents
checklist_fault-version_differs-next = A version is never changed: give the new contents a higher version.
checklist_fault-meaning_changed = A linkId names another concern than in the version before
checklist_fault-meaning_changed-next = Give the new concern a linkId of its own.
checklist_fault-usual_retired = The usual checklist would be gone
checklist_fault-usual_retired-next = It can have a newer version, but it cannot be retired.
