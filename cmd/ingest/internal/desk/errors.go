package desk

import "fmt"

// NotFoundError is something that was asked for by its name and is not known.
type NotFoundError struct {
	Kind string // work package, run, asset
	Name string
	Help string
}

func notKnown(id int64) error {
	return &NotFoundError{"work package", fmt.Sprint(id), "ask for a refresh of it, or wait for the next run; until then nothing is known of it"}
}

func (e *NotFoundError) Error() string { return fmt.Sprintf("there is no %s %q", e.Kind, e.Name) }

// Hint says what to do about it.
func (e *NotFoundError) Hint() string { return e.Help }

// OrderError is an order or a question that cannot be understood.
type OrderError struct{ Text, Help string }

func (e *OrderError) Error() string { return e.Text }

// Hint says how to mend it.
func (e *OrderError) Hint() string { return e.Help }

// FullError says that as many runs wait as may.
type FullError struct{ Limit int }

func (e *FullError) Error() string { return fmt.Sprintf("%d runs wait already", e.Limit) }

// Hint says what to do.
func (e *FullError) Hint() string { return "ask again when some of them are done" }
