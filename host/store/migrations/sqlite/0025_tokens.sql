-- Whose tokens are whose: the federation whose people show it, and the account whose own it is. Of tokens that are older than this nothing is said
-- here, and their bodies are read. A token's body is replaced when it is revoked.

ALTER TABLE tokens ADD COLUMN federation TEXT;
ALTER TABLE tokens ADD COLUMN account TEXT;

CREATE INDEX tokens_by_federation ON tokens (federation, account);
