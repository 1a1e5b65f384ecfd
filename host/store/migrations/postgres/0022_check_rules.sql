-- What a federation decided about the checks of a round's rubric. `entry` is the audit entry that kept a row.
CREATE TABLE check_rules (
    federation TEXT COLLATE "C" NOT NULL,
    id TEXT COLLATE "C" NOT NULL,
    round TEXT COLLATE "C" NOT NULL,
    entry BIGINT NOT NULL,
    body BYTEA NOT NULL,
    PRIMARY KEY (federation, id),
    FOREIGN KEY (federation, round) REFERENCES rounds (federation, code)
);

CREATE INDEX check_rules_of_round ON check_rules (federation, round, entry);

CREATE TRIGGER check_rules_refuse_change BEFORE UPDATE OR DELETE ON check_rules FOR EACH ROW EXECUTE FUNCTION refuse_change();
