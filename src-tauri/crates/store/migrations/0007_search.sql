-- Finding a patient while her name is typed. Filled for the patients that are there already when this comes, from their rows; kept by
-- every save of a patient. What is typed is compared with the words; a slip has already been forgiven when a pair is looked up.

CREATE TABLE findable (
    number       INTEGER PRIMARY KEY,
    patient      TEXT NOT NULL UNIQUE REFERENCES patient (id),
    -- As it is compared, in lower case.
    hospital_key TEXT NOT NULL
) STRICT;
CREATE INDEX findable_hospital ON findable (hospital_key) WHERE hospital_key <> '';
CREATE INDEX patient_born ON patient (born);

-- The words of the keys in patient. They are only added to, so whoever has read them reads on after the last.
CREATE TABLE family_word (
    id   INTEGER PRIMARY KEY,
    word TEXT NOT NULL UNIQUE
) STRICT;
CREATE TABLE given_word (
    id   INTEGER PRIMARY KEY,
    word TEXT NOT NULL UNIQUE
) STRICT;

-- Every word of somebody's family name with every word of what she is called by.
CREATE TABLE name_pair (
    family INTEGER NOT NULL REFERENCES family_word (id),
    given  INTEGER NOT NULL REFERENCES given_word (id),
    number INTEGER NOT NULL REFERENCES findable (number),
    PRIMARY KEY (family, given, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX name_pair_given ON name_pair (given, family, number);
