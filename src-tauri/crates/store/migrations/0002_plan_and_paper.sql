-- Care plans, treatment summaries, their locked and signed versions, and the paper that was made of each version.

CREATE TABLE care_plan (
    id         TEXT    NOT NULL PRIMARY KEY,
    patient    TEXT    NOT NULL REFERENCES patient (id),
    hna        TEXT    NOT NULL REFERENCES hna (id),
    status     TEXT    NOT NULL CHECK (status IN ('draft', 'locked')),
    started_at INTEGER NOT NULL
) STRICT;
CREATE INDEX care_plan_patient ON care_plan (patient);
CREATE INDEX care_plan_hna ON care_plan (hna);
CREATE INDEX care_plan_draft ON care_plan (started_at) WHERE status = 'draft';

CREATE TABLE treatment_summary (
    id         TEXT    NOT NULL PRIMARY KEY,
    patient    TEXT    NOT NULL REFERENCES patient (id),
    status     TEXT    NOT NULL CHECK (status IN ('draft', 'signed')),
    started_at INTEGER NOT NULL
) STRICT;
CREATE INDEX treatment_summary_patient ON treatment_summary (patient);
CREATE INDEX treatment_summary_draft ON treatment_summary (started_at) WHERE status = 'draft';

-- What was locked or signed: which revision of the record each version is.
CREATE TABLE version (
    id       TEXT    NOT NULL,
    version  INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    PRIMARY KEY (id, version),
    FOREIGN KEY (id, revision) REFERENCES revision (id, revision)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER version_stays BEFORE UPDATE ON version BEGIN SELECT raise(ABORT, 'a version is never changed'); END;
CREATE TRIGGER version_keeps BEFORE DELETE ON version BEGIN SELECT raise(ABORT, 'a version is never removed'); END;

-- The very bytes that were signed, and what the screen showed of them: shown, printed and sent ever after.
CREATE TABLE paper (
    id           TEXT    NOT NULL,
    version      INTEGER NOT NULL,
    copy         TEXT    NOT NULL CHECK (copy IN ('patient', 'gp')),
    sha256       TEXT    NOT NULL,
    pdf          BLOB    NOT NULL,
    pages_sha256 TEXT    NOT NULL,
    pages        BLOB    NOT NULL,
    PRIMARY KEY (id, version, copy),
    FOREIGN KEY (id, version) REFERENCES version (id, version)
) STRICT;
CREATE TRIGGER paper_stays BEFORE UPDATE ON paper BEGIN SELECT raise(ABORT, 'signed paper is never changed'); END;
CREATE TRIGGER paper_keeps BEFORE DELETE ON paper BEGIN SELECT raise(ABORT, 'signed paper is never removed'); END;

-- Every version of every summary template that was ever used here.
CREATE TABLE summary_template (
    canonical TEXT NOT NULL PRIMARY KEY,
    sha256    TEXT NOT NULL,
    body      TEXT NOT NULL
) STRICT;
CREATE TRIGGER summary_template_stays BEFORE UPDATE ON summary_template BEGIN SELECT raise(ABORT, 'a template version is never changed'); END;
CREATE TRIGGER summary_template_keeps BEFORE DELETE ON summary_template BEGIN SELECT raise(ABORT, 'a template version is never removed'); END;

ALTER TABLE place ADD COLUMN record TEXT;
