# The system's own dialog for a file of answers from home; the letter after _ is its key. src-tauri/src/folder_dialog.rs reads these
# without values.

answers-dialog-title = Open the file with the answers
answers-dialog-open = _Open
