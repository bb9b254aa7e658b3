package desk

import "fmt"

// NotFoundError is something that was asked for by its name and is not known.
type NotFoundError struct {
	Kind string // work package, run, featured image
	Name string
	Help string
	// Last is what this process last made of a work package that is not known: why
	// it is not, as that it does not exist in the tracker. nil is no look at it.
	Last *Last
	// Pending says whether it is about to be looked at.
	Pending Pending
}

// notKnown says that nothing is known of a work package, or why.
func (d *Desk) notKnown(id int64) error {
	e := &NotFoundError{Kind: "work package", Name: fmt.Sprint(id), Help: "ask for a refresh of it, or wait for the next run; until then nothing is known of it"}
	if e.Pending = d.pending(id); e.Pending.Delay != nil {
		e.Help = "it waits to be looked at: " + e.Pending.Delay.Reason
	}
	r := d.Daemon.Of(id)
	if r == nil || r.Item.Error == "" {
		return e
	}
	e.Last = &Last{Run: r.Run, At: r.At, Item: wholeItem(r.Item)}
	e.Help = "the last look at it ended with: " + e.Last.Item.Error
	if e.Last.Item.Hint != "" {
		e.Help += "; " + e.Last.Item.Hint
	}
	return e
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
