# The trust's server, for key holders: where it is, who this PC is to it, and what its check found. What a finding means is said by the report itself.

title-server = Trust server
server-heading = Trust server
server-quiet = Where records go from this PC, and what that server really does.
server-link = Trust server
server-link-more = Where records go, the key of this PC for it, and what that server really does.
server-none = No server is set up on this PC. Records stay here until your IT team sets one.
server-unusable = A server is set up and cannot be used. Show this page to your IT team.

server-where-heading = Where records go
server-address = Address
server-authority = Trusted CA, SHA-256
server-authority-none = None: this server is on this PC itself
server-set-by-it = Your IT team sets these; they cannot be changed here.

server-key-heading = Who this PC is to it
server-key-not-needed = The server asks nobody to sign in.
server-key = Key to sign in
server-key-has = Taken in
server-key-missing = Missing: nothing can be sent
server-key-none = None
server-certificate = Certificate that this PC shows
server-signed-in = Signed in
server-signed-in-yes = Yes
server-signed-in-not_asked = Not yet
server-signed-in-refused = Refused: { $said }
server-clock-behind = { $minutes ->
    [one] This PC’s clock is one minute behind the server’s.
   *[other] This PC’s clock is { $minutes } minutes behind the server’s.
}
server-clock-ahead = { $minutes ->
    [one] This PC’s clock is one minute ahead of the server’s.
   *[other] This PC’s clock is { $minutes } minutes ahead of the server’s.
}
server-take-in = Take in a key or certificate
server-taken-key = The key in { $file } was taken in. It is kept encrypted on this PC alone. Destroy the file now.
server-taken-certificate = The certificate in { $file } was taken in, with its key. They are kept encrypted on this PC alone. Destroy the file now.
server-taken-refused = { $file } is no key (RSA, PKCS#8, 2048 to 4096 bits) and no certificate with its key, both as PEM. Nothing was changed.

server-check-heading = What the server really does
server-check-hint = The check makes a few test resources there that are about nobody, and removes them again. It takes about a minute.
server-check-do = Check the server
server-check-again = Check the server again
server-checking = Checking: { $done } of { $total } questions answered. You can leave this page.
server-never = This server has not been checked yet. Until then it is taken to do what the FHIR standard says.
server-failed-no_network = The server could not be reached. Nothing was found out.
server-failed-server_busy = The server is busy. Nothing was found out.
server-failed-sign_in = The server does not know this PC. Nothing was found out.
server-failed-not_fhir = What answers there is no FHIR server. Nothing was found out.
server-failed-refused_here = This PC could not finish the check. Nothing was found out.
server-checked = Checked { $date }, { $time }: { $address }
server-checked-software = It calls itself { $software }.
server-checked-another = This was another server than the one that is set up now. Check this one.
server-left = The check could not remove these. They are about nobody, and your IT team may remove them:
server-found-heading = Questions and answers
server-column-safe = Result
server-column-asked = What was asked
server-column-came = What came
server-column-means = What it means
server-safe-safe = Safe
server-safe-handled = Handled
server-safe-unsafe = Unsafe: nothing is sent
server-safe-unknown = Not found out
server-save = Save the report as text
server-save-json = Save it as JSON
server-saved = Saved { $file } in { $folder }

server-dialog-title = Save the report of the check in a folder
server-dialog-save = _Save here
server-dialog-key-title = Open the file with the key or the certificate
server-dialog-key-open = _Open
