package main

import (
	"bytes"
	"errors"
	"net/http"
	"os/exec"
	"strings"
	"syscall"
	"testing"

	"ingest/openproject/openprojecttest"
)

// TestServiceAndTheShell: a run from the shell works beside an idle service, finds
// another run active while the service has one, and is waited for by the service.
func TestServiceAndTheShell(t *testing.T) {
	t.Parallel()
	source := newServiceSource(t, 4, nil)
	site := newKillSite(t, source.serviceConfig(""), nil)
	service := site.serve(t)
	service.starts(t)
	holdUp := func() *gate { // who works on something, waits at the gate
		g := newGate()
		source.tracker.SetFault(func(r *http.Request) *openprojecttest.Fault {
			if strings.HasSuffix(r.URL.Path, "/attachments") {
				g.pass(r)
			}
			return nil
		})
		t.Cleanup(g.open)
		return g
	}

	source.touch(1, 1)
	site.run(t) // beside the idle service
	sameTree(t, "after the shell's run", site.read(t), source.fresh(t))

	source.touch(2, 1)
	atHand := holdUp()
	service.hook(t, source, "work_package:updated", 2)
	atHand.reached(t, 1)
	out, err := site.command(t.Context(), "--full").CombinedOutput()
	if exit, ok := errors.AsType[*exec.ExitError](err); !ok || exit.ExitCode() != exitBusy || !strings.Contains(string(out), "another run is active") {
		t.Errorf("beside the service's run: %v, want exit code %d\n%s", err, exitBusy, out)
	}
	atHand.open()
	service.log.await(t, `msg="run ended".* kind=named state=done`, 1)
	sameTree(t, "after the service's run", site.read(t), source.fresh(t))

	source.touch(3, 1)
	atHand = holdUp()
	shell := site.command(t.Context(), "--full")
	var printed bytes.Buffer
	shell.Stdout, shell.Stderr = &printed, &printed
	if err := shell.Start(); err != nil {
		t.Fatal(err)
	}
	atHand.reached(t, 1)
	source.touch(4, 1) // perhaps behind the back of the shell's run
	service.hook(t, source, "work_package:updated", 4)
	service.log.await(t, `msg="run waits, as another process runs".*pid`, 1)
	atHand.open()
	if err := shell.Wait(); err != nil {
		t.Errorf("the shell's run: %v\n%s", err, printed.String())
	}
	service.log.await(t, `msg="run ended".* kind=named state=done`, 2)
	sameTree(t, "after both", site.read(t), source.fresh(t))
	if code := service.stop(t, syscall.SIGTERM); code != exitDone {
		t.Errorf("exit code %d", code)
	}
}
