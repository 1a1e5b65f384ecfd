-- What a federation decided about the checks of a round's rubric. `entry` is the audit entry that kept a row.
CREATE TABLE check_rules (
    federation TEXT NOT NULL,
    id TEXT NOT NULL,
    round TEXT NOT NULL,
    entry INTEGER NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (federation, id),
    FOREIGN KEY (federation, round) REFERENCES rounds (federation, code)
) STRICT;

CREATE INDEX check_rules_of_round ON check_rules (federation, round, entry);

CREATE TRIGGER check_rules_refuse_change BEFORE UPDATE ON check_rules BEGIN SELECT RAISE(ABORT, 'check_rules are only appended'); END;
CREATE TRIGGER check_rules_refuse_removal BEFORE DELETE ON check_rules BEGIN SELECT RAISE(ABORT, 'check_rules are only appended'); END;
