package state_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"ingest/pipeline/state"
	"ingest/pipeline/state/statetest"
)

// The tests need other processes: this binary, started again with a task.
const taskVariable = "INGEST_STATE_TEST_TASK"

func TestMain(m *testing.M) {
	task, path, child := strings.Cut(os.Getenv(taskVariable), " ")
	if !child {
		os.Exit(m.Run())
	}
	if err := map[string]func(string) error{"put": putForEver, "put-some": putSome, "lock": holdLock}[task](path); err != nil {
		fmt.Println("error:", err)
		os.Exit(1)
	}
}

// putForEver says the id of each entry once it is remembered.
func putForEver(path string) error {
	db, err := state.Open(context.Background(), path, state.Options{})
	for id := int64(1); err == nil; id++ {
		if err = db.Put(context.Background(), statetest.Entry(id)); err == nil {
			fmt.Println(id)
		}
	}
	return err
}

func putSome(path string) error {
	db, err := state.Open(context.Background(), path, state.Options{})
	for id := int64(1); err == nil && id <= 200; id++ {
		err = db.Put(context.Background(), statetest.Entry(id))
	}
	if err != nil {
		return err
	}
	return db.Close()
}

// holdLock keeps a lock until its input ends.
func holdLock(path string) error {
	release, err := state.Lock(path, state.Owner{PID: os.Getpid(), Host: "elsewhere", Started: time.Date(2026, 11, 22, 2, 0, 0, 0, time.UTC), Command: "ingest"})
	if err != nil {
		return err
	}
	fmt.Println("held")
	if _, err := io.Copy(io.Discard, os.Stdin); err != nil {
		return err
	}
	return release()
}

// child is another process at its task.
type child struct {
	*exec.Cmd
	in  io.WriteCloser
	out *bufio.Scanner
}

func start(t *testing.T, task, path string) *child {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := &child{Cmd: exec.CommandContext(t.Context(), exe)} // killed when the test ends
	c.Env = append(os.Environ(), taskVariable+"="+task+" "+path)
	c.Stderr = t.Output()
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if c.in, err = c.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	c.out = bufio.NewScanner(out)
	return c
}

// kill ends the process without a chance to tidy up.
func (c *child) kill(t *testing.T) {
	t.Helper()
	if err := c.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = c.Wait() // killed
}
