-- The timetable of sessions, and bookings of them. A session that ships is kept here from the first booking or change of it on.

CREATE TABLE session (
    id TEXT NOT NULL PRIMARY KEY
) STRICT;

CREATE TABLE booking (
    id      TEXT    NOT NULL PRIMARY KEY,
    patient TEXT    NOT NULL REFERENCES patient (id),
    session TEXT    NOT NULL REFERENCES session (id),
    ended   INTEGER NOT NULL CHECK (ended IN (0, 1))
) STRICT;
CREATE INDEX booking_patient ON booking (patient);
CREATE INDEX booking_session ON booking (session);
CREATE INDEX booking_open ON booking (id) WHERE ended = 0;
