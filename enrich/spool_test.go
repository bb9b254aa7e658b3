package enrich_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"ingest/enrich"
)

func TestSpoolOfARunGoesWithIt(t *testing.T) {
	dir := t.TempDir()
	spool, err := enrich.OpenSpool(dir, time.Unix(1_700_000_000, 0))
	if err != nil {
		t.Fatal(err)
	}
	if name := filepath.Base(spool.Dir); !strings.HasPrefix(name, fmt.Sprintf("ingest-run-%d-1700000000-", os.Getpid())) {
		t.Errorf("the folder is named %s, want the process and the start in it", name)
	}
	it := &enrich.Item{Attachments: []enrich.Attachment{attachment(1, "a.png", "image/png", pngBytes(t, 9, 9))}}
	if err := (enrich.Assets{Spool: spool}).Apply(t.Context(), it); err != nil || it.Image == nil {
		t.Fatalf("got image %v, error %v", it.Image, err)
	}
	if err := spool.Close(); err != nil { // the item was never closed
		t.Error(err)
	}
	if left := names(t, dir); len(left) > 0 {
		t.Errorf("after Close there is %v, want nothing", left)
	}
	if err := it.Close(); err != nil {
		t.Errorf("an item closed after its spool: %v", err)
	}
}

func TestSpoolClosesOnlyItsOwnFolder(t *testing.T) {
	dir := t.TempDir()
	if err := (enrich.Spool{Dir: dir}).Close(); err != nil {
		t.Error(err)
	}
	if err := (enrich.Spool{}).Close(); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(dir); err != nil {
		t.Errorf("a folder that was given is gone: %v", err)
	}
}

func TestSpoolInAFolderThatIsNotThere(t *testing.T) {
	if _, err := enrich.OpenSpool(filepath.Join(t.TempDir(), "no"), time.Now()); err == nil {
		t.Error("got no error")
	}
	if err := enrich.SweepSpools(filepath.Join(t.TempDir(), "no"), time.Now()); err == nil {
		t.Error("sweep: got no error")
	}
}

func TestSweepTakesOnlyFoldersOfDeadRuns(t *testing.T) {
	dead := exec.CommandContext(t.Context(), "true")
	if err := dead.Run(); err != nil {
		t.Skipf("no process to end: %v", err)
	}
	gone, dir, now := dead.Process.Pid, t.TempDir(), time.Unix(1_700_100_000, 0)
	stale := fmt.Sprintf("ingest-run-%d-1700000000-77", gone)
	put := func(name string, age time.Duration) {
		path := filepath.Join(dir, name)
		if err := os.Mkdir(path, 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(path, "ingest-1"), []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(path, now.Add(-age), now.Add(-age)); err != nil {
			t.Fatal(err)
		}
	}
	keep := []string{
		fmt.Sprintf("ingest-run-%d-1700000000-78", os.Getpid()), // runs
		fmt.Sprintf("ingest-run-%d-1700000000", gone),           // not quite named as ours
		fmt.Sprintf("ingest-run-%d-x-1", gone),
		"ingest-run-0-1700000000-1",
		"ingest-run--5-1700000000-1",
		"ingest-12345",
	}
	for _, name := range append(keep, stale) {
		put(name, 13*time.Hour)
	}
	fresh := fmt.Sprintf("ingest-run-%d-1700000000-79", gone) // of a container that we do not see
	put(fresh, 11*time.Hour)
	file := fmt.Sprintf("ingest-run-%d-1700000000-80", gone)
	if err := os.WriteFile(filepath.Join(dir, file), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(filepath.Join(dir, file), now.AddDate(0, -1, 0), now.AddDate(0, -1, 0)); err != nil {
		t.Fatal(err)
	}
	if err := enrich.SweepSpools(dir, now); err != nil {
		t.Error(err)
	}
	want := slices.Concat(keep, []string{fresh, file})
	slices.Sort(want)
	if got := names(t, dir); !slices.Equal(got, want) {
		t.Errorf("left\n%v\nwant\n%v", got, want)
	}
}

func names(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	all := make([]string, 0, len(entries))
	for _, e := range entries {
		all = append(all, e.Name())
	}
	return all
}
