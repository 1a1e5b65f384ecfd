-- What members have to put right. `entry` is the audit entry that kept a row. Of each cause there is one item in a round.
CREATE TABLE rectifications (
    federation TEXT COLLATE "C" NOT NULL,
    id TEXT COLLATE "C" NOT NULL,
    round TEXT COLLATE "C" NOT NULL,
    unit TEXT COLLATE "C" NOT NULL,
    cause TEXT COLLATE "C" NOT NULL,
    entry BIGINT NOT NULL,
    place BIGINT NOT NULL,
    body BYTEA NOT NULL,
    PRIMARY KEY (federation, id),
    UNIQUE (federation, round, unit, cause),
    FOREIGN KEY (federation, round) REFERENCES rounds (federation, code)
);

CREATE INDEX rectifications_of_unit ON rectifications (federation, unit, entry, place);

-- What was done about one, counted from 1: who does a step names the number of it, so that two who read the same do not both do it.
CREATE TABLE rectification_steps (
    federation TEXT COLLATE "C" NOT NULL,
    rectification TEXT COLLATE "C" NOT NULL,
    number BIGINT NOT NULL,
    entry BIGINT NOT NULL,
    body BYTEA NOT NULL,
    PRIMARY KEY (federation, rectification, number),
    FOREIGN KEY (federation, rectification) REFERENCES rectifications (federation, id)
);

CREATE TRIGGER rectifications_refuse_change BEFORE UPDATE OR DELETE ON rectifications FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER rectification_steps_refuse_change BEFORE UPDATE OR DELETE ON rectification_steps FOR EACH ROW EXECUTE FUNCTION refuse_change();
