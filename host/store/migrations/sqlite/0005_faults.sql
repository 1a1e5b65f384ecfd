-- Calls in which a release broke the contract or a limit. The key is the order in which they are looked for: a release's newest ones.
CREATE TABLE faults (
    federation TEXT NOT NULL REFERENCES federations (code),
    release TEXT NOT NULL,
    at INTEGER NOT NULL,
    id TEXT NOT NULL,
    function TEXT NOT NULL,
    kind TEXT NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (federation, release, at, id)
) STRICT;

CREATE TRIGGER faults_refuse_change BEFORE UPDATE ON faults BEGIN SELECT RAISE(ABORT, 'faults are only appended'); END;
CREATE TRIGGER faults_refuse_removal BEFORE DELETE ON faults BEGIN SELECT RAISE(ABORT, 'faults are only appended'); END;
