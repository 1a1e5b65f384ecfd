-- What a federation has decided about signatures; the newest holds.
CREATE TABLE trust (
    federation TEXT COLLATE "C" NOT NULL REFERENCES federations (code),
    entry BIGINT NOT NULL,
    body BYTEA NOT NULL,
    PRIMARY KEY (federation, entry)
);

-- Signatures over releases that came after their admission; the newest holds.
CREATE TABLE release_signatures (
    federation TEXT COLLATE "C" NOT NULL,
    release TEXT COLLATE "C" NOT NULL,
    entry BIGINT NOT NULL,
    body BYTEA NOT NULL,
    PRIMARY KEY (federation, release, entry),
    FOREIGN KEY (federation, release) REFERENCES releases (federation, digest)
);

CREATE TRIGGER trust_refuse_change BEFORE UPDATE OR DELETE ON trust FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER release_signatures_refuse_change BEFORE UPDATE OR DELETE ON release_signatures FOR EACH ROW EXECUTE FUNCTION refuse_change();
