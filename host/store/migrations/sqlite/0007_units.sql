-- The register is read whole and remembered; whether it is still so is asked often.
CREATE INDEX units_as_of ON units (federation, since);

-- The mailboxes of a unit as the audit entry `entry` left them; the newest entry is the one in force.
CREATE TABLE unit_mailboxes (
    federation TEXT NOT NULL REFERENCES federations (code),
    unit TEXT NOT NULL,
    entry INTEGER NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (federation, unit, entry)
) STRICT;

CREATE TRIGGER unit_mailboxes_refuse_change BEFORE UPDATE ON unit_mailboxes BEGIN SELECT RAISE(ABORT, 'unit_mailboxes are only appended'); END;
CREATE TRIGGER unit_mailboxes_refuse_removal BEFORE DELETE ON unit_mailboxes BEGIN SELECT RAISE(ABORT, 'unit_mailboxes are only appended'); END;
