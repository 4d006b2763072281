-- The clinic list of a day. patient: whom it was entered for; the row of a file belongs to nobody by itself. row_key: under which that
-- row is known again, whatever became of it.

CREATE TABLE clinic_visit (
    id      TEXT    NOT NULL PRIMARY KEY,
    day     TEXT    NOT NULL,
    patient TEXT    REFERENCES patient (id),
    row_key TEXT    UNIQUE,
    off     INTEGER NOT NULL CHECK (off IN (0, 1)),
    CHECK ((patient IS NULL) <> (row_key IS NULL))
) STRICT;
CREATE INDEX clinic_visit_day ON clinic_visit (day) WHERE off = 0;
