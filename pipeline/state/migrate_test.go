package state

import (
	"database/sql"
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
)

func TestMigrations(t *testing.T) {
	path := filepath.Join(t.TempDir(), "state.db")
	db, err := sql.Open("sqlite", path+"?_txlock=immediate")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	files := fstest.MapFS{"migrations/0001_a.sql": {Data: []byte("CREATE TABLE a (x); INSERT INTO a VALUES (1)")}}
	bring := func(want int, fails string) {
		t.Helper()
		s, err := newSchema(files)
		if err != nil {
			t.Fatal(err)
		}
		err = s.bring(t.Context(), db, path)
		if (err != nil) != (fails != "") || err != nil && !strings.Contains(err.Error(), fails) {
			t.Errorf("error %v, want %q", err, fails)
		}
		var version, rows int
		if err := db.QueryRowContext(t.Context(), "SELECT user_version, (SELECT count(*) FROM a) FROM pragma_user_version").Scan(&version, &rows); err != nil || version != want || rows != want {
			t.Errorf("version %d with %d rows, error %v; want %d", version, rows, err, want)
		}
	}
	bring(1, "")
	bring(1, "") // nothing to do
	files["migrations/0002_b.sql"] = &fstest.MapFile{Data: []byte("INSERT INTO a VALUES (2)")}
	files["migrations/0003_c.sql"] = &fstest.MapFile{Data: []byte("INSERT INTO a VALUES (3); INSERT INTO nowhere VALUES (4)")}
	bring(2, "0003_c.sql") // the second stays, of the third nothing does
	files["migrations/0003_c.sql"] = &fstest.MapFile{Data: []byte("INSERT INTO a VALUES (3)")}
	bring(3, "")
	delete(files, "migrations/0003_c.sql")
	s, _ := newSchema(files)
	if e, ok := errors.AsType[*NewerError](s.bring(t.Context(), db, path)); !ok || e.Version != 3 || e.Known != 2 {
		t.Errorf("error %+v, want a NewerError with 3 and 2", e)
	}
}
