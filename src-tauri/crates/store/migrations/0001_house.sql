-- The house: who works here, who is cared for, what was assessed, every revision, the audit and the outbox.

CREATE TABLE setting (
    key   TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

CREATE TABLE staff (
    id TEXT NOT NULL PRIMARY KEY
) STRICT;

CREATE TABLE patient (
    id              TEXT    NOT NULL PRIMARY KEY,
    nhs_number      TEXT    UNIQUE,
    hospital_number TEXT    NOT NULL,
    family_key      TEXT    NOT NULL,
    given_key       TEXT    NOT NULL,
    preferred_key   TEXT    NOT NULL,
    born            TEXT    NOT NULL
) STRICT;

CREATE TABLE hna (
    id         TEXT    NOT NULL PRIMARY KEY,
    patient    TEXT    NOT NULL REFERENCES patient (id),
    status     TEXT    NOT NULL CHECK (status IN ('draft', 'completed', 'discarded')),
    started_at INTEGER NOT NULL
) STRICT;
CREATE INDEX hna_patient ON hna (patient);
CREATE INDEX hna_open ON hna (started_at) WHERE status <> 'discarded';

-- Every saved change of every record, in the store's own row shape of that form_version. The highest revision of an id is how it stands;
-- no other table repeats that number, so an answer in a draft writes no row but this one and its audit line.
CREATE TABLE revision (
    seq          INTEGER PRIMARY KEY,
    kind         TEXT    NOT NULL,
    id           TEXT    NOT NULL,
    revision     INTEGER NOT NULL,
    at           INTEGER NOT NULL,
    staff        TEXT    NOT NULL,
    op           TEXT    NOT NULL,
    form_version INTEGER NOT NULL,
    snapshot     TEXT    NOT NULL,
    UNIQUE (id, revision)
) STRICT;
CREATE TRIGGER revision_stays BEFORE UPDATE ON revision BEGIN SELECT raise(ABORT, 'a revision is never changed'); END;
CREATE TRIGGER revision_keeps BEFORE DELETE ON revision BEGIN SELECT raise(ABORT, 'a revision is never removed'); END;

-- Who did or saw what. Each line's mac covers the line before it.
CREATE TABLE audit (
    seq      INTEGER PRIMARY KEY,
    at       INTEGER NOT NULL,
    staff    TEXT    NOT NULL,
    op       TEXT    NOT NULL,
    kind     TEXT,
    id       TEXT,
    revision INTEGER,
    patient  TEXT,
    pc       TEXT    NOT NULL,
    detail   TEXT    NOT NULL,
    mac      BLOB    NOT NULL
) STRICT;
CREATE INDEX audit_patient ON audit (patient) WHERE patient IS NOT NULL;
CREATE TRIGGER audit_stays BEFORE UPDATE ON audit BEGIN SELECT raise(ABORT, 'the audit is never changed'); END;
CREATE TRIGGER audit_keeps BEFORE DELETE ON audit BEGIN SELECT raise(ABORT, 'the audit is never shortened'); END;

-- The outbox: one row is one revision of one record that the trust may have.
CREATE TABLE sending (
    seq          INTEGER PRIMARY KEY AUTOINCREMENT,
    sending_id   TEXT    NOT NULL UNIQUE,
    lane         TEXT    NOT NULL,
    kind         TEXT    NOT NULL,
    id           TEXT    NOT NULL,
    revision     INTEGER NOT NULL,
    staff        TEXT    NOT NULL,
    form_version INTEGER NOT NULL,
    state        TEXT    NOT NULL DEFAULT 'queued'
                 CHECK (state IN ('queued', 'sending', 'acked', 'unknown', 'conflict', 'quarantined', 'held')),
    attempts     INTEGER NOT NULL DEFAULT 0,
    not_before   INTEGER,
    last_error   TEXT,
    FOREIGN KEY (id, revision) REFERENCES revision (id, revision)
) STRICT;
CREATE INDEX sending_record ON sending (id);
CREATE INDEX sending_open ON sending (lane, seq) WHERE state <> 'acked';

-- Where each nurse was, so that a lock or a crash leads back to the same question.
CREATE TABLE place (
    staff   TEXT NOT NULL PRIMARY KEY REFERENCES staff (id),
    screen  TEXT NOT NULL,
    patient TEXT,
    hna     TEXT,
    item    TEXT
) STRICT;

-- Every version of every checklist that was ever used here.
CREATE TABLE checklist (
    canonical TEXT NOT NULL PRIMARY KEY,
    sha256    TEXT NOT NULL,
    body      TEXT NOT NULL
) STRICT;
CREATE TRIGGER checklist_stays BEFORE UPDATE ON checklist BEGIN SELECT raise(ABORT, 'a checklist version is never changed'); END;
CREATE TRIGGER checklist_keeps BEFORE DELETE ON checklist BEGIN SELECT raise(ABORT, 'a checklist version is never removed'); END;
