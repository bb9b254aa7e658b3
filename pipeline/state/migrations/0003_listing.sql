-- What people ask to see: entries by how they stand, the newest first, and by words
-- of their titles and addresses. An entry's blobs lie between the rows, so that the
-- indexes hold all that is compared. The words of standing are those of Standing.
ALTER TABLE entry ADD COLUMN standing TEXT NOT NULL GENERATED ALWAYS AS (
  CASE
    WHEN outcome = 'removed' THEN 'gone'
    WHEN outcome IN ('failed', 'skipped') THEN outcome
    WHEN attention <> '' THEN 'attention'
    ELSE 'published'
  END
) VIRTUAL;
CREATE INDEX entry_standing ON entry (standing, updated_at DESC, id DESC);
CREATE INDEX entry_words ON entry (updated_at DESC, id DESC, standing, subject, clean, canonical);
-- Duplicates by another's canonical URL are sought among those that have one of
-- their own.
CREATE INDEX entry_moved ON entry (canonical) WHERE canonical <> '' AND canonical <> clean;
