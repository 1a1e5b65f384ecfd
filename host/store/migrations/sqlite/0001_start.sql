-- What the house remembers. Every table that belongs to a federation has it as the first column of its key.
-- Bodies are MessagePack with field names; the columns beside a body are those by which it is found.
-- Times in integers are nanoseconds since 1970; times in texts are RFC 3339.
-- Nothing is overwritten but a round's state and a job's progress.

CREATE TABLE federations (
    code TEXT NOT NULL PRIMARY KEY,
    body BLOB NOT NULL
) STRICT;

CREATE TABLE tokens (
    id TEXT NOT NULL PRIMARY KEY,
    secret_hash TEXT NOT NULL UNIQUE,
    body BLOB NOT NULL
) STRICT;

-- The audit log: a hash chain for each federation, without a gap. Plain columns, so that anyone can verify it.
CREATE TABLE audit (
    federation TEXT NOT NULL REFERENCES federations (code),
    sequence INTEGER NOT NULL,
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    verb TEXT NOT NULL,
    subject TEXT NOT NULL,
    left_digest TEXT,
    reason TEXT NOT NULL,
    before_hash TEXT NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (federation, sequence)
) STRICT;

-- A unit as the audit entry `since` registered it; the newest entry is the one in force.
CREATE TABLE units (
    federation TEXT NOT NULL REFERENCES federations (code),
    code TEXT NOT NULL,
    since INTEGER NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (federation, code, since)
) STRICT;

CREATE TABLE releases (
    federation TEXT NOT NULL REFERENCES federations (code),
    digest TEXT NOT NULL,
    entry INTEGER NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (federation, digest)
) STRICT;

CREATE TABLE rounds (
    federation TEXT NOT NULL REFERENCES federations (code),
    code TEXT NOT NULL,
    version INTEGER NOT NULL,
    state TEXT NOT NULL,
    rubric TEXT NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (federation, code)
) STRICT;

-- Inputs of evaluations by their digest.
CREATE TABLE blobs (
    federation TEXT NOT NULL REFERENCES federations (code),
    digest TEXT NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (federation, digest)
) STRICT;

CREATE TABLE revisions (
    federation TEXT NOT NULL,
    round TEXT NOT NULL,
    unit TEXT NOT NULL,
    revision INTEGER NOT NULL,
    received_at INTEGER NOT NULL,
    hours_late INTEGER NOT NULL,
    standing TEXT NOT NULL,
    errors INTEGER NOT NULL,
    warnings INTEGER NOT NULL,
    warnings_explained INTEGER NOT NULL,
    body BLOB NOT NULL,
    idempotency_key TEXT,
    request TEXT,
    PRIMARY KEY (federation, round, unit, revision),
    UNIQUE (federation, unit, idempotency_key),
    FOREIGN KEY (federation, round) REFERENCES rounds (federation, code)
) STRICT;

CREATE TABLE verdicts (
    federation TEXT NOT NULL,
    round TEXT NOT NULL,
    unit TEXT NOT NULL,
    revision INTEGER NOT NULL,
    rubric TEXT NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (federation, round, unit, revision, rubric),
    FOREIGN KEY (federation, round, unit, revision) REFERENCES revisions (federation, round, unit, revision)
) STRICT;

CREATE TABLE evaluations (
    federation TEXT NOT NULL REFERENCES federations (code),
    id TEXT NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (federation, id)
) STRICT;

-- `entry` is the audit entry that kept it: the order in which settlements came, whatever the clocks say.
CREATE TABLE settlements (
    federation TEXT NOT NULL,
    id TEXT NOT NULL,
    round TEXT NOT NULL,
    entry INTEGER NOT NULL,
    summary BLOB NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (federation, id),
    UNIQUE (federation, round, entry),
    FOREIGN KEY (federation, round) REFERENCES rounds (federation, code)
) STRICT;

CREATE TABLE roll_ups (
    federation TEXT NOT NULL,
    round TEXT NOT NULL,
    entry INTEGER NOT NULL,
    settlement TEXT NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (federation, round, entry),
    FOREIGN KEY (federation, settlement) REFERENCES settlements (federation, id)
) STRICT;

CREATE TABLE jobs (
    federation TEXT NOT NULL REFERENCES federations (code),
    id TEXT NOT NULL,
    kind BLOB NOT NULL,
    state TEXT NOT NULL,
    done INTEGER NOT NULL,
    total INTEGER NOT NULL,
    message TEXT NOT NULL,
    attempt INTEGER NOT NULL,
    asked_at INTEGER NOT NULL,
    moved_at INTEGER NOT NULL,
    result TEXT,
    worker TEXT NOT NULL,
    begun_at INTEGER NOT NULL,
    lease_until INTEGER NOT NULL,
    PRIMARY KEY (federation, id)
) STRICT;

-- The few that wait or run, among the many that are done.
CREATE INDEX jobs_to_do ON jobs (state, lease_until) WHERE state IN ('waiting', 'running');
CREATE INDEX jobs_begun ON jobs (federation, begun_at);

-- What is kept stays as it is: the database itself refuses to change or to remove it.
CREATE TRIGGER audit_refuse_change BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'audit entries are only appended'); END;
CREATE TRIGGER audit_refuse_removal BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'audit entries are only appended'); END;
CREATE TRIGGER units_refuse_change BEFORE UPDATE ON units BEGIN SELECT RAISE(ABORT, 'units are only appended'); END;
CREATE TRIGGER units_refuse_removal BEFORE DELETE ON units BEGIN SELECT RAISE(ABORT, 'units are only appended'); END;
CREATE TRIGGER releases_refuse_change BEFORE UPDATE ON releases BEGIN SELECT RAISE(ABORT, 'releases are only appended'); END;
CREATE TRIGGER releases_refuse_removal BEFORE DELETE ON releases BEGIN SELECT RAISE(ABORT, 'releases are only appended'); END;
CREATE TRIGGER blobs_refuse_change BEFORE UPDATE ON blobs BEGIN SELECT RAISE(ABORT, 'blobs are only appended'); END;
CREATE TRIGGER blobs_refuse_removal BEFORE DELETE ON blobs BEGIN SELECT RAISE(ABORT, 'blobs are only appended'); END;
CREATE TRIGGER revisions_refuse_change BEFORE UPDATE ON revisions BEGIN SELECT RAISE(ABORT, 'revisions are only appended'); END;
CREATE TRIGGER revisions_refuse_removal BEFORE DELETE ON revisions BEGIN SELECT RAISE(ABORT, 'revisions are only appended'); END;
CREATE TRIGGER verdicts_refuse_change BEFORE UPDATE ON verdicts BEGIN SELECT RAISE(ABORT, 'verdicts are only appended'); END;
CREATE TRIGGER verdicts_refuse_removal BEFORE DELETE ON verdicts BEGIN SELECT RAISE(ABORT, 'verdicts are only appended'); END;
CREATE TRIGGER evaluations_refuse_change BEFORE UPDATE ON evaluations BEGIN SELECT RAISE(ABORT, 'evaluations are only appended'); END;
CREATE TRIGGER evaluations_refuse_removal BEFORE DELETE ON evaluations BEGIN SELECT RAISE(ABORT, 'evaluations are only appended'); END;
CREATE TRIGGER settlements_refuse_change BEFORE UPDATE ON settlements BEGIN SELECT RAISE(ABORT, 'settlements are only appended'); END;
CREATE TRIGGER settlements_refuse_removal BEFORE DELETE ON settlements BEGIN SELECT RAISE(ABORT, 'settlements are only appended'); END;
CREATE TRIGGER roll_ups_refuse_change BEFORE UPDATE ON roll_ups BEGIN SELECT RAISE(ABORT, 'roll_ups are only appended'); END;
CREATE TRIGGER roll_ups_refuse_removal BEFORE DELETE ON roll_ups BEGIN SELECT RAISE(ABORT, 'roll_ups are only appended'); END;
