package state

import (
	"os"
	"path/filepath"
	"testing"
	"time"
)

func TestFilesMovedAsideNeverMeet(t *testing.T) {
	path := filepath.Join(t.TempDir(), "state.db")
	for _, content := range []string{"first", "second"} {
		for _, suffix := range []string{"", "-wal", "-shm"} {
			if err := os.WriteFile(path+suffix, []byte(content), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := moveAside(path, time.Unix(0, 0)); err != nil {
			t.Fatal(err)
		}
		if left, _ := filepath.Glob(path + "-*"); exists(path) || len(left) > 0 {
			t.Errorf("%s is still there, or its log: %v", path, left)
		}
	}
	for name, want := range map[string]string{"": "first", "-wal": "first", "-2": "second", "-2-wal": "second", "-2-shm": "second"} {
		if b, err := os.ReadFile(path + ".broken-19700101T000000Z" + name); string(b) != want || err != nil {
			t.Errorf("broken%s: %q, error %v; want %q", name, b, err, want)
		}
	}
}
