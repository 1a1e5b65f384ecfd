-- Calls in which a release broke the contract or a limit. The key is the order in which they are looked for: a release's newest ones.
CREATE TABLE faults (
    federation TEXT COLLATE "C" NOT NULL REFERENCES federations (code),
    release TEXT COLLATE "C" NOT NULL,
    at BIGINT NOT NULL,
    id TEXT COLLATE "C" NOT NULL,
    function TEXT COLLATE "C" NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    body BYTEA NOT NULL,
    PRIMARY KEY (federation, release, at, id)
);

CREATE TRIGGER faults_refuse_change BEFORE UPDATE OR DELETE ON faults FOR EACH ROW EXECUTE FUNCTION refuse_change();
