-- What stands at the trust about the patients of this PC, as far as it was fetched, and what of it a person should look at.

-- A resource there. Its body is kept until it has been taken into a record, and then dropped: the server has it.
-- staged: fetched and not yet taken in; known: nothing of it is left to take in; gone: removed there.
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

-- How far the patients of the trust were fetched: everything that the server had committed at its time `since` is here; none while
-- they were never fetched whole. `at` is this PC's time.
CREATE TABLE pulled (
    patient TEXT NOT NULL PRIMARY KEY,
    since   INTEGER,
    at      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The patient whose record a resource of ours belongs to; none for what was acknowledged before this was kept.
ALTER TABLE trust_ref ADD COLUMN lane TEXT;
CREATE INDEX trust_ref_lane ON trust_ref (lane);
UPDATE trust_ref SET lane = local_id WHERE type = 'Patient';

-- Something at the trust that a person should know of. Nothing here was changed because of it.
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

-- What a notice about several is about. Of sendings that the trust has lost: what their resources are to be changed from, none where it is
-- not there any more.
CREATE TABLE notice_about (
    notice    INTEGER NOT NULL REFERENCES notice (id),
    type      TEXT    NOT NULL,
    server_id TEXT    NOT NULL,
    version   TEXT,
    PRIMARY KEY (notice, type, server_id)
) STRICT, WITHOUT ROWID;
