-- The PC in the patient's hands: which draft was handed over, the file its answers are sealed to, and the only key that opens them,
-- which is gone once they were taken back.
CREATE TABLE hand_over (
    file       TEXT    NOT NULL PRIMARY KEY,
    hna        TEXT    NOT NULL REFERENCES hna (id),
    staff      TEXT    NOT NULL REFERENCES staff (id),
    at         INTEGER NOT NULL,
    secret     BLOB,
    taken_at   INTEGER,
    answers    INTEGER NOT NULL DEFAULT 0,
    unreadable INTEGER NOT NULL DEFAULT 0,
    not_me     INTEGER NOT NULL DEFAULT 0,
    CHECK ((secret IS NULL) = (taken_at IS NOT NULL))
) STRICT;
CREATE INDEX hand_over_hna ON hand_over (hna);
CREATE INDEX hand_over_out ON hand_over (at) WHERE taken_at IS NULL;
