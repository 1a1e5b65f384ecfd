-- People and how they come in. Rows change here: an account's body is its newest version, a session is touched and removed. What was
-- changed, by whom and why stands in the audit log. `password` is an argon2 hash with its salt; secrets of sessions are kept as digests.

CREATE TABLE accounts (
    federation TEXT NOT NULL REFERENCES federations (code),
    id TEXT NOT NULL UNIQUE,
    login TEXT NOT NULL,
    version INTEGER NOT NULL,
    password TEXT,
    body BLOB NOT NULL,
    PRIMARY KEY (federation, id),
    UNIQUE (federation, login)
) STRICT;

CREATE TABLE sessions (
    secret_hash TEXT NOT NULL PRIMARY KEY,
    federation TEXT NOT NULL,
    account TEXT NOT NULL,
    id TEXT NOT NULL,
    began_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,
    FOREIGN KEY (federation, account) REFERENCES accounts (federation, id)
) STRICT;

CREATE INDEX sessions_by_account ON sessions (federation, account);

-- Attempts to sign in that failed or are under way. `place` is a digest of an account's name or of an address.
CREATE TABLE sign_in_attempts (
    id TEXT NOT NULL,
    place TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (id, place)
) STRICT;

CREATE INDEX sign_in_attempts_by_place ON sign_in_attempts (place, at);
