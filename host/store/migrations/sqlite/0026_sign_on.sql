-- Single sign-on. The provider that a federation believes: the newest entry holds. Who was sent there is forgotten once they are back.

CREATE TABLE sign_ons (
    federation TEXT NOT NULL REFERENCES federations (code),
    entry INTEGER NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (federation, entry)
) STRICT;

CREATE TABLE sign_on_attempts (
    state TEXT NOT NULL PRIMARY KEY,
    at INTEGER NOT NULL,
    body BLOB NOT NULL
) STRICT;
