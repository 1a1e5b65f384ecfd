-- What members have to put right. `entry` is the audit entry that kept a row. Of each cause there is one item in a round.
CREATE TABLE rectifications (
    federation TEXT NOT NULL,
    id TEXT NOT NULL,
    round TEXT NOT NULL,
    unit TEXT NOT NULL,
    cause TEXT NOT NULL,
    entry INTEGER NOT NULL,
    place INTEGER NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (federation, id),
    UNIQUE (federation, round, unit, cause),
    FOREIGN KEY (federation, round) REFERENCES rounds (federation, code)
) STRICT;

CREATE INDEX rectifications_of_unit ON rectifications (federation, unit, entry, place);

-- What was done about one, counted from 1: who does a step names the number of it, so that two who read the same do not both do it.
CREATE TABLE rectification_steps (
    federation TEXT NOT NULL,
    rectification TEXT NOT NULL,
    number INTEGER NOT NULL,
    entry INTEGER NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (federation, rectification, number),
    FOREIGN KEY (federation, rectification) REFERENCES rectifications (federation, id)
) STRICT;

CREATE TRIGGER rectifications_refuse_change BEFORE UPDATE ON rectifications BEGIN SELECT RAISE(ABORT, 'rectifications are only appended'); END;
CREATE TRIGGER rectifications_refuse_removal BEFORE DELETE ON rectifications BEGIN SELECT RAISE(ABORT, 'rectifications are only appended'); END;
CREATE TRIGGER rectification_steps_refuse_change BEFORE UPDATE ON rectification_steps BEGIN SELECT RAISE(ABORT, 'rectification_steps are only appended'); END;
CREATE TRIGGER rectification_steps_refuse_removal BEFORE DELETE ON rectification_steps BEGIN SELECT RAISE(ABORT, 'rectification_steps are only appended'); END;
