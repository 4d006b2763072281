# What can go wrong: what happened and what is safe, then what to do. One pair for each code.

problem-wrong_passphrase = That passphrase does not open this PC for this person. Nothing has changed.
problem-wrong_passphrase-next = Check who is chosen and whether Caps Lock is on, then try again. If you cannot remember it, choose “I cannot get in”.
problem-wait = There have been several wrong tries, so this PC waits before the next one. Nothing has been lost.
problem-wait-next = { $seconds ->
    [0] Try again in a moment.
    [one] Try again in 1 second.
   *[other] Try again in { $seconds } seconds.
}
problem-no_key_store = This PC’s own key store is not running. Nothing has been changed or lost.
problem-no_key_store-next = Sign out of the PC and in again, then start Holdfast. If that does not help, ask IT to start the key store for this account, or use the recovery code.
problem-key_store_locked = This PC’s own key store is locked. Nothing has been changed or lost.
problem-key_store_locked-next = Unlock it when the PC asks for its password, or sign out of the PC and in again. The recovery code also opens the records.
problem-no_entry = This account has no key for this PC. Nothing has been lost.
problem-no_entry-next = Sign in to the PC with the account that is usually used here. If you did, use the recovery code: ask the person who keeps the sheet.
problem-key_changed = The key in this PC’s key store is not the one these records were locked with. Nothing has been changed or lost.
problem-key_changed-next = Use the recovery code: ask the person who keeps the sheet. Tell IT that the key store was changed.
problem-vault_unreadable = The file that holds the ways in cannot be read. The records have not been touched.
problem-vault_unreadable-next = Do not delete anything. Ask IT to bring back the file from this PC’s backup.
problem-database_unreadable = The records on this PC cannot be read. They have not been changed or deleted.
problem-database_unreadable-next = Do not delete anything. Use paper for now and ask IT to look at this PC today.
problem-wrong_recovery_code = That recovery code does not open these records. Nothing has changed.
problem-wrong_recovery_code-next = Check that the sheet is the newest one for this PC. A newer code replaces an older one.
problem-recovery_code_mistyped = A letter or number in the recovery code is not right. Nothing has changed.
problem-recovery_code_mistyped-next = Compare each group with the sheet. The letters I, L, O and U are never used.
problem-profile_in_use = Holdfast is already open for this account. Nothing has changed.
problem-profile_in_use-next = Go to the window that is open, or close it first.
problem-disk_full = This PC’s disk is full, so the last change was not saved. Everything that says “Saved here” is safe.
problem-disk_full-next = Keep this window open, make room on the disk or ask IT to, then do the last step again.
problem-not_saved = The last change was not saved. Everything that says “Saved here” is safe.
problem-not_saved-next = Do the last step again. If it happens again, note the answer on paper and tell IT.
problem-field = Something here needs another look. Nothing was saved yet, and nothing you typed is lost.
problem-field-next = Put it right below, then continue.
problem-not_ready = No patient can be entered yet, because only one way into this PC exists. Nothing has been lost.
problem-not_ready-next = Make and test the recovery code, or add a second nurse.
problem-not_allowed = Your role on this PC does not allow this. Nothing has changed.
problem-not_allowed-next = Ask a colleague who holds the key for this PC.
problem-locked = This PC is locked. Everything that says “Saved here” is safe.
problem-locked-next = Unlock it to go on where you were.
problem-gone = This is no longer here. Nothing else has changed.
problem-gone-next = Go back and open it again from Today or from the patient’s overview.
problem-changed_meanwhile = These details were changed after you opened them. Nothing was overwritten, and what you typed is still here.
problem-changed_meanwhile-next = Compare with the patient’s overview, then open the details again and make your change.
problem-identity_differs = The day and month of birth are not those of this record. Nothing has been started or signed.
problem-identity_differs-next = Ask the patient again. If the answer differs from the screen, this may be the wrong record.
problem-already_completed = This assessment is finished and can no longer be changed. It is safe.
problem-already_completed-next = Open it to read it, or start a new assessment.
problem-duplicate_patient = Someone with this NHS number is already on this PC. Nothing was saved twice, and what you typed is still here.
problem-duplicate_patient-next = Open the record that is here and compare the name and date of birth.
problem-two_facts = One thing alone can find the wrong person. Nothing was searched yet.
problem-two_facts-next = Give two things you know: for example the family name and the date of birth.
problem-unexpected = Something went wrong that should not have. Everything that says “Saved here” is safe.
problem-unexpected-next = Try the last step once more. If it happens again, lock, unlock, and tell IT what you were doing.

# Why one field was not taken. $what names the field inside a sentence: “the family name”.
field-missing = Enter { $what }
field-choose = Choose { $what }
field-too_long = This is too long: shorten { $what }
field-too_many = There are more than fit: check { $what }
field-control_character = A hidden character came with { $what }: type it again instead of pasting
field-nhs_number_letters = The NHS number has something other than digits: it is 10 digits
field-nhs_number_too_short = The NHS number has fewer than 10 digits: check it against the letter
field-nhs_number_too_long = The NHS number has more than 10 digits: check it against the letter
field-nhs_number_failed_check = The NHS number has a digit wrong or swapped: check it against the letter
field-nhs_or_hospital_number = Enter the NHS number or the hospital number
field-not_a_date = This is not a day in the calendar: check { $what }
field-in_future = This day is in the future: check { $what }
field-too_long_ago = This is too long ago: check { $what }
field-before_birth = This is before the patient was born: check { $what }
field-before_diagnosis = This is before the diagnosis: check { $what }
field-end_before_start = The end is before the start: check { $what }
field-rating_range = A score is a whole number from 1 to 10
field-passphrase_too_short = Use at least 12 characters. Three or four words you will remember work well
field-passphrase_too_long = This passphrase is longer than can be kept: use fewer words
field-passphrase_too_common = This passphrase is one that people guess first: choose another
field-passphrase_too_predictable = This passphrase repeats itself or follows a pattern: choose different words
field-passphrase_contains_only_names = This passphrase is only your own or your team’s name: add words that nobody connects with you
field-ods_form = An organisation code is letters and digits, for example RZ9: check { $what }
field-postcode_form = This is not a UK postcode: check { $what }
field-phone_form = This is not a telephone number: check { $what }
field-email_form = This is not an email address: check { $what }
field-groups_differ = This is not what the sheet says: compare each group with it
field-unknown = Check { $what }
