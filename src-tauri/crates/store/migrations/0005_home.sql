-- Assessments at home: invitations, answers that came in, appointments to talk about them.

CREATE TABLE invitation (
    id       TEXT NOT NULL PRIMARY KEY,
    patient  TEXT NOT NULL REFERENCES patient (id),
    state    TEXT NOT NULL CHECK (state IN ('open', 'answered', 'withdrawn')),
    code_key TEXT NOT NULL
) STRICT;
CREATE INDEX invitation_patient ON invitation (patient);
CREATE INDEX invitation_code ON invitation (code_key);
CREATE INDEX invitation_open ON invitation (id) WHERE state = 'open';

-- Answers as they came in, kept whatever becomes of them: body is the QuestionnaireResponse, with the Patient that came with it, and
-- sha256 is over both. Settled: nobody has to do anything about them any more.
CREATE TABLE answers (
    id      TEXT    NOT NULL PRIMARY KEY,
    sha256  TEXT    NOT NULL UNIQUE,
    settled INTEGER NOT NULL DEFAULT 0 CHECK (settled IN (0, 1)),
    body    TEXT    NOT NULL
) STRICT;
CREATE INDEX answers_open ON answers (id) WHERE settled = 0;
CREATE TRIGGER answers_stay BEFORE UPDATE OF id, sha256, body ON answers BEGIN SELECT raise(ABORT, 'answers are never changed'); END;
CREATE TRIGGER answers_keep BEFORE DELETE ON answers BEGIN SELECT raise(ABORT, 'answers are never removed'); END;

CREATE TABLE appointment (
    id      TEXT    NOT NULL PRIMARY KEY,
    patient TEXT    NOT NULL REFERENCES patient (id),
    ended   INTEGER NOT NULL CHECK (ended IN (0, 1))
) STRICT;
CREATE INDEX appointment_patient ON appointment (patient);
CREATE INDEX appointment_open ON appointment (id) WHERE ended = 0;
