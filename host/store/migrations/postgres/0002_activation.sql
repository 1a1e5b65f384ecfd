-- Which release was pinned to which round since when: one release takes the place of another. `since` is in milliseconds since 1970 by
-- the clock of the database, the one clock that all hosts share; until when a release was in force says the pin that replaced it.
CREATE TABLE pins (
    federation TEXT COLLATE "C" NOT NULL,
    round TEXT COLLATE "C" NOT NULL,
    entry BIGINT NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    release TEXT COLLATE "C" NOT NULL,
    replaces TEXT COLLATE "C",
    pinned_by TEXT COLLATE "C" NOT NULL,
    since BIGINT NOT NULL,
    PRIMARY KEY (federation, round, entry, kind, release),
    FOREIGN KEY (federation, round) REFERENCES rounds (federation, code)
);

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
    federation TEXT COLLATE "C" NOT NULL,
    id TEXT COLLATE "C" NOT NULL,
    round TEXT COLLATE "C" NOT NULL,
    entry BIGINT NOT NULL,
    replaces TEXT COLLATE "C" NOT NULL,
    release TEXT COLLATE "C" NOT NULL,
    body BYTEA NOT NULL,
    PRIMARY KEY (federation, id),
    FOREIGN KEY (federation, round) REFERENCES rounds (federation, code)
);

CREATE INDEX activations_of_round ON activations (federation, round, entry);

CREATE TABLE activation_decisions (
    federation TEXT COLLATE "C" NOT NULL,
    activation TEXT COLLATE "C" NOT NULL,
    entry BIGINT NOT NULL,
    body BYTEA NOT NULL,
    PRIMARY KEY (federation, activation),
    FOREIGN KEY (federation, activation) REFERENCES activations (federation, id)
);

-- Placing and lifting are rows of their own: a release whose newest placing has no lifting is quarantined.
CREATE TABLE quarantines (
    federation TEXT COLLATE "C" NOT NULL,
    release TEXT COLLATE "C" NOT NULL,
    entry BIGINT NOT NULL,
    body BYTEA NOT NULL,
    PRIMARY KEY (federation, release, entry),
    FOREIGN KEY (federation, release) REFERENCES releases (federation, digest)
);

CREATE TABLE quarantine_liftings (
    federation TEXT COLLATE "C" NOT NULL,
    release TEXT COLLATE "C" NOT NULL,
    placed BIGINT NOT NULL,
    entry BIGINT NOT NULL,
    body BYTEA NOT NULL,
    PRIMARY KEY (federation, release, placed),
    FOREIGN KEY (federation, release, placed) REFERENCES quarantines (federation, release, entry)
);

-- How much a federation allows its releases to fault; the newest holds.
CREATE TABLE quarantine_policies (
    federation TEXT COLLATE "C" NOT NULL REFERENCES federations (code),
    entry BIGINT NOT NULL,
    body BYTEA NOT NULL,
    PRIMARY KEY (federation, entry)
);

-- A release that nothing uses and nothing will.
CREATE TABLE withdrawals (
    federation TEXT COLLATE "C" NOT NULL,
    release TEXT COLLATE "C" NOT NULL,
    entry BIGINT NOT NULL,
    body BYTEA NOT NULL,
    PRIMARY KEY (federation, release),
    FOREIGN KEY (federation, release) REFERENCES releases (federation, digest)
);

CREATE TABLE notices (
    federation TEXT COLLATE "C" NOT NULL REFERENCES federations (code),
    id TEXT COLLATE "C" NOT NULL,
    body BYTEA NOT NULL,
    PRIMARY KEY (federation, id)
);


CREATE TRIGGER pins_refuse_change BEFORE UPDATE OR DELETE ON pins FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER activations_refuse_change BEFORE UPDATE OR DELETE ON activations FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER activation_decisions_refuse_change BEFORE UPDATE OR DELETE ON activation_decisions FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER quarantines_refuse_change BEFORE UPDATE OR DELETE ON quarantines FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER quarantine_liftings_refuse_change BEFORE UPDATE OR DELETE ON quarantine_liftings FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER quarantine_policies_refuse_change BEFORE UPDATE OR DELETE ON quarantine_policies FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER withdrawals_refuse_change BEFORE UPDATE OR DELETE ON withdrawals FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER notices_refuse_change BEFORE UPDATE OR DELETE ON notices FOR EACH ROW EXECUTE FUNCTION refuse_change();
