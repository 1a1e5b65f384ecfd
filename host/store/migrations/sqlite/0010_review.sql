-- Reviewing: what was sent back, said, decided, shown and contested. `entry` is the audit entry that kept a row: the order in which
-- things came, whatever the clocks say. A decision has the key of what it decides, so that there is one.

CREATE TABLE submission_returns (
    federation TEXT NOT NULL,
    round TEXT NOT NULL,
    unit TEXT NOT NULL,
    entry INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (federation, round, unit, entry),
    FOREIGN KEY (federation, round, unit, revision) REFERENCES revisions (federation, round, unit, revision)
) STRICT;

-- `place` counts the messages of one audit entry.
CREATE TABLE messages (
    federation TEXT NOT NULL,
    round TEXT NOT NULL,
    unit TEXT NOT NULL,
    entry INTEGER NOT NULL,
    place INTEGER NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (federation, round, unit, entry, place),
    FOREIGN KEY (federation, round) REFERENCES rounds (federation, code)
) STRICT;

-- An acceptance counts until the same revision is sent back by a later audit entry.
CREATE TABLE acceptances (
    federation TEXT NOT NULL,
    round TEXT NOT NULL,
    unit TEXT NOT NULL,
    entry INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (federation, round, unit, entry),
    FOREIGN KEY (federation, round, unit, revision) REFERENCES revisions (federation, round, unit, revision)
) STRICT;

CREATE TABLE review_entries (
    federation TEXT NOT NULL,
    id TEXT NOT NULL,
    round TEXT NOT NULL,
    unit TEXT NOT NULL,
    entry INTEGER NOT NULL,
    place INTEGER NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (federation, id),
    UNIQUE (federation, round, unit, entry, place),
    FOREIGN KEY (federation, round) REFERENCES rounds (federation, code)
) STRICT;

CREATE TABLE review_entry_decisions (
    federation TEXT NOT NULL,
    review_entry TEXT NOT NULL,
    entry INTEGER NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (federation, review_entry),
    FOREIGN KEY (federation, review_entry) REFERENCES review_entries (federation, id)
) STRICT;

CREATE TABLE collective_decisions (
    federation TEXT NOT NULL,
    id TEXT NOT NULL,
    round TEXT NOT NULL,
    entry INTEGER NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (federation, id),
    FOREIGN KEY (federation, round) REFERENCES rounds (federation, code)
) STRICT;

-- What a rubric says of a revision with what reviewers had decided by then; `review` is the identity of that.
CREATE TABLE assessments (
    federation TEXT NOT NULL,
    round TEXT NOT NULL,
    unit TEXT NOT NULL,
    revision INTEGER NOT NULL,
    rubric TEXT NOT NULL,
    review TEXT NOT NULL,
    at INTEGER NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (federation, round, unit, revision, rubric, review),
    FOREIGN KEY (federation, round, unit, revision) REFERENCES revisions (federation, round, unit, revision)
) STRICT;

CREATE TABLE publications (
    federation TEXT NOT NULL,
    id TEXT NOT NULL,
    round TEXT NOT NULL,
    entry INTEGER NOT NULL,
    settlement TEXT NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (federation, id),
    FOREIGN KEY (federation, settlement) REFERENCES settlements (federation, id)
) STRICT;

CREATE INDEX publications_of_round ON publications (federation, round, entry);

CREATE TABLE publication_decisions (
    federation TEXT NOT NULL,
    publication TEXT NOT NULL,
    entry INTEGER NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (federation, publication),
    FOREIGN KEY (federation, publication) REFERENCES publications (federation, id)
) STRICT;

CREATE TABLE appeals (
    federation TEXT NOT NULL,
    id TEXT NOT NULL,
    round TEXT NOT NULL,
    unit TEXT NOT NULL,
    entry INTEGER NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (federation, id),
    FOREIGN KEY (federation, round) REFERENCES rounds (federation, code)
) STRICT;

CREATE INDEX appeals_of_round ON appeals (federation, round, unit, entry);

CREATE TABLE appeal_decisions (
    federation TEXT NOT NULL,
    appeal TEXT NOT NULL,
    entry INTEGER NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (federation, appeal),
    FOREIGN KEY (federation, appeal) REFERENCES appeals (federation, id)
) STRICT;

CREATE TRIGGER submission_returns_refuse_change BEFORE UPDATE ON submission_returns BEGIN SELECT RAISE(ABORT, 'submission returns are only appended'); END;
CREATE TRIGGER submission_returns_refuse_removal BEFORE DELETE ON submission_returns BEGIN SELECT RAISE(ABORT, 'submission returns are only appended'); END;
CREATE TRIGGER messages_refuse_change BEFORE UPDATE ON messages BEGIN SELECT RAISE(ABORT, 'messages are only appended'); END;
CREATE TRIGGER messages_refuse_removal BEFORE DELETE ON messages BEGIN SELECT RAISE(ABORT, 'messages are only appended'); END;
CREATE TRIGGER acceptances_refuse_change BEFORE UPDATE ON acceptances BEGIN SELECT RAISE(ABORT, 'acceptances are only appended'); END;
CREATE TRIGGER acceptances_refuse_removal BEFORE DELETE ON acceptances BEGIN SELECT RAISE(ABORT, 'acceptances are only appended'); END;
CREATE TRIGGER review_entries_refuse_change BEFORE UPDATE ON review_entries BEGIN SELECT RAISE(ABORT, 'review entries are only appended'); END;
CREATE TRIGGER review_entries_refuse_removal BEFORE DELETE ON review_entries BEGIN SELECT RAISE(ABORT, 'review entries are only appended'); END;
CREATE TRIGGER review_entry_decisions_refuse_change BEFORE UPDATE ON review_entry_decisions BEGIN SELECT RAISE(ABORT, 'review entry decisions are only appended'); END;
CREATE TRIGGER review_entry_decisions_refuse_removal BEFORE DELETE ON review_entry_decisions BEGIN SELECT RAISE(ABORT, 'review entry decisions are only appended'); END;
CREATE TRIGGER collective_decisions_refuse_change BEFORE UPDATE ON collective_decisions BEGIN SELECT RAISE(ABORT, 'collective decisions are only appended'); END;
CREATE TRIGGER collective_decisions_refuse_removal BEFORE DELETE ON collective_decisions BEGIN SELECT RAISE(ABORT, 'collective decisions are only appended'); END;
CREATE TRIGGER assessments_refuse_change BEFORE UPDATE ON assessments BEGIN SELECT RAISE(ABORT, 'assessments are only appended'); END;
CREATE TRIGGER assessments_refuse_removal BEFORE DELETE ON assessments BEGIN SELECT RAISE(ABORT, 'assessments are only appended'); END;
CREATE TRIGGER publications_refuse_change BEFORE UPDATE ON publications BEGIN SELECT RAISE(ABORT, 'publications are only appended'); END;
CREATE TRIGGER publications_refuse_removal BEFORE DELETE ON publications BEGIN SELECT RAISE(ABORT, 'publications are only appended'); END;
CREATE TRIGGER publication_decisions_refuse_change BEFORE UPDATE ON publication_decisions BEGIN SELECT RAISE(ABORT, 'publication decisions are only appended'); END;
CREATE TRIGGER publication_decisions_refuse_removal BEFORE DELETE ON publication_decisions BEGIN SELECT RAISE(ABORT, 'publication decisions are only appended'); END;
CREATE TRIGGER appeals_refuse_change BEFORE UPDATE ON appeals BEGIN SELECT RAISE(ABORT, 'appeals are only appended'); END;
CREATE TRIGGER appeals_refuse_removal BEFORE DELETE ON appeals BEGIN SELECT RAISE(ABORT, 'appeals are only appended'); END;
CREATE TRIGGER appeal_decisions_refuse_change BEFORE UPDATE ON appeal_decisions BEGIN SELECT RAISE(ABORT, 'appeal decisions are only appended'); END;
CREATE TRIGGER appeal_decisions_refuse_removal BEFORE DELETE ON appeal_decisions BEGIN SELECT RAISE(ABORT, 'appeal decisions are only appended'); END;
