-- How a federation's documents look: the newest entry holds. What is rendered again looks as it is set then.

CREATE TABLE style_sheets (
    federation TEXT COLLATE "C" NOT NULL REFERENCES federations (code),
    entry BIGINT NOT NULL,
    body BYTEA NOT NULL,
    PRIMARY KEY (federation, entry)
);

CREATE TRIGGER style_sheets_refuse_change BEFORE UPDATE OR DELETE ON style_sheets FOR EACH ROW EXECUTE FUNCTION refuse_change();
