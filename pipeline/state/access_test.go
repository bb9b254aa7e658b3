package state_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ingest/pipeline/state"
)

func TestPlacesThatAreTaken(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, []byte("text"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{dir, filepath.Join(file, "state.db")} {
		_, err := state.Open(t.Context(), path, state.Options{Replace: true})
		refused(t, "open "+path, err, "something else stands in its place")
		_, err = state.Lock(path, state.Owner{})
		refused(t, "lock "+path, err, "something else stands in its place")
	}
}

func TestPlacesWithoutRights(t *testing.T) {
	if os.Geteuid() <= 0 {
		t.Skip("permissions do not stop the superuser, and Windows has others")
	}
	file := whole(t)
	for name, tt := range map[string]struct {
		folder, file os.FileMode // 0 is none
		open, lock   string      // hints
	}{
		"a folder that may not be written": {0o500, 0, "let the user", "let the user"},
		"a folder that may not be entered": {0o200, 0, "let the user", "let the user"},
		"a file that may not be written":   {0o700, 0o400, "must be writable", "let the user"},
		"a file that may not be read":      {0o700, 0o200, "must be writable", "let the user"},
		"a file whose folder is read-only": {0o500, 0o600, "must be writable", ""},
		"a file and a folder for reading":  {0o500, 0o400, "must be writable", "let the user"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "in")
			err := os.Mkdir(dir, 0o700)
			for _, path := range []string{"state.db", "run.lock"} {
				if tt.file != 0 {
					err = errors.Join(err, os.WriteFile(filepath.Join(dir, path), file, 0o600), os.Chmod(filepath.Join(dir, path), tt.file))
				}
			}
			if err := errors.Join(err, os.Chmod(dir, tt.folder)); err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = os.Chmod(dir, 0o700) }) // or it could not be removed
			_, err = state.Open(t.Context(), filepath.Join(dir, "state.db"), state.Options{Replace: true})
			refused(t, "open", err, tt.open)
			release, err := state.Lock(filepath.Join(dir, "run.lock"), state.Owner{})
			if tt.lock != "" {
				refused(t, "lock", err, tt.lock)
			} else if err != nil || release() != nil {
				t.Errorf("lock: error %v", err)
			}
		})
	}
}

// refused wants an AccessError with a hint.
func refused(t *testing.T, what string, err error, hint string) {
	t.Helper()
	if e, ok := errors.AsType[*state.AccessError](err); !ok || !strings.Contains(e.Hint(), hint) {
		t.Errorf("%s: error %v, want an AccessError with the hint %q", what, err, hint)
	}
}
