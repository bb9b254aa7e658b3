package main

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

// TestServiceEndsWhileItsConfigurationDoesNotOpen: a file on a network that hangs is
// read without an end; here it is a pipe into which nobody writes.
func TestServiceEndsWhileItsConfigurationDoesNotOpen(t *testing.T) {
	t.Parallel()
	source := newServiceSource(t, 2, nil)
	site := newKillSite(t, source.serviceConfig(""), nil)
	service := site.serve(t)
	service.starts(t)
	path := filepath.Join(site.dir, "config.yaml")
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		t.Fatal(err)
	}
	service.signal(t, syscall.SIGHUP)
	for { // until the service reads
		pipe, err := os.OpenFile(path, os.O_WRONLY|syscall.O_NONBLOCK, 0)
		if err == nil {
			defer pipe.Close() //nolint:errcheck // nothing was written
			break
		}
		select {
		case <-t.Context().Done():
			t.Fatal(err)
		case <-time.After(10 * time.Millisecond):
		}
	}
	if code := service.stop(t, syscall.SIGTERM); code != exitDone {
		t.Errorf("exit code %d, want %d", code, exitDone)
	}
}
