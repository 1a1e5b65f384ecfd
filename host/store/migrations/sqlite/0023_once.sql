-- What was answered to an act that came with an idempotency key: whoever sends it again gets that. A key is its bearer's own.
CREATE TABLE answers_given (
    federation TEXT NOT NULL,
    token TEXT NOT NULL,
    idempotency_key TEXT NOT NULL,
    request TEXT NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (federation, token, idempotency_key),
    FOREIGN KEY (federation) REFERENCES federations (code)
) STRICT;

-- Who was reminded of what was to be put right by a day that has passed; with another day there is another reminder.
CREATE TABLE rectification_reminders (
    federation TEXT NOT NULL,
    rectification TEXT NOT NULL,
    due_on TEXT NOT NULL,
    entry INTEGER NOT NULL,
    PRIMARY KEY (federation, rectification, due_on),
    FOREIGN KEY (federation, rectification) REFERENCES rectifications (federation, id)
) STRICT;

CREATE TRIGGER answers_given_refuse_change BEFORE UPDATE ON answers_given BEGIN SELECT RAISE(ABORT, 'answers_given are only appended'); END;
CREATE TRIGGER answers_given_refuse_removal BEFORE DELETE ON answers_given BEGIN SELECT RAISE(ABORT, 'answers_given are only appended'); END;
CREATE TRIGGER rectification_reminders_refuse_change BEFORE UPDATE ON rectification_reminders BEGIN SELECT RAISE(ABORT, 'rectification_reminders are only appended'); END;
CREATE TRIGGER rectification_reminders_refuse_removal BEFORE DELETE ON rectification_reminders BEGIN SELECT RAISE(ABORT, 'rectification_reminders are only appended'); END;
