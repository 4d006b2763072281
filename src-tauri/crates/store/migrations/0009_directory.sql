-- The directory of places to turn to and topics to read about. An entry that ships is kept here from the first change of it on.

CREATE TABLE directory_entry (
    id TEXT NOT NULL PRIMARY KEY
) STRICT;
