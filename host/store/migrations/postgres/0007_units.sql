-- The register is read whole and remembered; whether it is still so is asked often.
CREATE INDEX units_as_of ON units (federation, since);

-- The mailboxes of a unit as the audit entry `entry` left them; the newest entry is the one in force.
CREATE TABLE unit_mailboxes (
    federation TEXT COLLATE "C" NOT NULL REFERENCES federations (code),
    unit TEXT COLLATE "C" NOT NULL,
    entry BIGINT NOT NULL,
    body BYTEA NOT NULL,
    PRIMARY KEY (federation, unit, entry)
);

CREATE TRIGGER unit_mailboxes_refuse_change BEFORE UPDATE OR DELETE ON unit_mailboxes FOR EACH ROW EXECUTE FUNCTION refuse_change();
