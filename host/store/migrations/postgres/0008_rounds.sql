-- Rounds that the clock has something to do for: they are looked for every few seconds.
CREATE INDEX rounds_on_the_clock ON rounds (state) WHERE state IN ('planned', 'open');

-- A reminder that was given, so many days after a round's due date (before it where negative). It is given once, however many hosts
-- look at the clock.
CREATE TABLE reminders (
    federation TEXT COLLATE "C" NOT NULL,
    round TEXT COLLATE "C" NOT NULL,
    days BIGINT NOT NULL,
    due TEXT COLLATE "C" NOT NULL,
    entry BIGINT NOT NULL,
    PRIMARY KEY (federation, round, days, due),
    FOREIGN KEY (federation, round) REFERENCES rounds (federation, code)
);

-- What a unit was told of a round.
CREATE TABLE member_notices (
    federation TEXT COLLATE "C" NOT NULL,
    id TEXT COLLATE "C" NOT NULL,
    round TEXT COLLATE "C" NOT NULL,
    unit TEXT COLLATE "C" NOT NULL,
    body BYTEA NOT NULL,
    PRIMARY KEY (federation, id),
    FOREIGN KEY (federation, round) REFERENCES rounds (federation, code)
);

CREATE INDEX member_notices_of_unit ON member_notices (federation, round, unit, id);

-- Where a federation's own program hears of every notice; the newest holds.
CREATE TABLE webhooks (
    federation TEXT COLLATE "C" NOT NULL REFERENCES federations (code),
    entry BIGINT NOT NULL,
    body BYTEA NOT NULL,
    PRIMARY KEY (federation, entry)
);

-- The outbox: a notice on its way through one channel, taken under a lease and fenced by the number of the attempt.
CREATE TABLE deliveries (
    federation TEXT COLLATE "C" NOT NULL,
    id TEXT COLLATE "C" NOT NULL,
    notice TEXT COLLATE "C" NOT NULL,
    channel TEXT COLLATE "C" NOT NULL,
    body BYTEA NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    attempts BIGINT NOT NULL,
    next_at BIGINT NOT NULL,
    lease_until BIGINT NOT NULL,
    PRIMARY KEY (federation, id),
    FOREIGN KEY (federation, notice) REFERENCES member_notices (federation, id)
);

CREATE INDEX deliveries_to_do ON deliveries (next_at) WHERE state = 'waiting';

CREATE TABLE delivery_attempts (
    federation TEXT COLLATE "C" NOT NULL,
    delivery TEXT COLLATE "C" NOT NULL,
    number BIGINT NOT NULL,
    body BYTEA NOT NULL,
    PRIMARY KEY (federation, delivery, number),
    FOREIGN KEY (federation, delivery) REFERENCES deliveries (federation, id)
);

CREATE TRIGGER reminders_refuse_change BEFORE UPDATE OR DELETE ON reminders FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER member_notices_refuse_change BEFORE UPDATE OR DELETE ON member_notices FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER webhooks_refuse_change BEFORE UPDATE OR DELETE ON webhooks FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER delivery_attempts_refuse_change BEFORE UPDATE OR DELETE ON delivery_attempts FOR EACH ROW EXECUTE FUNCTION refuse_change();
