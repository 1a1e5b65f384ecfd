-- Single sign-on. The provider that a federation believes: the newest entry holds. Who was sent there is forgotten once they are back.

CREATE TABLE sign_ons (
    federation TEXT COLLATE "C" NOT NULL REFERENCES federations (code),
    entry BIGINT NOT NULL,
    body BYTEA NOT NULL,
    PRIMARY KEY (federation, entry)
);

CREATE TABLE sign_on_attempts (
    state TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    at BIGINT NOT NULL,
    body BYTEA NOT NULL
);
