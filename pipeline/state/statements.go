package state

import (
	"context"
	"database/sql"
	"strings"
)

// statements are what each entry costs, prepared once. The others are rare.
type statements struct {
	put, clearAssets, putAsset *sql.Stmt // of the write connection
	entry, next, assets        *sql.Stmt
	fact                       *sql.Stmt
}

func prepare(ctx context.Context, write, read *sql.DB) (s statements, err error) {
	for _, p := range []struct {
		stmt **sql.Stmt
		db   *sql.DB
		text string
	}{
		{&s.put, write, putText()},
		{&s.clearAssets, write, "DELETE FROM asset WHERE entry = ?"},
		{&s.putAsset, write, "INSERT INTO asset (entry, n, name, sha256, url, etag, last_modified) VALUES (?, ?, ?, ?, ?, ?, ?)"},
		{&s.entry, read, "SELECT " + columns + " FROM entry WHERE id = ?"},
		{&s.next, read, "SELECT " + columns + " FROM entry WHERE id > ? ORDER BY id LIMIT 1"},
		{&s.assets, read, "SELECT name, sha256, url, etag, last_modified FROM asset WHERE entry = ? ORDER BY n"},
		{&s.fact, read, "SELECT value FROM fact WHERE key = ?"},
	} {
		if *p.stmt, err = p.db.PrepareContext(ctx, p.text); err != nil {
			return s, err
		}
	}
	return s, nil
}

// putText writes a row in place of the one with the same id.
func putText() string {
	names := strings.Split(columns, ", ")
	var set []string
	for _, name := range names[1:] {
		set = append(set, name+" = excluded."+name)
	}
	return "INSERT INTO entry (" + columns + ") VALUES (?" + strings.Repeat(", ?", len(names)-1) + ")" +
		" ON CONFLICT (id) DO UPDATE SET " + strings.Join(set, ", ")
}
