package state_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"ingest/pipeline/state"
	"ingest/pipeline/state/statetest"
)

// TestReadOnly: who writes nothing can read a state that cannot be written, and
// leaves nothing beside it.
func TestReadOnly(t *testing.T) {
	if os.Geteuid() <= 0 {
		t.Skip("permissions do not stop the superuser, and Windows has others")
	}
	file := whole(t)
	for name, tt := range map[string]struct {
		state, log []byte
		readOnly   bool
		opens      bool
	}{
		"for who reads":       {file, nil, true, true},
		"an empty log":        {file, []byte{}, true, true},
		"for who writes":      {file, nil, false, false},
		"with a log":          {file, []byte("frames"), true, false},
		"of no schema":        {[]byte{}, nil, true, false},
		"that is no database": {[]byte("text, and long enough to be taken for a page of something"), nil, true, false},
	} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "in")
			path := filepath.Join(dir, "state.db")
			err := errors.Join(os.Mkdir(dir, 0o700), os.WriteFile(path, tt.state, 0o400))
			if tt.log != nil {
				err = errors.Join(err, os.WriteFile(path+"-wal", tt.log, 0o400))
			}
			if err := errors.Join(err, os.Chmod(dir, 0o500)); err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = os.Chmod(dir, 0o700) }) // or it could not be removed
			db, err := state.Open(t.Context(), path, state.Options{ReadOnly: tt.readOnly})
			if !tt.opens {
				if err == nil {
					t.Error("it was opened")
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if e, err := db.Entry(t.Context(), 7); err != nil || difference(statetest.Entry(7), e) != "" {
				t.Errorf("entry %v, error %v", e, err)
			}
			refused(t, "put", db.Put(t.Context(), statetest.Entry(1)), "must be writable")
			if err := db.Close(); err != nil {
				t.Error(err)
			}
		})
	}
}
