-- Rounds that the clock has something to do for: they are looked for every few seconds.
CREATE INDEX rounds_on_the_clock ON rounds (state) WHERE state IN ('planned', 'open');

-- A reminder that was given, so many days after a round's due date (before it where negative). It is given once, however many hosts
-- look at the clock.
CREATE TABLE reminders (
    federation TEXT NOT NULL,
    round TEXT NOT NULL,
    days INTEGER NOT NULL,
    due TEXT NOT NULL,
    entry INTEGER NOT NULL,
    PRIMARY KEY (federation, round, days, due),
    FOREIGN KEY (federation, round) REFERENCES rounds (federation, code)
) STRICT;

-- What a unit was told of a round.
CREATE TABLE member_notices (
    federation TEXT NOT NULL,
    id TEXT NOT NULL,
    round TEXT NOT NULL,
    unit TEXT NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (federation, id),
    FOREIGN KEY (federation, round) REFERENCES rounds (federation, code)
) STRICT;

CREATE INDEX member_notices_of_unit ON member_notices (federation, round, unit, id);

-- Where a federation's own program hears of every notice; the newest holds.
CREATE TABLE webhooks (
    federation TEXT NOT NULL REFERENCES federations (code),
    entry INTEGER NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (federation, entry)
) STRICT;

-- The outbox: a notice on its way through one channel, taken under a lease and fenced by the number of the attempt.
CREATE TABLE deliveries (
    federation TEXT NOT NULL,
    id TEXT NOT NULL,
    notice TEXT NOT NULL,
    channel TEXT NOT NULL,
    body BLOB NOT NULL,
    state TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    next_at INTEGER NOT NULL,
    lease_until INTEGER NOT NULL,
    PRIMARY KEY (federation, id),
    FOREIGN KEY (federation, notice) REFERENCES member_notices (federation, id)
) STRICT;

CREATE INDEX deliveries_to_do ON deliveries (next_at) WHERE state = 'waiting';

CREATE TABLE delivery_attempts (
    federation TEXT NOT NULL,
    delivery TEXT NOT NULL,
    number INTEGER NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (federation, delivery, number),
    FOREIGN KEY (federation, delivery) REFERENCES deliveries (federation, id)
) STRICT;

CREATE TRIGGER reminders_refuse_change BEFORE UPDATE ON reminders BEGIN SELECT RAISE(ABORT, 'reminders are only appended'); END;
CREATE TRIGGER reminders_refuse_removal BEFORE DELETE ON reminders BEGIN SELECT RAISE(ABORT, 'reminders are only appended'); END;
CREATE TRIGGER member_notices_refuse_change BEFORE UPDATE ON member_notices BEGIN SELECT RAISE(ABORT, 'member_notices are only appended'); END;
CREATE TRIGGER member_notices_refuse_removal BEFORE DELETE ON member_notices BEGIN SELECT RAISE(ABORT, 'member_notices are only appended'); END;
CREATE TRIGGER webhooks_refuse_change BEFORE UPDATE ON webhooks BEGIN SELECT RAISE(ABORT, 'webhooks are only appended'); END;
CREATE TRIGGER webhooks_refuse_removal BEFORE DELETE ON webhooks BEGIN SELECT RAISE(ABORT, 'webhooks are only appended'); END;
CREATE TRIGGER delivery_attempts_refuse_change BEFORE UPDATE ON delivery_attempts BEGIN SELECT RAISE(ABORT, 'delivery_attempts are only appended'); END;
CREATE TRIGGER delivery_attempts_refuse_removal BEFORE DELETE ON delivery_attempts BEGIN SELECT RAISE(ABORT, 'delivery_attempts are only appended'); END;
