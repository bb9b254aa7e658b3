package state_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ingest/pipeline/state"
)

func owner(minutes int) state.Owner {
	return state.Owner{PID: os.Getpid(), Host: "here", Started: time.Date(2026, 11, 22, 2, minutes, 0, 0, time.UTC)}
}

func TestOneRunAtATime(t *testing.T) {
	path := filepath.Join(t.TempDir(), "new", "run.lock")
	release, err := state.Lock(path, owner(0))
	if err != nil {
		t.Fatal(err)
	}
	_, err = state.Lock(path, owner(14))
	locked, ok := errors.AsType[*state.LockedError](err)
	if !ok || locked.Owner != owner(0) || locked.Age != 14*time.Minute || locked.Hint() == "" {
		t.Fatalf("got %+v, want a LockedError with the owner, 14 minutes old", err)
	}
	for range 2 { // again is harmless
		if err := release(); err != nil {
			t.Fatal(err)
		}
	}
	if last, err := state.LastOwner(path); last != nil || err != nil {
		t.Errorf("after the release: owner %+v, error %v; want none", last, err)
	}
	release, err = state.Lock(path, owner(20))
	if err != nil {
		t.Fatal("after the release:", err)
	}
	if err := release(); err != nil {
		t.Error(err)
	}
}

func TestLockOfAnotherProcess(t *testing.T) {
	path := filepath.Join(t.TempDir(), "run.lock")
	c := start(t, "lock", path)
	if !c.out.Scan() || c.out.Text() != "held" {
		t.Fatalf("the other process says %q", c.out.Text())
	}
	_, err := state.Lock(path, owner(14))
	locked, ok := errors.AsType[*state.LockedError](err)
	if !ok || locked.Owner.PID != c.Process.Pid || locked.Owner.Host != "elsewhere" {
		t.Fatalf("got %v, want a LockedError with pid %d on elsewhere", err, c.Process.Pid)
	}
	c.kill(t)
	last, err := state.LastOwner(path)
	if err != nil || last == nil || last.PID != c.Process.Pid {
		t.Errorf("left behind: %+v, error %v; want the dead process", last, err)
	}
	release, err := state.Lock(path, owner(20))
	if err != nil {
		t.Fatal("the lock of a dead process was not taken over:", err)
	}
	if last, err := state.LastOwner(path); err != nil || *last != owner(20) {
		t.Errorf("owner %+v, error %v; want the new one", last, err)
	}
	if err := release(); err != nil {
		t.Error(err)
	}
}

func TestLockedErrorReadsAsAPersonSaysIt(t *testing.T) {
	at := time.Date(2026, 11, 22, 2, 0, 0, 0, time.UTC)
	for want, e := range map[string]*state.LockedError{
		"another run is active since 02:00 (pid 123 on host x, 14 minutes)":      {Owner: state.Owner{PID: 123, Host: "x", Started: at}, Age: 14*time.Minute + 59*time.Second},
		"another run is active since 02:00 (pid 123 on host x, 3 seconds)":       {Owner: state.Owner{PID: 123, Host: "x", Started: at}, Age: 3 * time.Second},
		"another run is active since 02:00 (pid 123 on host x, 0 seconds)":       {Owner: state.Owner{PID: 123, Host: "x", Started: at}, Age: -time.Hour}, // clocks differ
		"another run is active since 02:00 (pid 123 on host x, 23 hours)":        {Owner: state.Owner{PID: 123, Host: "x", Started: at}, Age: 23 * time.Hour},
		"another run is active since 2026-11-22 02:00 (pid 1 on host x, 3 days)": {Owner: state.Owner{PID: 1, Host: "x", Started: at}, Age: 80 * time.Hour},
		"another run is active": {},
	} {
		if got := e.Error(); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
}

func TestLockFileWithOddContent(t *testing.T) {
	for name, content := range map[string]string{"empty": "", "cut off": `{"pid":12`, "no JSON": "12\x00", "huge": strings.Repeat(" ", 1<<20) + "{}", "null": "null"} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "run.lock")
			if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
				t.Fatal(err)
			}
			if _, err := state.LastOwner(path); err != nil {
				t.Error(err)
			}
			release, err := state.Lock(path, owner(0))
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
				t.Fatal(err)
			}
			if _, err := state.Lock(path, owner(1)); err == nil || err.Error() != "another run is active" {
				t.Errorf("error %v, want another run without its owner", err)
			}
			if err := release(); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestLockIsNoWayOutOfItsFolder(t *testing.T) {
	dir := t.TempDir()
	precious := filepath.Join(dir, "precious")
	if err := os.WriteFile(precious, []byte("text"), 0o600); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "ingest", "run.lock")
	if err := os.Mkdir(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("../precious", path); err != nil {
		t.Skip("no links here:", err)
	}
	_, err := state.Lock(path, owner(0))
	if _, ok := errors.AsType[*state.AccessError](err); !ok {
		t.Errorf("error %v, want an AccessError", err)
	}
	if b, err := os.ReadFile(precious); string(b) != "text" || err != nil {
		t.Errorf("the file behind the link has %q, error %v", b, err)
	}
}
