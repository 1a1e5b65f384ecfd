-- Trials: what another release would change for whom. `entry` is the audit entry that kept it, the order in which trials came.
-- `summary` is the trial in few words, as lists and approvals need it; `body` is everything that it found.

CREATE TABLE trials (
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

CREATE TRIGGER trials_refuse_change BEFORE UPDATE ON trials BEGIN SELECT RAISE(ABORT, 'trials are only appended'); END;
CREATE TRIGGER trials_refuse_removal BEFORE DELETE ON trials BEGIN SELECT RAISE(ABORT, 'trials are only appended'); END;
