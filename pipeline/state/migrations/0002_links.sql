-- The health of the link that a document publishes. state repeats what stands in
-- health, so that links can be listed by it.
CREATE TABLE link (
  entry  INTEGER PRIMARY KEY REFERENCES entry (id) ON DELETE CASCADE,
  state  TEXT NOT NULL,
  health BLOB NOT NULL -- JSON, packed
) STRICT;
CREATE INDEX link_state ON link (state, entry);
