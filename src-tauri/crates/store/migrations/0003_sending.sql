-- What became of each sending, which resource of the trust each of ours is, and what changed there meanwhile.

-- When the last try went out, and when the trust had it.
ALTER TABLE sending ADD COLUMN sent_at INTEGER;
ALTER TABLE sending ADD COLUMN acked_at INTEGER;
-- Of its entries, as sent.
ALTER TABLE sending ADD COLUMN sha256 TEXT;
-- Since when a person has to decide, and the server's own words; last_error is the reason's code.
ALTER TABLE sending ADD COLUMN stopped_at INTEGER;
ALTER TABLE sending ADD COLUMN said TEXT;
-- How often the server failed at a transaction with it and did not keep it, and how often it met a clash with nothing having moved.
ALTER TABLE sending ADD COLUMN failures INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sending ADD COLUMN clashes INTEGER NOT NULL DEFAULT 0;
-- Taking the next of a long backlog, and the last that was acknowledged, each from an index of its own.
CREATE INDEX sending_waiting ON sending (seq) WHERE state <> 'acked';
CREATE INDEX sending_acked ON sending (acked_at) WHERE state = 'acked';

-- A resource that is at the trust: under which id there, and at which version (its ETag) we last wrote or read it.
-- No version: the trust made it, and it is referred to but never written.
-- doubt, of a Patient: 0 none; 1 the NHS number or the birth date was corrected since; 2 a person was told that it may be somebody else.
CREATE TABLE trust_ref (
    type      TEXT NOT NULL,
    local_id  TEXT NOT NULL,
    server_id TEXT NOT NULL,
    version   TEXT,
    doubt     INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (type, local_id)
) STRICT, WITHOUT ROWID;

-- Somebody else changed or removed at the trust what a sending was to change. Both are kept until a person has decided.
CREATE TABLE conflict (
    sending_id TEXT    NOT NULL PRIMARY KEY REFERENCES sending (sending_id),
    at         INTEGER NOT NULL,
    type       TEXT    NOT NULL,
    server_id  TEXT    NOT NULL,
    base       TEXT,
    theirs     TEXT,
    status     TEXT    NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'resolved'))
) STRICT;
