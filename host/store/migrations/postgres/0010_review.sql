-- Reviewing: what was sent back, said, decided, shown and contested. `entry` is the audit entry that kept a row: the order in which
-- things came, whatever the clocks say. A decision has the key of what it decides, so that there is one.

CREATE TABLE submission_returns (
    federation TEXT COLLATE "C" NOT NULL,
    round TEXT COLLATE "C" NOT NULL,
    unit TEXT COLLATE "C" NOT NULL,
    entry BIGINT NOT NULL,
    revision BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    body BYTEA NOT NULL,
    PRIMARY KEY (federation, round, unit, entry),
    FOREIGN KEY (federation, round, unit, revision) REFERENCES revisions (federation, round, unit, revision)
);

-- `place` counts the messages of one audit entry.
CREATE TABLE messages (
    federation TEXT COLLATE "C" NOT NULL,
    round TEXT COLLATE "C" NOT NULL,
    unit TEXT COLLATE "C" NOT NULL,
    entry BIGINT NOT NULL,
    place BIGINT NOT NULL,
    body BYTEA NOT NULL,
    PRIMARY KEY (federation, round, unit, entry, place),
    FOREIGN KEY (federation, round) REFERENCES rounds (federation, code)
);

-- An acceptance counts until the same revision is sent back by a later audit entry.
CREATE TABLE acceptances (
    federation TEXT COLLATE "C" NOT NULL,
    round TEXT COLLATE "C" NOT NULL,
    unit TEXT COLLATE "C" NOT NULL,
    entry BIGINT NOT NULL,
    revision BIGINT NOT NULL,
    body BYTEA NOT NULL,
    PRIMARY KEY (federation, round, unit, entry),
    FOREIGN KEY (federation, round, unit, revision) REFERENCES revisions (federation, round, unit, revision)
);

CREATE TABLE review_entries (
    federation TEXT COLLATE "C" NOT NULL,
    id TEXT COLLATE "C" NOT NULL,
    round TEXT COLLATE "C" NOT NULL,
    unit TEXT COLLATE "C" NOT NULL,
    entry BIGINT NOT NULL,
    place BIGINT NOT NULL,
    body BYTEA NOT NULL,
    PRIMARY KEY (federation, id),
    UNIQUE (federation, round, unit, entry, place),
    FOREIGN KEY (federation, round) REFERENCES rounds (federation, code)
);

CREATE TABLE review_entry_decisions (
    federation TEXT COLLATE "C" NOT NULL,
    review_entry TEXT COLLATE "C" NOT NULL,
    entry BIGINT NOT NULL,
    body BYTEA NOT NULL,
    PRIMARY KEY (federation, review_entry),
    FOREIGN KEY (federation, review_entry) REFERENCES review_entries (federation, id)
);

CREATE TABLE collective_decisions (
    federation TEXT COLLATE "C" NOT NULL,
    id TEXT COLLATE "C" NOT NULL,
    round TEXT COLLATE "C" NOT NULL,
    entry BIGINT NOT NULL,
    body BYTEA NOT NULL,
    PRIMARY KEY (federation, id),
    FOREIGN KEY (federation, round) REFERENCES rounds (federation, code)
);

-- What a rubric says of a revision with what reviewers had decided by then; `review` is the identity of that.
CREATE TABLE assessments (
    federation TEXT COLLATE "C" NOT NULL,
    round TEXT COLLATE "C" NOT NULL,
    unit TEXT COLLATE "C" NOT NULL,
    revision BIGINT NOT NULL,
    rubric TEXT COLLATE "C" NOT NULL,
    review TEXT COLLATE "C" NOT NULL,
    at BIGINT NOT NULL,
    body BYTEA NOT NULL,
    PRIMARY KEY (federation, round, unit, revision, rubric, review),
    FOREIGN KEY (federation, round, unit, revision) REFERENCES revisions (federation, round, unit, revision)
);

CREATE TABLE publications (
    federation TEXT COLLATE "C" NOT NULL,
    id TEXT COLLATE "C" NOT NULL,
    round TEXT COLLATE "C" NOT NULL,
    entry BIGINT NOT NULL,
    settlement TEXT COLLATE "C" NOT NULL,
    body BYTEA NOT NULL,
    PRIMARY KEY (federation, id),
    FOREIGN KEY (federation, settlement) REFERENCES settlements (federation, id)
);

CREATE INDEX publications_of_round ON publications (federation, round, entry);

CREATE TABLE publication_decisions (
    federation TEXT COLLATE "C" NOT NULL,
    publication TEXT COLLATE "C" NOT NULL,
    entry BIGINT NOT NULL,
    body BYTEA NOT NULL,
    PRIMARY KEY (federation, publication),
    FOREIGN KEY (federation, publication) REFERENCES publications (federation, id)
);

CREATE TABLE appeals (
    federation TEXT COLLATE "C" NOT NULL,
    id TEXT COLLATE "C" NOT NULL,
    round TEXT COLLATE "C" NOT NULL,
    unit TEXT COLLATE "C" NOT NULL,
    entry BIGINT NOT NULL,
    body BYTEA NOT NULL,
    PRIMARY KEY (federation, id),
    FOREIGN KEY (federation, round) REFERENCES rounds (federation, code)
);

CREATE INDEX appeals_of_round ON appeals (federation, round, unit, entry);

CREATE TABLE appeal_decisions (
    federation TEXT COLLATE "C" NOT NULL,
    appeal TEXT COLLATE "C" NOT NULL,
    entry BIGINT NOT NULL,
    body BYTEA NOT NULL,
    PRIMARY KEY (federation, appeal),
    FOREIGN KEY (federation, appeal) REFERENCES appeals (federation, id)
);

CREATE TRIGGER submission_returns_refuse_change BEFORE UPDATE OR DELETE ON submission_returns FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER messages_refuse_change BEFORE UPDATE OR DELETE ON messages FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER acceptances_refuse_change BEFORE UPDATE OR DELETE ON acceptances FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER review_entries_refuse_change BEFORE UPDATE OR DELETE ON review_entries FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER review_entry_decisions_refuse_change BEFORE UPDATE OR DELETE ON review_entry_decisions FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER collective_decisions_refuse_change BEFORE UPDATE OR DELETE ON collective_decisions FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER assessments_refuse_change BEFORE UPDATE OR DELETE ON assessments FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER publications_refuse_change BEFORE UPDATE OR DELETE ON publications FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER publication_decisions_refuse_change BEFORE UPDATE OR DELETE ON publication_decisions FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER appeals_refuse_change BEFORE UPDATE OR DELETE ON appeals FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER appeal_decisions_refuse_change BEFORE UPDATE OR DELETE ON appeal_decisions FOR EACH ROW EXECUTE FUNCTION refuse_change();
