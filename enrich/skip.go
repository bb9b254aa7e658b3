package enrich

import "fmt"

// Skip says that a work package is not wanted as it stands. It is a result,
// not a failure: the run reports the reason and goes on.
type Skip struct {
	Reason string
	Help   string // what would make it wanted
}

// Error returns the reason.
func (s *Skip) Error() string { return s.Reason }

// Hint says what would make the work package wanted.
func (s *Skip) Hint() string { return s.Help }

// Skipf returns a Skip with a formatted reason.
func Skipf(help, format string, args ...any) error {
	return &Skip{Reason: fmt.Sprintf(format, args...), Help: help}
}

// DamagedError says that an attachment is gone or did not arrive as announced:
// asking again will not help, so the document does without it.
type DamagedError struct{ Err error }

// Error tells what is wrong with the attachment.
func (e *DamagedError) Error() string { return e.Err.Error() }

// Unwrap gives the cause, which may have a hint.
func (e *DamagedError) Unwrap() error { return e.Err }
