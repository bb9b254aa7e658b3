package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
)

// innerVariable says to a test that it runs in a namespace of its own.
const innerVariable = "INGEST_TEST_INNER"

// inNamespace runs a test once more in a process that may mount, where the system
// gives that to ordinary users, and tells whether this is that process.
func inNamespace(t *testing.T) bool {
	t.Helper()
	if os.Getenv(innerVariable) != "" {
		return true
	}
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	child := exec.CommandContext(t.Context(), program, "-test.run=^"+t.Name()+"$", "-test.v")
	child.Env = append(os.Environ(), innerVariable+"=1")
	child.SysProcAttr = namespace(0)
	child.SysProcAttr.Cloneflags |= syscall.CLONE_NEWNS
	out, err := child.CombinedOutput()
	if _, ran := errors.AsType[*exec.ExitError](err); err != nil && !ran {
		t.Skipf("this machine gives no namespaces: %v", err)
	}
	if err != nil {
		t.Errorf("%v\n%s", err, out)
	}
	if strings.Contains(string(out), "--- SKIP") {
		t.Skipf("%s", out)
	}
	return false
}

// namespace makes a process user uid of a namespace, in which it owns what this
// process owns. Only user 0 may do more than the files' modes say.
func namespace(uid int) *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWUSER,
		UidMappings: []syscall.SysProcIDMap{{ContainerID: uid, HostID: os.Getuid(), Size: 1}},
		GidMappings: []syscall.SysProcIDMap{{ContainerID: uid, HostID: os.Getgid(), Size: 1}}}
}

// TestDiskThatFillsUp: a run that finds no more room ends with a word on what to
// do, and leaves whole files; with room, the next one does the rest.
func TestDiskThatFillsUp(t *testing.T) {
	if !inNamespace(t) {
		return
	}
	source := newKillSource(t, 60)
	want := newKillSite(t, source.config(), nil)
	want.run(t)
	whole := want.read(t)
	for _, full := range []string{"content", "static", ".ingest", "all", "temporary files"} {
		t.Run(full, func(t *testing.T) {
			site := newKillSite(t, source.config(), nil)
			dir := map[string]string{"all": site.dir, "temporary files": site.temp()}[full]
			if dir == "" {
				dir = filepath.Join(site.dir, full)
			}
			size := "100k"
			if full == "temporary files" { // of a page, a picture and an icon at a time
				size = "8k"
			}
			grow := smallDisk(t, dir, size)
			site.put(t, "config.yaml", source.config())
			for range 2 { // and a second time with the disk still full
				failsFor(t, site.command(t.Context()), "no space left on device|no room for", "make room")
				sound(t, site, whole)
			}
			grow()
			site.run(t)
			sameTree(t, "with room", site.read(t), whole)
		})
	}
}

// smallDisk mounts a disk of that size, and returns what gives it room.
func smallDisk(t *testing.T, dir, size string) (grow func()) {
	t.Helper()
	mount := func(flags uintptr, size string) error {
		return syscall.Mount("tmpfs", dir, "tmpfs", flags, "size="+size)
	}
	if err := errors.Join(os.MkdirAll(dir, 0o755), mount(0, size)); err != nil {
		t.Skipf("this machine lets nobody mount: %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	return func() {
		if err := mount(syscall.MS_REMOUNT, "100m"); err != nil {
			t.Fatal(err)
		}
	}
}

// failsFor runs a command that must end with exit code 1, an error that holds
// one of the words and a hint.
func failsFor(t *testing.T, c *exec.Cmd, words, hint string) {
	t.Helper()
	out, err := c.CombinedOutput()
	exit, ok := errors.AsType[*exec.ExitError](err)
	if !ok || exit.ExitCode() != exitStopped {
		t.Fatalf("%v: got %v, want exit code %d\n%s", c.Args[1:], err, exitStopped, tail(out))
	}
	said := false
	for _, word := range strings.Split(words, "|") {
		said = said || strings.Contains(string(out), word)
	}
	_, errorLine, _ := strings.Cut(string(out), "\nerror: ")
	if !said || errorLine == "" || !strings.Contains(errorLine, "\nhint: ") || !strings.Contains(errorLine, hint) {
		t.Errorf("%v: want an error with %q and a hint with %q\n%s", c.Args[1:], words, hint, tail(out))
	}
}

// tail is the end of what a run has said.
func tail(out []byte) string { return string(out[max(0, len(out)-1500):]) }

// sound holds what is there against the whole tree: no file is torn, none left
// over.
func sound(t *testing.T, site *killSite, whole tree) {
	t.Helper()
	for name, text := range site.read(t) {
		if text != whole[name] {
			t.Errorf("%s is not whole: %d bytes, want %d", name, len(text), len(whole[name]))
		}
	}
	for p := range site.stamps(t) {
		if isTemp(p) {
			t.Errorf("%s is left over", p)
		}
	}
}

// limitVariable is the largest file that a child may write, in bytes.
const limitVariable = "INGEST_TEST_FILE_LIMIT"

// limitFiles sets the limit of a child. Go passes over the signal that a write
// beyond it brings (SIGXFSZ); the write fails with EFBIG.
func limitFiles() {
	limit, err := strconv.ParseUint(os.Getenv(limitVariable), 10, 64)
	if err != nil {
		return
	}
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: limit, Max: limit}); err != nil {
		panic(err)
	}
}

// TestFilesThatMayNotGrow: under a limit for the size of files (ulimit -f), the
// state cannot grow; a run says so and loses nothing.
func TestFilesThatMayNotGrow(t *testing.T) {
	source := newKillSource(t, 60)
	want := newKillSite(t, source.config(), nil)
	want.run(t)
	whole := want.read(t)
	site := newKillSite(t, source.config(), nil)
	limited := func(ctx context.Context) *exec.Cmd {
		c := site.command(ctx)
		c.Env = append(c.Env, fmt.Sprint(limitVariable, "=", 150_000))
		return c
	}
	for range 2 {
		failsFor(t, limited(t.Context()), "state", "ulimit")
		sound(t, site, whole)
	}
	site.run(t)
	sameTree(t, "without the limit", site.read(t), whole)
}

// TestFoldersThatMayNotBeWritten: a run on somebody else's folders says which, and
// changes nothing.
func TestFoldersThatMayNotBeWritten(t *testing.T) {
	source := newKillSource(t, 20)
	want := newKillSite(t, source.config(), nil)
	want.run(t)
	whole := want.read(t)
	for name, tt := range map[string]struct{ dir, word, hint string }{
		"content":        {"content/news", "content/news", "let the user that runs ingest read and write there"},
		"assets":         {"static/news", "static/news", "let the user that runs ingest read and write there"},
		"the state":      {".ingest", ".ingest/run.lock", "let the user that runs ingest read and write the file and its folder"},
		"the whole site": {".", ".ingest", "let the user that runs ingest read and write the file and its folder"},
	} {
		t.Run(name, func(t *testing.T) {
			site := newKillSite(t, source.config(), nil)
			if name != "the whole site" {
				site.run(t, "--wp", "1", "--wp", "2")
			}
			if name == "the state" { // else the lock and the state are there to be written
				if err := os.RemoveAll(filepath.Join(site.dir, ".ingest")); err != nil {
					t.Fatal(err)
				}
				if err := os.Mkdir(filepath.Join(site.dir, ".ingest"), 0o755); err != nil {
					t.Fatal(err)
				}
			}
			before := site.stamps(t)
			dir := filepath.Join(site.dir, tt.dir)
			if err := os.Chmod(dir, 0o555); err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = os.Chmod(dir, 0o755) }) // or it could not be removed
			c := site.command(t.Context())
			if os.Geteuid() == 0 { // whom modes do not stop
				c.SysProcAttr = namespace(1000)
			}
			failsFor(t, c, tt.word, tt.hint)
			if after := site.stamps(t); name != "content" && name != "assets" && !maps.Equal(before, after) {
				t.Error("something was written")
			}
			sound(t, site, whole)
			if err := os.Chmod(dir, 0o755); err != nil {
				t.Fatal(err)
			}
			site.run(t)
			sameTree(t, "with the right to write", site.read(t), whole)
		})
	}
}
