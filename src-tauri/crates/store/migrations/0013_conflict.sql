-- Conflicts keep everything of the record as it stood at the trust, and what became of them; a sending can be withdrawn.

-- What was a conflict is met again, and then all of it is kept.
UPDATE sending SET state = 'queued', last_error = NULL, said = NULL, stopped_at = NULL WHERE state = 'conflict';
DROP TABLE conflict;

-- The same table with one more state.
CREATE TABLE sending_with_withdrawn (
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
    withdrawn_because TEXT,
    FOREIGN KEY (id, revision) REFERENCES revision (id, revision),
    CHECK ((state = 'withdrawn') = (withdrawn_because IS NOT NULL))
) STRICT;
INSERT INTO sending_with_withdrawn
    SELECT seq, sending_id, lane, kind, id, revision, staff, form_version, state, attempts, not_before, last_error, sent_at, acked_at,
        sha256, stopped_at, said, failures, clashes, NULL
    FROM sending;
-- A number that was given is never given again.
INSERT INTO sqlite_sequence (name, seq)
    SELECT 'sending_with_withdrawn', 0 WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'sending_with_withdrawn');
UPDATE sqlite_sequence SET seq = max(seq, coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'sending'), 0))
    WHERE name = 'sending_with_withdrawn';
DROP TABLE sending;
ALTER TABLE sending_with_withdrawn RENAME TO sending;
CREATE INDEX sending_record ON sending (id);
CREATE INDEX sending_open ON sending (lane, seq) WHERE state <> 'acked';
CREATE INDEX sending_waiting ON sending (seq) WHERE state <> 'acked';
CREATE INDEX sending_acked ON sending (acked_at) WHERE state = 'acked';

-- A resource as somebody else left it at the trust: what of it is none of ours is sent back with ours.
ALTER TABLE trust_ref ADD COLUMN theirs TEXT;

-- Somebody else changed or removed at the trust what a sending was to change. The sending may be gone, the conflict stays: its
-- parents are the revision of the sending and theirs.
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

-- Each resource of the record as it stood there. No body: removed.
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
