-- What members are still writing: working papers, one for a unit in a round, written over and thrown away. `state` is the identity of what
-- it says: whoever writes names the state that they read.
CREATE TABLE drafts (
    federation TEXT COLLATE "C" NOT NULL,
    round TEXT COLLATE "C" NOT NULL,
    unit TEXT COLLATE "C" NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    answers BYTEA NOT NULL,
    body BYTEA NOT NULL,
    PRIMARY KEY (federation, round, unit),
    FOREIGN KEY (federation, round) REFERENCES rounds (federation, code)
);
