-- What an act found and replaced, beside what it left.
ALTER TABLE audit ADD COLUMN found_digest TEXT;

-- What the host attested of a chain: its hash at an entry, signed.
CREATE TABLE audit_checkpoints (
    federation TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    at INTEGER NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (federation, sequence),
    FOREIGN KEY (federation, sequence) REFERENCES audit (federation, sequence)
) STRICT;

CREATE TRIGGER audit_checkpoints_refuse_change BEFORE UPDATE ON audit_checkpoints BEGIN SELECT RAISE(ABORT, 'audit_checkpoints are only appended'); END;
CREATE TRIGGER audit_checkpoints_refuse_removal BEFORE DELETE ON audit_checkpoints BEGIN SELECT RAISE(ABORT, 'audit_checkpoints are only appended'); END;
