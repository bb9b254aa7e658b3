// Command ingest carries curated links from OpenProject into the content tree
// of a static site. See README.md for its use and docs/architecture.md for its
// build.
//
// The files of this folder hold the command line and nothing else: one file
// per command, assemble.go puts the rooms together, settings.go gives each its
// part of the configuration, exit.go turns what happened into an exit code.
// Packages below internal serve the commands (config, console, demo, lines,
// suggest) and the service (access, api, daemon, desk, monitor, page, receiver).
package main

import (
	"context"
	"errors"
	"os"
	"os/signal"
	"syscall"

	"golang.org/x/term"
)

func main() {
	os.Exit(untilInterrupted(world{
		stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr, lookupEnv: os.LookupEnv,
		hangup:   hangups,
		terminal: term.IsTerminal(int(os.Stderr.Fd())), screen: term.IsTerminal(int(os.Stdout.Fd())),
	}))
}

// untilInterrupted runs the program until it ends or a signal asks it to.
func untilInterrupted(w world) int {
	ctx, cancel := context.WithCancelCause(context.Background())
	defer cancel(nil)
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	go func() {
		<-signals
		signal.Stop(signals) // a second signal ends the program at once
		cancel(errInterrupted)
	}()
	return run(ctx, os.Args[1:], w)
}

// hangups tells of SIGHUP, by which services are asked to read their
// configuration again.
func hangups() (<-chan struct{}, func()) {
	signals, told := make(chan os.Signal, 1), make(chan struct{}, 1)
	signal.Notify(signals, syscall.SIGHUP)
	go func() {
		for range signals {
			select {
			case told <- struct{}{}:
			default: // one reload is enough for both
			}
		}
	}()
	return told, func() {
		signal.Stop(signals)
		close(signals)
	}
}

// errInterrupted is the cause of a run that a person or the system ended.
var errInterrupted = errors.New("interrupted")
