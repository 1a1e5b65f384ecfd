-- Roll-ups of the level below as they were handed over, whole and signed; the newest entry of a unit counts.
CREATE TABLE imported_roll_ups (
    federation TEXT COLLATE "C" NOT NULL,
    round TEXT COLLATE "C" NOT NULL,
    unit TEXT COLLATE "C" NOT NULL,
    entry BIGINT NOT NULL,
    digest TEXT COLLATE "C" NOT NULL,
    body BYTEA NOT NULL,
    PRIMARY KEY (federation, round, unit, entry),
    FOREIGN KEY (federation, round) REFERENCES rounds (federation, code)
);

CREATE TRIGGER imported_roll_ups_refuse_change BEFORE UPDATE OR DELETE ON imported_roll_ups FOR EACH ROW EXECUTE FUNCTION refuse_change();
