-- How a federation's documents look: the newest entry holds. What is rendered again looks as it is set then.

CREATE TABLE style_sheets (
    federation TEXT NOT NULL REFERENCES federations (code),
    entry INTEGER NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (federation, entry)
) STRICT;

CREATE TRIGGER style_sheets_refuse_change BEFORE UPDATE ON style_sheets BEGIN SELECT RAISE(ABORT, 'style_sheets are only appended'); END;
CREATE TRIGGER style_sheets_refuse_removal BEFORE DELETE ON style_sheets BEGIN SELECT RAISE(ABORT, 'style_sheets are only appended'); END;
