package state

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"
)

//go:embed migrations/*.sql
var migrations embed.FS

// applicationID marks our files among SQLite databases: "ings" as a number.
const applicationID = 0x696e6773

// schema is what makes and recognises the tables of a state file.
type schema struct {
	files fs.FS
	names []string // in order; the first makes version 1
}

func newSchema(files fs.FS) (schema, error) {
	names, err := fs.Glob(files, "migrations/*.sql") // sorted by name
	return schema{files, names}, err
}

// bring takes the database to the newest version, one transaction a step, so
// that a step that fails leaves a whole file of the version before. Every
// transaction takes the write lock first: of two programs that start together
// one waits.
func (s schema) bring(ctx context.Context, db *sql.DB, path string) error {
	for more := true; more; {
		err := within(ctx, db, nil, func(tx *sql.Tx) (err error) {
			more, err = s.step(ctx, tx, path)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// step applies one migration; more says that there was one to apply.
func (s schema) step(ctx context.Context, tx *sql.Tx, path string) (more bool, err error) {
	version, err := s.version(ctx, tx, path)
	if err != nil || version == len(s.names) {
		return false, err
	}
	script, err := fs.ReadFile(s.files, s.names[version])
	if err != nil {
		return false, err
	}
	mark := fmt.Sprintf("PRAGMA application_id = %d; PRAGMA user_version = %d", applicationID, version+1)
	for _, statements := range []string{string(script), mark} {
		if _, err := tx.ExecContext(ctx, statements); err != nil {
			return false, fmt.Errorf("%s: %w", s.names[version], err)
		}
	}
	return true, nil
}

// version returns how many migrations the file has had, when it is ours.
func (s schema) version(ctx context.Context, tx *sql.Tx, path string) (version int, err error) {
	var owner, tables int
	const q = "SELECT application_id, user_version, (SELECT count(*) FROM sqlite_schema) FROM pragma_application_id, pragma_user_version"
	switch err := tx.QueryRowContext(ctx, q).Scan(&owner, &version, &tables); {
	case err != nil:
		return 0, err
	case owner == 0 && version == 0 && tables == 0:
		return 0, nil // a new file
	case owner != applicationID:
		return 0, &ForeignError{Path: path}
	case version > len(s.names):
		return 0, &NewerError{Path: path, Version: version, Known: len(s.names)}
	case version < 1:
		return 0, &CorruptError{Path: path, Err: fmt.Errorf("it says that it has schema %d", version)}
	}
	return version, nil
}
