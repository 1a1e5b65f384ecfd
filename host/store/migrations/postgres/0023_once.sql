-- What was answered to an act that came with an idempotency key: whoever sends it again gets that. A key is its bearer's own.
CREATE TABLE answers_given (
    federation TEXT COLLATE "C" NOT NULL,
    token TEXT COLLATE "C" NOT NULL,
    idempotency_key TEXT COLLATE "C" NOT NULL,
    request TEXT COLLATE "C" NOT NULL,
    body BYTEA NOT NULL,
    PRIMARY KEY (federation, token, idempotency_key),
    FOREIGN KEY (federation) REFERENCES federations (code)
);

-- Who was reminded of what was to be put right by a day that has passed; with another day there is another reminder.
CREATE TABLE rectification_reminders (
    federation TEXT COLLATE "C" NOT NULL,
    rectification TEXT COLLATE "C" NOT NULL,
    due_on TEXT COLLATE "C" NOT NULL,
    entry BIGINT NOT NULL,
    PRIMARY KEY (federation, rectification, due_on),
    FOREIGN KEY (federation, rectification) REFERENCES rectifications (federation, id)
);

CREATE TRIGGER answers_given_refuse_change BEFORE UPDATE OR DELETE ON answers_given FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER rectification_reminders_refuse_change BEFORE UPDATE OR DELETE ON rectification_reminders FOR EACH ROW EXECUTE FUNCTION refuse_change();
