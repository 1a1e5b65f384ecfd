-- Files that submissions rest on; their bytes lie in the folder of artifacts under their digest. What is withdrawn keeps its record.
CREATE TABLE attachments (
    federation TEXT COLLATE "C" NOT NULL,
    id TEXT COLLATE "C" NOT NULL,
    round TEXT COLLATE "C" NOT NULL,
    unit TEXT COLLATE "C" NOT NULL,
    entry BIGINT NOT NULL,
    digest TEXT COLLATE "C" NOT NULL,
    body BYTEA NOT NULL,
    PRIMARY KEY (federation, id),
    FOREIGN KEY (federation, round) REFERENCES rounds (federation, code)
);

CREATE INDEX attachments_of_unit ON attachments (federation, round, unit, entry);

CREATE TABLE attachment_withdrawals (
    federation TEXT COLLATE "C" NOT NULL,
    attachment TEXT COLLATE "C" NOT NULL,
    entry BIGINT NOT NULL,
    body BYTEA NOT NULL,
    PRIMARY KEY (federation, attachment),
    FOREIGN KEY (federation, attachment) REFERENCES attachments (federation, id)
);

CREATE TRIGGER attachments_refuse_change BEFORE UPDATE OR DELETE ON attachments FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER attachment_withdrawals_refuse_change BEFORE UPDATE OR DELETE ON attachment_withdrawals FOR EACH ROW EXECUTE FUNCTION refuse_change();
