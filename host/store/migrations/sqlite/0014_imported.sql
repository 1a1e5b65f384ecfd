-- Roll-ups of the level below as they were handed over, whole and signed; the newest entry of a unit counts.
CREATE TABLE imported_roll_ups (
    federation TEXT NOT NULL,
    round TEXT NOT NULL,
    unit TEXT NOT NULL,
    entry INTEGER NOT NULL,
    digest TEXT NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (federation, round, unit, entry),
    FOREIGN KEY (federation, round) REFERENCES rounds (federation, code)
) STRICT;

CREATE TRIGGER imported_roll_ups_refuse_change BEFORE UPDATE ON imported_roll_ups BEGIN SELECT RAISE(ABORT, 'imported_roll_ups are only appended'); END;
CREATE TRIGGER imported_roll_ups_refuse_removal BEFORE DELETE ON imported_roll_ups BEGIN SELECT RAISE(ABORT, 'imported_roll_ups are only appended'); END;
