package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"ingest/cmd/ingest/internal/config"
	"ingest/cmd/ingest/internal/console"
	"ingest/cmd/ingest/internal/suggest"
	"ingest/output/archetype"
	"ingest/pipeline"
	"ingest/pipeline/state"
)

// Exit codes, a promise to cron and CI (DESIGN, promise 7).
const (
	exitDone        = 0
	exitStopped     = 1
	exitUsage       = 2
	exitItemsFailed = 3
	exitBusy        = 4
	exitInterrupted = 130
)

const exitHelp = `Exit codes:
  0    done
  1    stopped by an error
  2    wrong usage or configuration
  3    done, but some items failed, or what should leave the site was held back
  4    another run is active
  130  interrupted`

// usageError is a command line that cannot be understood.
type usageError struct{ err error }

func (e *usageError) Error() string { return e.err.Error() }
func (e *usageError) Unwrap() error { return e.err }
func (e *usageError) Hint() string  { return "ingest --help lists every flag and command" }

// settingError is a value of the configuration that a room of the program does
// not accept.
type settingError struct {
	key string
	err error
}

func (e *settingError) Error() string { return e.key + ": " + e.err.Error() }
func (e *settingError) Unwrap() error { return e.err }

// itemsFailedError ends a run that came to its end with failures, or with
// removals that were held back. The report has told them already.
type itemsFailedError struct{ count int }

func (e *itemsFailedError) Error() string { return fmt.Sprintf("%d items failed", e.count) }

// exitCode prints an error with its hint and says which code it ends with.
func exitCode(stderr io.Writer, err error) int {
	switch {
	case err == nil:
		return exitDone
	case isA[*itemsFailedError](err):
		return exitItemsFailed
	case errors.Is(err, errInterrupted), errors.Is(err, context.Canceled):
		fmt.Fprintln(stderr, "ingest: interrupted; every file is whole, and the next run does the rest")
		return exitInterrupted
	}
	printError(stderr, err)
	if isA[config.Mistakes](err) || isA[*usageError](err) || isA[*settingError](err) || isA[*archetype.Error](err) || isA[misnamed](err) {
		return exitUsage
	}
	if isA[*state.LockedError](err) {
		return exitBusy
	}
	return exitStopped
}

// misnamed is an error about a name that the configuration gives and nothing
// has: a type, a status, a project, a custom field, a key of an archetype.
type misnamed interface {
	error
	Names() (asked string, known []string)
}

// printError writes "error:" and "hint:" lines. Joined errors are told one by
// one, each with a hint of its own.
func printError(w io.Writer, err error) {
	if list := parts(err); len(list) > 0 {
		for _, one := range list {
			printError(w, one)
		}
		return
	}
	fmt.Fprintf(w, "error: %s\n", console.Clean(err.Error()))
	if hint := hintFor(err); hint != "" {
		fmt.Fprintf(w, "hint: %s\n", console.Clean(hint))
	}
}

// parts takes apart an error that is a list and says nothing of its own, as
// errors.Join makes it. An error that has causes but words as well stays whole.
func parts(err error) []error {
	if mistakes, ok := err.(config.Mistakes); ok { //nolint:errorlint // only the outermost layer is the list
		return mistakes.Unwrap()
	}
	list, ok := err.(interface{ Unwrap() []error })
	if !ok {
		return nil
	}
	joined := errors.Join(list.Unwrap()...)
	if joined == nil || joined.Error() != err.Error() {
		return nil
	}
	return list.Unwrap()
}

// hintFor joins "did you mean" with what the error itself advises.
func hintFor(err error) string {
	var parts []string
	if e, ok := errors.AsType[misnamed](err); ok {
		parts = append(parts, suggest.DidYouMean(e.Names()))
	}
	if advice := pipeline.HintOf(err); advice != "" {
		parts = append(parts, advice)
	}
	return strings.Join(parts, " ")
}

func isA[E error](err error) bool {
	_, ok := errors.AsType[E](err)
	return ok
}
