-- What a federation has decided about signatures; the newest holds.
CREATE TABLE trust (
    federation TEXT NOT NULL REFERENCES federations (code),
    entry INTEGER NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (federation, entry)
) STRICT;

-- Signatures over releases that came after their admission; the newest holds.
CREATE TABLE release_signatures (
    federation TEXT NOT NULL,
    release TEXT NOT NULL,
    entry INTEGER NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (federation, release, entry),
    FOREIGN KEY (federation, release) REFERENCES releases (federation, digest)
) STRICT;

CREATE TRIGGER trust_refuse_change BEFORE UPDATE ON trust BEGIN SELECT RAISE(ABORT, 'trust is only appended'); END;
CREATE TRIGGER trust_refuse_removal BEFORE DELETE ON trust BEGIN SELECT RAISE(ABORT, 'trust is only appended'); END;
CREATE TRIGGER release_signatures_refuse_change BEFORE UPDATE ON release_signatures BEGIN SELECT RAISE(ABORT, 'release_signatures are only appended'); END;
CREATE TRIGGER release_signatures_refuse_removal BEFORE DELETE ON release_signatures BEGIN SELECT RAISE(ABORT, 'release_signatures are only appended'); END;
