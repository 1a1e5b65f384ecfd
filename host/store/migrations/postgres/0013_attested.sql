-- What an act found and replaced, beside what it left.
ALTER TABLE audit ADD COLUMN found_digest TEXT COLLATE "C";

-- What the host attested of a chain: its hash at an entry, signed.
CREATE TABLE audit_checkpoints (
    federation TEXT COLLATE "C" NOT NULL,
    sequence BIGINT NOT NULL,
    at BIGINT NOT NULL,
    body BYTEA NOT NULL,
    PRIMARY KEY (federation, sequence),
    FOREIGN KEY (federation, sequence) REFERENCES audit (federation, sequence)
);

CREATE TRIGGER audit_checkpoints_refuse_change BEFORE UPDATE OR DELETE ON audit_checkpoints FOR EACH ROW EXECUTE FUNCTION refuse_change();
