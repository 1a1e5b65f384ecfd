-- What the house remembers. Every table that belongs to a federation has it as the first column of its key.
-- Bodies are MessagePack with field names; the columns beside a body are those by which it is found.
-- Texts compare by their bytes, whatever the collation of the database, so that both databases order alike.
-- Times in integers are nanoseconds since 1970; times in texts are RFC 3339.
-- Nothing is overwritten but a round's state and a job's progress.

CREATE TABLE federations (
    code TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    body BYTEA NOT NULL
);

CREATE TABLE tokens (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    secret_hash TEXT COLLATE "C" NOT NULL UNIQUE,
    body BYTEA NOT NULL
);

-- The audit log: a hash chain for each federation, without a gap. Plain columns, so that anyone can verify it.
CREATE TABLE audit (
    federation TEXT COLLATE "C" NOT NULL REFERENCES federations (code),
    sequence BIGINT NOT NULL,
    at TEXT COLLATE "C" NOT NULL,
    actor TEXT COLLATE "C" NOT NULL,
    verb TEXT COLLATE "C" NOT NULL,
    subject TEXT COLLATE "C" NOT NULL,
    left_digest TEXT COLLATE "C",
    reason TEXT COLLATE "C" NOT NULL,
    before_hash TEXT COLLATE "C" NOT NULL,
    hash TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (federation, sequence)
);

-- A unit as the audit entry `since` registered it; the newest entry is the one in force.
CREATE TABLE units (
    federation TEXT COLLATE "C" NOT NULL REFERENCES federations (code),
    code TEXT COLLATE "C" NOT NULL,
    since BIGINT NOT NULL,
    body BYTEA NOT NULL,
    PRIMARY KEY (federation, code, since)
);

CREATE TABLE releases (
    federation TEXT COLLATE "C" NOT NULL REFERENCES federations (code),
    digest TEXT COLLATE "C" NOT NULL,
    entry BIGINT NOT NULL,
    body BYTEA NOT NULL,
    PRIMARY KEY (federation, digest)
);

CREATE TABLE rounds (
    federation TEXT COLLATE "C" NOT NULL REFERENCES federations (code),
    code TEXT COLLATE "C" NOT NULL,
    version BIGINT NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    rubric TEXT COLLATE "C" NOT NULL,
    body BYTEA NOT NULL,
    PRIMARY KEY (federation, code)
);

-- Inputs of evaluations by their digest.
CREATE TABLE blobs (
    federation TEXT COLLATE "C" NOT NULL REFERENCES federations (code),
    digest TEXT COLLATE "C" NOT NULL,
    bytes BYTEA NOT NULL,
    PRIMARY KEY (federation, digest)
);

CREATE TABLE revisions (
    federation TEXT COLLATE "C" NOT NULL,
    round TEXT COLLATE "C" NOT NULL,
    unit TEXT COLLATE "C" NOT NULL,
    revision BIGINT NOT NULL,
    received_at BIGINT NOT NULL,
    hours_late BIGINT NOT NULL,
    standing TEXT COLLATE "C" NOT NULL,
    errors BIGINT NOT NULL,
    warnings BIGINT NOT NULL,
    warnings_explained BIGINT NOT NULL,
    body BYTEA NOT NULL,
    idempotency_key TEXT COLLATE "C",
    request TEXT COLLATE "C",
    PRIMARY KEY (federation, round, unit, revision),
    UNIQUE (federation, unit, idempotency_key),
    FOREIGN KEY (federation, round) REFERENCES rounds (federation, code)
);

CREATE TABLE verdicts (
    federation TEXT COLLATE "C" NOT NULL,
    round TEXT COLLATE "C" NOT NULL,
    unit TEXT COLLATE "C" NOT NULL,
    revision BIGINT NOT NULL,
    rubric TEXT COLLATE "C" NOT NULL,
    body BYTEA NOT NULL,
    PRIMARY KEY (federation, round, unit, revision, rubric),
    FOREIGN KEY (federation, round, unit, revision) REFERENCES revisions (federation, round, unit, revision)
);

CREATE TABLE evaluations (
    federation TEXT COLLATE "C" NOT NULL REFERENCES federations (code),
    id TEXT COLLATE "C" NOT NULL,
    body BYTEA NOT NULL,
    PRIMARY KEY (federation, id)
);

-- `entry` is the audit entry that kept it: the order in which settlements came, whatever the clocks say.
CREATE TABLE settlements (
    federation TEXT COLLATE "C" NOT NULL,
    id TEXT COLLATE "C" NOT NULL,
    round TEXT COLLATE "C" NOT NULL,
    entry BIGINT NOT NULL,
    summary BYTEA NOT NULL,
    body BYTEA NOT NULL,
    PRIMARY KEY (federation, id),
    UNIQUE (federation, round, entry),
    FOREIGN KEY (federation, round) REFERENCES rounds (federation, code)
);

CREATE TABLE roll_ups (
    federation TEXT COLLATE "C" NOT NULL,
    round TEXT COLLATE "C" NOT NULL,
    entry BIGINT NOT NULL,
    settlement TEXT COLLATE "C" NOT NULL,
    body BYTEA NOT NULL,
    PRIMARY KEY (federation, round, entry),
    FOREIGN KEY (federation, settlement) REFERENCES settlements (federation, id)
);

CREATE TABLE jobs (
    federation TEXT COLLATE "C" NOT NULL REFERENCES federations (code),
    id TEXT COLLATE "C" NOT NULL,
    kind BYTEA NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    done BIGINT NOT NULL,
    total BIGINT NOT NULL,
    message TEXT COLLATE "C" NOT NULL,
    attempt BIGINT NOT NULL,
    asked_at BIGINT NOT NULL,
    moved_at BIGINT NOT NULL,
    result TEXT COLLATE "C",
    worker TEXT COLLATE "C" NOT NULL,
    begun_at BIGINT NOT NULL,
    lease_until BIGINT NOT NULL,
    PRIMARY KEY (federation, id)
);

-- The few that wait or run, among the many that are done.
CREATE INDEX jobs_to_do ON jobs (state, lease_until) WHERE state IN ('waiting', 'running');
CREATE INDEX jobs_begun ON jobs (federation, begun_at);

-- What is kept stays as it is: the database itself refuses to change or to remove it.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% are only appended', TG_TABLE_NAME;
END
$$;
CREATE TRIGGER audit_refuse_change BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER units_refuse_change BEFORE UPDATE OR DELETE ON units FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER releases_refuse_change BEFORE UPDATE OR DELETE ON releases FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER blobs_refuse_change BEFORE UPDATE OR DELETE ON blobs FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER revisions_refuse_change BEFORE UPDATE OR DELETE ON revisions FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER verdicts_refuse_change BEFORE UPDATE OR DELETE ON verdicts FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER evaluations_refuse_change BEFORE UPDATE OR DELETE ON evaluations FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER settlements_refuse_change BEFORE UPDATE OR DELETE ON settlements FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER roll_ups_refuse_change BEFORE UPDATE OR DELETE ON roll_ups FOR EACH ROW EXECUTE FUNCTION refuse_change();
