-- What members are still writing: working papers, one for a unit in a round, written over and thrown away. `state` is the identity of what
-- it says: whoever writes names the state that they read.
CREATE TABLE drafts (
    federation TEXT NOT NULL,
    round TEXT NOT NULL,
    unit TEXT NOT NULL,
    state TEXT NOT NULL,
    answers BLOB NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (federation, round, unit),
    FOREIGN KEY (federation, round) REFERENCES rounds (federation, code)
) STRICT;
