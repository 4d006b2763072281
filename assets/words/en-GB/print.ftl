# Paper: the preview beside the editor, the page at full size, printing and saving.

print-care_plan = Care plan
print-summary_patient = Patient copy
print-summary_gp = GP copy
print-copies = Copy
print-points = { $points } point
print-place = Page { $page } of { $pages }
print-page-of = { $name }, page { $page } of { $pages }
print-beside = On paper
print-beside-open = { $name }, { $place }: open at full size
print-beside-keys = Page Up and Page Down move the paper. Enter opens it at full size.
print-to-field = Go to where it is written

print-heading-plan = Care plan on paper
print-heading-summary = Treatment summary on paper
print-state-draft = Draft
print-state-version = Version { $version }
print-draft = This is a draft.
print-draft-more = It says DRAFT on every page until it is signed.
# Signed paper that may be the wrong one to hand out: said before it is printed.
print-details-changed = { $name }’s details have changed since this was signed.
print-details-changed-plan = The paper still has the old ones. Unlock the plan and sign it again before it goes out.
print-details-changed-summary = The paper still has the old ones. Amend the summary and sign it again before it goes out.
print-details-changed-old = The paper still has the old ones.
print-superseded = Version { $newest } has taken its place.
print-superseded-more = This is version { $version }, as it was signed. It does not say what was changed after it.
print-page-back = Previous page
print-page-on = Next page
print-back-plan = Care plan
print-back-summary = Treatment summary
print-print-or-save = Print or save
print-identity = Day and month of birth
print-identity-hint = Type { $name }’s day and month of birth once more, so that no paper goes to the wrong person.
print-what-identity = the day and month of birth
print-what-printer = the printer
print-printer = Printer
print-printer-none = Choose a printer
print-printer-usual = { $name } (the usual one)
print-print = Print
print-no-printers = No printer is set up on this PC. Save the PDF and print it elsewhere.
print-folder = The PDF is saved as { $file } in { $folder }
print-no-folder = No folder for PDFs is set up on this PC.
print-save = Save PDF
print-save-elsewhere = Choose another place
# The system's own dialog for a folder; the letter after _ is its key. src-tauri/src/folder_dialog.rs reads these two without values.
print-dialog-title = Save the PDF in a folder
print-dialog-save = _Save here
print-save-choose = Choose where to save the PDF
print-printed = Printed { $time } to { $printer } · { $copy }
print-saved = Saved { $time } in { $place }
