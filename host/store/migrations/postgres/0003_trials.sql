-- Trials: what another release would change for whom. `entry` is the audit entry that kept it, the order in which trials came.
-- `summary` is the trial in few words, as lists and approvals need it; `body` is everything that it found.

CREATE TABLE trials (
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

CREATE TRIGGER trials_refuse_change BEFORE UPDATE OR DELETE ON trials FOR EACH ROW EXECUTE FUNCTION refuse_change();
