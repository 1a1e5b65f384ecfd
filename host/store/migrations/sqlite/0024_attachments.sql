-- Files that submissions rest on; their bytes lie in the folder of artifacts under their digest. What is withdrawn keeps its record.
CREATE TABLE attachments (
    federation TEXT NOT NULL,
    id TEXT NOT NULL,
    round TEXT NOT NULL,
    unit TEXT NOT NULL,
    entry INTEGER NOT NULL,
    digest TEXT NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (federation, id),
    FOREIGN KEY (federation, round) REFERENCES rounds (federation, code)
) STRICT;

CREATE INDEX attachments_of_unit ON attachments (federation, round, unit, entry);

CREATE TABLE attachment_withdrawals (
    federation TEXT NOT NULL,
    attachment TEXT NOT NULL,
    entry INTEGER NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (federation, attachment),
    FOREIGN KEY (federation, attachment) REFERENCES attachments (federation, id)
) STRICT;

CREATE TRIGGER attachments_refuse_change BEFORE UPDATE ON attachments BEGIN SELECT RAISE(ABORT, 'attachments are only appended'); END;
CREATE TRIGGER attachments_refuse_removal BEFORE DELETE ON attachments BEGIN SELECT RAISE(ABORT, 'attachments are only appended'); END;
CREATE TRIGGER attachment_withdrawals_refuse_change BEFORE UPDATE ON attachment_withdrawals BEGIN SELECT RAISE(ABORT, 'attachment_withdrawals are only appended'); END;
CREATE TRIGGER attachment_withdrawals_refuse_removal BEFORE DELETE ON attachment_withdrawals BEGIN SELECT RAISE(ABORT, 'attachment_withdrawals are only appended'); END;
