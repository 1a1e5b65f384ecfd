-- People and how they come in. Rows change here: an account's body is its newest version, a session is touched and removed. What was
-- changed, by whom and why stands in the audit log. `password` is an argon2 hash with its salt; secrets of sessions are kept as digests.

CREATE TABLE accounts (
    federation TEXT COLLATE "C" NOT NULL REFERENCES federations (code),
    id TEXT COLLATE "C" NOT NULL UNIQUE,
    login TEXT COLLATE "C" NOT NULL,
    version BIGINT NOT NULL,
    password TEXT COLLATE "C",
    body BYTEA NOT NULL,
    PRIMARY KEY (federation, id),
    UNIQUE (federation, login)
);

CREATE TABLE sessions (
    secret_hash TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    federation TEXT COLLATE "C" NOT NULL,
    account TEXT COLLATE "C" NOT NULL,
    id TEXT COLLATE "C" NOT NULL,
    began_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    FOREIGN KEY (federation, account) REFERENCES accounts (federation, id)
);

CREATE INDEX sessions_by_account ON sessions (federation, account);

-- Attempts to sign in that failed or are under way. `place` is a digest of an account's name or of an address.
CREATE TABLE sign_in_attempts (
    id TEXT COLLATE "C" NOT NULL,
    place TEXT COLLATE "C" NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (id, place)
);

CREATE INDEX sign_in_attempts_by_place ON sign_in_attempts (place, at);
