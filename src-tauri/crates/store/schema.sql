CREATE TRIGGER answers_keep BEFORE DELETE ON answers BEGIN SELECT raise(ABORT, 'answers are never removed'); END;

CREATE TRIGGER answers_stay BEFORE UPDATE OF id, sha256, body ON answers BEGIN SELECT raise(ABORT, 'answers are never changed'); END;

CREATE TABLE answers (
    id      TEXT    NOT NULL PRIMARY KEY,
    sha256  TEXT    NOT NULL UNIQUE,
    settled INTEGER NOT NULL DEFAULT 0 CHECK (settled IN (0, 1)),
    body    TEXT    NOT NULL
) STRICT;

CREATE INDEX answers_open ON answers (id) WHERE settled = 0;

CREATE TABLE appointment (
    id      TEXT    NOT NULL PRIMARY KEY,
    patient TEXT    NOT NULL REFERENCES patient (id),
    ended   INTEGER NOT NULL CHECK (ended IN (0, 1))
) STRICT;

CREATE INDEX appointment_open ON appointment (id) WHERE ended = 0;

CREATE INDEX appointment_patient ON appointment (patient);

CREATE TRIGGER audit_keeps BEFORE DELETE ON audit BEGIN SELECT raise(ABORT, 'the audit is never shortened'); END;

CREATE TRIGGER audit_stays BEFORE UPDATE ON audit BEGIN SELECT raise(ABORT, 'the audit is never changed'); END;

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

CREATE TABLE booking (
    id      TEXT    NOT NULL PRIMARY KEY,
    patient TEXT    NOT NULL REFERENCES patient (id),
    session TEXT    NOT NULL REFERENCES session (id),
    ended   INTEGER NOT NULL CHECK (ended IN (0, 1))
) STRICT;

CREATE INDEX booking_open ON booking (id) WHERE ended = 0;

CREATE INDEX booking_patient ON booking (patient);

CREATE INDEX booking_session ON booking (session);

CREATE TABLE care_plan (
    id         TEXT    NOT NULL PRIMARY KEY,
    patient    TEXT    NOT NULL REFERENCES patient (id),
    hna        TEXT    NOT NULL REFERENCES hna (id),
    status     TEXT    NOT NULL CHECK (status IN ('draft', 'locked')),
    started_at INTEGER NOT NULL
) STRICT;

CREATE INDEX care_plan_draft ON care_plan (started_at) WHERE status = 'draft';

CREATE INDEX care_plan_hna ON care_plan (hna);

CREATE INDEX care_plan_patient ON care_plan (patient);

CREATE TRIGGER checklist_keeps BEFORE DELETE ON checklist BEGIN SELECT raise(ABORT, 'a checklist version is never removed'); END;

CREATE TRIGGER checklist_stays BEFORE UPDATE ON checklist BEGIN SELECT raise(ABORT, 'a checklist version is never changed'); END;

CREATE TABLE checklist (
    canonical TEXT NOT NULL PRIMARY KEY,
    sha256    TEXT NOT NULL,
    body      TEXT NOT NULL
) STRICT;

CREATE TABLE clinic_visit (
    id      TEXT    NOT NULL PRIMARY KEY,
    day     TEXT    NOT NULL,
    patient TEXT    REFERENCES patient (id),
    row_key TEXT    UNIQUE,
    off     INTEGER NOT NULL CHECK (off IN (0, 1)),
    CHECK ((patient IS NULL) <> (row_key IS NULL))
) STRICT;

CREATE INDEX clinic_visit_day ON clinic_visit (day) WHERE off = 0;

CREATE TABLE conflict (
    sending_id        TEXT    NOT NULL PRIMARY KEY,
    at                INTEGER NOT NULL,
    kind              TEXT    NOT NULL,
    id                TEXT    NOT NULL,
    revision          INTEGER NOT NULL,
    -- The revision that the trust had of us before; none when it had none.
    base              INTEGER,
    status            TEXT    NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'resolved', 'withdrawn')),
    -- What both became.
    resolved_revision INTEGER,
    FOREIGN KEY (id, revision) REFERENCES revision (id, revision),
    CHECK ((status = 'resolved') = (resolved_revision IS NOT NULL))
) STRICT;

CREATE INDEX conflict_record ON conflict (id);

CREATE TABLE conflict_resource (
    sending_id TEXT    NOT NULL REFERENCES conflict (sending_id),
    place      INTEGER NOT NULL,
    type       TEXT    NOT NULL,
    server_id  TEXT    NOT NULL,
    -- The version that ours was made from, and the one that stands there.
    base       TEXT,
    etag       TEXT,
    body       TEXT,
    -- Who wrote it there, as far as the trust says.
    who        TEXT,
    PRIMARY KEY (sending_id, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE directory_entry (
    id TEXT NOT NULL PRIMARY KEY
) STRICT;

CREATE TABLE family_word (
    id   INTEGER PRIMARY KEY,
    word TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE findable (
    number       INTEGER PRIMARY KEY,
    patient      TEXT NOT NULL UNIQUE REFERENCES patient (id),
    -- As it is compared, in lower case.
    hospital_key TEXT NOT NULL
) STRICT;

CREATE INDEX findable_hospital ON findable (hospital_key) WHERE hospital_key <> '';

CREATE TABLE given_word (
    id   INTEGER PRIMARY KEY,
    word TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE hand_over (
    file       TEXT    NOT NULL PRIMARY KEY,
    hna        TEXT    NOT NULL REFERENCES hna (id),
    staff      TEXT    NOT NULL REFERENCES staff (id),
    at         INTEGER NOT NULL,
    secret     BLOB,
    taken_at   INTEGER,
    answers    INTEGER NOT NULL DEFAULT 0,
    unreadable INTEGER NOT NULL DEFAULT 0,
    not_me     INTEGER NOT NULL DEFAULT 0, give_up_reason TEXT, doubtful INTEGER NOT NULL DEFAULT 0,
    CHECK ((secret IS NULL) = (taken_at IS NOT NULL))
) STRICT;

CREATE INDEX hand_over_hna ON hand_over (hna);

CREATE INDEX hand_over_out ON hand_over (at) WHERE taken_at IS NULL;

CREATE TABLE hna (
    id         TEXT    NOT NULL PRIMARY KEY,
    patient    TEXT    NOT NULL REFERENCES patient (id),
    status     TEXT    NOT NULL CHECK (status IN ('draft', 'completed', 'discarded')),
    started_at INTEGER NOT NULL
) STRICT;

CREATE INDEX hna_open ON hna (started_at) WHERE status <> 'discarded';

CREATE INDEX hna_patient ON hna (patient);

CREATE TABLE invitation (
    id       TEXT NOT NULL PRIMARY KEY,
    patient  TEXT NOT NULL REFERENCES patient (id),
    state    TEXT NOT NULL CHECK (state IN ('open', 'answered', 'withdrawn')),
    code_key TEXT NOT NULL
) STRICT;

CREATE INDEX invitation_code ON invitation (code_key);

CREATE INDEX invitation_open ON invitation (id) WHERE state = 'open';

CREATE INDEX invitation_patient ON invitation (patient);

CREATE TABLE name_pair (
    family INTEGER NOT NULL REFERENCES family_word (id),
    given  INTEGER NOT NULL REFERENCES given_word (id),
    number INTEGER NOT NULL REFERENCES findable (number),
    PRIMARY KEY (family, given, number)
) STRICT, WITHOUT ROWID;

CREATE INDEX name_pair_given ON name_pair (given, family, number);

CREATE TABLE notice (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    at         INTEGER NOT NULL,
    kind       TEXT    NOT NULL,
    -- The trust's Patient, and the resource; none where it is about several.
    patient    TEXT,
    type       TEXT,
    server_id  TEXT,
    -- How many it is about.
    count      INTEGER NOT NULL,
    settled_at INTEGER,
    settled_by TEXT,
    -- What the person chose.
    settled    TEXT,
    CHECK ((settled_at IS NULL) = (settled IS NULL))
) STRICT;

CREATE INDEX notice_open ON notice (kind) WHERE settled_at IS NULL;

CREATE TABLE notice_about (
    notice    INTEGER NOT NULL REFERENCES notice (id),
    type      TEXT    NOT NULL,
    server_id TEXT    NOT NULL,
    version   TEXT,
    PRIMARY KEY (notice, type, server_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE offer (
    id      TEXT    NOT NULL PRIMARY KEY,
    patient TEXT    NOT NULL REFERENCES patient (id),
    on_day  TEXT    NOT NULL
, plan_for TEXT REFERENCES hna (id)) STRICT;

CREATE INDEX offer_patient ON offer (patient, on_day);

CREATE INDEX offer_plan ON offer (plan_for) WHERE plan_for IS NOT NULL;

CREATE TRIGGER paper_keeps BEFORE DELETE ON paper BEGIN SELECT raise(ABORT, 'signed paper is never removed'); END;

CREATE TRIGGER paper_stays BEFORE UPDATE ON paper BEGIN SELECT raise(ABORT, 'signed paper is never changed'); END;

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

CREATE TABLE patient (
    id              TEXT    NOT NULL PRIMARY KEY,
    nhs_number      TEXT    UNIQUE,
    hospital_number TEXT    NOT NULL,
    family_key      TEXT    NOT NULL,
    given_key       TEXT    NOT NULL,
    preferred_key   TEXT    NOT NULL,
    born            TEXT    NOT NULL
) STRICT;

CREATE INDEX patient_born ON patient (born);

CREATE TABLE place (
    staff   TEXT NOT NULL PRIMARY KEY REFERENCES staff (id),
    screen  TEXT NOT NULL,
    patient TEXT,
    hna     TEXT,
    item    TEXT
, record TEXT) STRICT;

CREATE TABLE pulled (
    patient TEXT NOT NULL PRIMARY KEY,
    since   INTEGER,
    at      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TRIGGER revision_keeps BEFORE DELETE ON revision BEGIN SELECT raise(ABORT, 'a revision is never removed'); END;

CREATE TRIGGER revision_stays BEFORE UPDATE ON revision BEGIN SELECT raise(ABORT, 'a revision is never changed'); END;

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

CREATE TABLE "sending" (
    seq          INTEGER PRIMARY KEY AUTOINCREMENT,
    sending_id   TEXT    NOT NULL UNIQUE,
    lane         TEXT    NOT NULL,
    kind         TEXT    NOT NULL,
    id           TEXT    NOT NULL,
    revision     INTEGER NOT NULL,
    staff        TEXT    NOT NULL,
    form_version INTEGER NOT NULL,
    state        TEXT    NOT NULL DEFAULT 'queued' CHECK (state IN
                     ('queued', 'sending', 'acked', 'unknown', 'conflict', 'quarantined', 'held', 'withdrawn')),
    attempts     INTEGER NOT NULL DEFAULT 0,
    not_before   INTEGER,
    last_error   TEXT,
    sent_at      INTEGER,
    acked_at     INTEGER,
    sha256       TEXT,
    stopped_at   INTEGER,
    said         TEXT,
    failures     INTEGER NOT NULL DEFAULT 0,
    clashes      INTEGER NOT NULL DEFAULT 0,
    -- Why a person withdrew it.
    withdrawn_because TEXT, carried_at INTEGER,
    FOREIGN KEY (id, revision) REFERENCES revision (id, revision),
    CHECK ((state = 'withdrawn') = (withdrawn_because IS NOT NULL))
) STRICT;

CREATE INDEX sending_acked ON sending (acked_at) WHERE state = 'acked';

CREATE INDEX sending_open ON sending (lane, seq) WHERE state <> 'acked';

CREATE INDEX sending_record ON sending (id);

CREATE INDEX sending_waiting ON sending (seq) WHERE state <> 'acked';

CREATE TABLE session (
    id TEXT NOT NULL PRIMARY KEY
) STRICT;

CREATE TABLE setting (
    key   TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

CREATE TABLE staff (
    id TEXT NOT NULL PRIMARY KEY
) STRICT;

CREATE TRIGGER summary_template_keeps BEFORE DELETE ON summary_template BEGIN SELECT raise(ABORT, 'a template version is never removed'); END;

CREATE TRIGGER summary_template_stays BEFORE UPDATE ON summary_template BEGIN SELECT raise(ABORT, 'a template version is never changed'); END;

CREATE TABLE summary_template (
    canonical TEXT NOT NULL PRIMARY KEY,
    sha256    TEXT NOT NULL,
    body      TEXT NOT NULL
) STRICT;

CREATE TABLE there (
    type      TEXT NOT NULL,
    server_id TEXT NOT NULL,
    -- The trust's Patient that it is about.
    patient   TEXT NOT NULL,
    -- Its ETag; it only goes forward.
    version   TEXT NOT NULL,
    -- The server's own time of that version, UTC milliseconds.
    updated   INTEGER,
    body      TEXT,
    state     TEXT NOT NULL CHECK (state IN ('staged', 'known', 'gone')),
    PRIMARY KEY (type, server_id),
    CHECK ((state = 'staged') = (body IS NOT NULL))
) STRICT;

CREATE INDEX there_patient ON there (patient);

CREATE INDEX there_staged ON there (type, patient) WHERE state = 'staged';

CREATE TABLE treatment_summary (
    id         TEXT    NOT NULL PRIMARY KEY,
    patient    TEXT    NOT NULL REFERENCES patient (id),
    status     TEXT    NOT NULL CHECK (status IN ('draft', 'signed')),
    started_at INTEGER NOT NULL
) STRICT;

CREATE INDEX treatment_summary_draft ON treatment_summary (started_at) WHERE status = 'draft';

CREATE INDEX treatment_summary_patient ON treatment_summary (patient);

CREATE TABLE trust_ref (
    type      TEXT NOT NULL,
    local_id  TEXT NOT NULL,
    server_id TEXT NOT NULL,
    version   TEXT,
    doubt     INTEGER NOT NULL DEFAULT 0, theirs TEXT, lane TEXT,
    PRIMARY KEY (type, local_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX trust_ref_lane ON trust_ref (lane);

CREATE TRIGGER version_keeps BEFORE DELETE ON version BEGIN SELECT raise(ABORT, 'a version is never removed'); END;

CREATE TRIGGER version_stays BEFORE UPDATE ON version BEGIN SELECT raise(ABORT, 'a version is never changed'); END;

CREATE TABLE version (
    id       TEXT    NOT NULL,
    version  INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    PRIMARY KEY (id, version),
    FOREIGN KEY (id, revision) REFERENCES revision (id, revision)
) STRICT, WITHOUT ROWID;

