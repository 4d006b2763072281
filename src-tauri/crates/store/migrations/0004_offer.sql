-- Offers of an assessment, and what became of them.

CREATE TABLE offer (
    id      TEXT    NOT NULL PRIMARY KEY,
    patient TEXT    NOT NULL REFERENCES patient (id),
    on_day  TEXT    NOT NULL
) STRICT;
CREATE INDEX offer_patient ON offer (patient, on_day);
