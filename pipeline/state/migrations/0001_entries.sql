-- Instants are microseconds since 1970 in UTC, NULL for none. Columns that are
-- looked up come first: a row's long blobs then need not be read for them.
CREATE TABLE entry (
  id         INTEGER PRIMARY KEY,
  next_try   INTEGER,
  read_at    INTEGER,
  updated_at INTEGER,
  checked_at INTEGER,
  outcome    TEXT NOT NULL,
  failures   INTEGER NOT NULL,
  clean      TEXT NOT NULL,
  canonical  TEXT NOT NULL,
  path       TEXT NOT NULL,
  subject    TEXT NOT NULL,
  error      TEXT NOT NULL,
  attention  TEXT NOT NULL,
  tracker    BLOB, -- blobs: one byte says how the rest is packed
  visit      BLOB,
  written    BLOB,
  html       BLOB
) STRICT;
CREATE INDEX entry_due ON entry (next_try) WHERE next_try IS NOT NULL;
CREATE INDEX entry_stale ON entry (read_at) WHERE read_at IS NOT NULL;
CREATE INDEX entry_clean ON entry (clean) WHERE clean <> '';
CREATE INDEX entry_canonical ON entry (canonical) WHERE canonical <> '';

CREATE TABLE asset (
  entry         INTEGER NOT NULL REFERENCES entry (id) ON DELETE CASCADE,
  n             INTEGER NOT NULL, -- place in the entry's list
  name          TEXT NOT NULL,
  sha256        TEXT NOT NULL,
  url           TEXT NOT NULL,
  etag          TEXT NOT NULL,
  last_modified TEXT NOT NULL,
  PRIMARY KEY (entry, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE fact (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE run (
  id      INTEGER PRIMARY KEY,
  report  BLOB NOT NULL -- JSON, packed
) STRICT;
