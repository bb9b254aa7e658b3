package health_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ingest/cmd/ingest/internal/monitor/health"
	"ingest/pipeline/state"
)

func TestStateCheck(t *testing.T) {
	path := filepath.Join(t.TempDir(), "state.db")
	db, err := state.Open(t.Context(), path, state.Options{})
	if err != nil {
		t.Fatal(err)
	}
	c := health.State(db)
	for range 2 {
		if err := c.Ask(t.Context()); err != nil {
			t.Errorf("a state that is well: %v", err)
		}
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"removed", "another state file"} {
		err := c.Ask(t.Context())
		if moved, ok := errors.AsType[*state.MovedError](err); !ok || moved.Hint() == "" || !strings.Contains(err.Error(), want) {
			t.Errorf("a state whose file is not in its place: %v, want %q with a hint", err, want)
		}
		if err := os.WriteFile(path, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if err := c.Ask(t.Context()); err == nil {
		t.Error("a state that is closed: no error")
	}
}

// forgetful takes what it is told and says something else.
type forgetful struct{}

func (forgetful) Fact(context.Context, string) (string, error)  { return "old", nil }
func (forgetful) SetFact(context.Context, string, string) error { return nil }
func (forgetful) InPlace() error                                { return nil }

func TestStateThatForgets(t *testing.T) {
	if err := health.State(forgetful{}).Ask(t.Context()); err == nil || !strings.Contains(err.Error(), `"old"`) {
		t.Errorf("got %v, want what was read", err)
	}
}

func TestTreeCheck(t *testing.T) {
	base := t.TempDir()
	file := filepath.Join(base, "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		folder string
		fails  bool
	}{
		"a folder":                 {base, false},
		"one that is not made yet": {filepath.Join(base, "a", "b"), false},
		"a file in its place":      {file, true},
		"below a file":             {filepath.Join(file, "a"), true},
	} {
		t.Run(name, func(t *testing.T) {
			err := health.Tree(func() []string { return []string{base, c.folder} }).Ask(t.Context())
			if (err != nil) != c.fails {
				t.Errorf("got %v, want an error: %t", err, c.fails)
			}
			if left, err := os.ReadDir(base); err != nil || len(left) != 1 {
				t.Errorf("the folder holds %v (%v), want no trace of the check", left, err)
			}
		})
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := health.Tree(func() []string { return []string{base} }).Ask(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("after the end of its context: %v", err)
	}
}

// Root may write anywhere; a folder of another file system that is read-only it may not.
func TestTreeThatIsReadOnly(t *testing.T) {
	const folder = "/proc/self"
	if _, err := os.Stat(folder); err != nil {
		t.Skip("there is no /proc here")
	}
	if err := health.Tree(func() []string { return []string{folder} }).Ask(t.Context()); err == nil {
		t.Error("no error")
	}
}
