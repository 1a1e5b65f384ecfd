-- Which release was pinned to which round since when: one release takes the place of another. `since` is in milliseconds since 1970 by
-- the clock of the database, the one clock that all hosts share; until when a release was in force says the pin that replaced it.
CREATE TABLE pins (
    federation TEXT NOT NULL,
    round TEXT NOT NULL,
    entry INTEGER NOT NULL,
    kind TEXT NOT NULL,
    release TEXT NOT NULL,
    replaces TEXT,
    pinned_by TEXT NOT NULL,
    since INTEGER NOT NULL,
    PRIMARY KEY (federation, round, entry, kind, release),
    FOREIGN KEY (federation, round) REFERENCES rounds (federation, code)
) STRICT;

-- Was it replaced just now? Is it, or was it ever, in use?
CREATE INDEX pins_replaced ON pins (federation, round, replaces, since);
CREATE INDEX pins_of_release ON pins (federation, release);

-- What was pinned before this table was there, as far as the log tells: it keeps a release from being withdrawn.
INSERT INTO pins (federation, round, entry, kind, release, replaces, pinned_by, since)
SELECT audit.federation, rounds.code, audit.sequence, 'rubric', audit.left_digest, NULL, 'opening', 0
FROM audit JOIN rounds ON rounds.federation = audit.federation AND audit.subject = 'round/' || rounds.code
WHERE audit.verb IN ('open-round', 'replace-rubric') AND audit.left_digest IS NOT NULL;

-- A proposal that a round goes on with another release, and what became of it. The decision is a row of its own: a proposal that has
-- none waits.
CREATE TABLE activations (
    federation TEXT NOT NULL,
    id TEXT NOT NULL,
    round TEXT NOT NULL,
    entry INTEGER NOT NULL,
    replaces TEXT NOT NULL,
    release TEXT NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (federation, id),
    FOREIGN KEY (federation, round) REFERENCES rounds (federation, code)
) STRICT;

CREATE INDEX activations_of_round ON activations (federation, round, entry);

CREATE TABLE activation_decisions (
    federation TEXT NOT NULL,
    activation TEXT NOT NULL,
    entry INTEGER NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (federation, activation),
    FOREIGN KEY (federation, activation) REFERENCES activations (federation, id)
) STRICT;

-- Placing and lifting are rows of their own: a release whose newest placing has no lifting is quarantined.
CREATE TABLE quarantines (
    federation TEXT NOT NULL,
    release TEXT NOT NULL,
    entry INTEGER NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (federation, release, entry),
    FOREIGN KEY (federation, release) REFERENCES releases (federation, digest)
) STRICT;

CREATE TABLE quarantine_liftings (
    federation TEXT NOT NULL,
    release TEXT NOT NULL,
    placed INTEGER NOT NULL,
    entry INTEGER NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (federation, release, placed),
    FOREIGN KEY (federation, release, placed) REFERENCES quarantines (federation, release, entry)
) STRICT;

-- How much a federation allows its releases to fault; the newest holds.
CREATE TABLE quarantine_policies (
    federation TEXT NOT NULL REFERENCES federations (code),
    entry INTEGER NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (federation, entry)
) STRICT;

-- A release that nothing uses and nothing will.
CREATE TABLE withdrawals (
    federation TEXT NOT NULL,
    release TEXT NOT NULL,
    entry INTEGER NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (federation, release),
    FOREIGN KEY (federation, release) REFERENCES releases (federation, digest)
) STRICT;

CREATE TABLE notices (
    federation TEXT NOT NULL REFERENCES federations (code),
    id TEXT NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (federation, id)
) STRICT;


CREATE TRIGGER pins_refuse_change BEFORE UPDATE ON pins BEGIN SELECT RAISE(ABORT, 'pins are only appended'); END;
CREATE TRIGGER pins_refuse_removal BEFORE DELETE ON pins BEGIN SELECT RAISE(ABORT, 'pins are only appended'); END;
CREATE TRIGGER activations_refuse_change BEFORE UPDATE ON activations BEGIN SELECT RAISE(ABORT, 'activations are only appended'); END;
CREATE TRIGGER activations_refuse_removal BEFORE DELETE ON activations BEGIN SELECT RAISE(ABORT, 'activations are only appended'); END;
CREATE TRIGGER activation_decisions_refuse_change BEFORE UPDATE ON activation_decisions BEGIN SELECT RAISE(ABORT, 'activation_decisions are only appended'); END;
CREATE TRIGGER activation_decisions_refuse_removal BEFORE DELETE ON activation_decisions BEGIN SELECT RAISE(ABORT, 'activation_decisions are only appended'); END;
CREATE TRIGGER quarantines_refuse_change BEFORE UPDATE ON quarantines BEGIN SELECT RAISE(ABORT, 'quarantines are only appended'); END;
CREATE TRIGGER quarantines_refuse_removal BEFORE DELETE ON quarantines BEGIN SELECT RAISE(ABORT, 'quarantines are only appended'); END;
CREATE TRIGGER quarantine_liftings_refuse_change BEFORE UPDATE ON quarantine_liftings BEGIN SELECT RAISE(ABORT, 'quarantine_liftings are only appended'); END;
CREATE TRIGGER quarantine_liftings_refuse_removal BEFORE DELETE ON quarantine_liftings BEGIN SELECT RAISE(ABORT, 'quarantine_liftings are only appended'); END;
CREATE TRIGGER quarantine_policies_refuse_change BEFORE UPDATE ON quarantine_policies BEGIN SELECT RAISE(ABORT, 'quarantine_policies are only appended'); END;
CREATE TRIGGER quarantine_policies_refuse_removal BEFORE DELETE ON quarantine_policies BEGIN SELECT RAISE(ABORT, 'quarantine_policies are only appended'); END;
CREATE TRIGGER withdrawals_refuse_change BEFORE UPDATE ON withdrawals BEGIN SELECT RAISE(ABORT, 'withdrawals are only appended'); END;
CREATE TRIGGER withdrawals_refuse_removal BEFORE DELETE ON withdrawals BEGIN SELECT RAISE(ABORT, 'withdrawals are only appended'); END;
CREATE TRIGGER notices_refuse_change BEFORE UPDATE ON notices BEGIN SELECT RAISE(ABORT, 'notices are only appended'); END;
CREATE TRIGGER notices_refuse_removal BEFORE DELETE ON notices BEGIN SELECT RAISE(ABORT, 'notices are only appended'); END;
