package webhook

import (
	"fmt"
	"time"
)

// Kind is what an event is about.
type Kind string

// The kinds of events.
const (
	WorkPackage Kind = "work package" // made or changed
	Comment     Kind = "comment"      // somebody said something on a work package
	Attachment  Kind = "attachment"   // a file was added, to a work package or elsewhere
	Other       Kind = "other"        // nothing for us: projects, time entries, whatever comes
)

// kindOf knows the actions of API.md 10 that are about work packages.
func kindOf(action string) Kind {
	switch action {
	case "work_package:created", "work_package:updated":
		return WorkPackage
	case "work_package_comment:comment", "work_package_comment:internal_comment":
		return Comment
	case "attachment:created":
		return Attachment
	}
	return Other
}

// Event is what one webhook says. Everything in it is of the past: see the package
// comment.
type Event struct {
	Action string // "work_package:updated"
	Kind   Kind   // of an action that is not known: Other, and nothing else is set

	// WorkPackage is the id of the work package to look at; 0 for an attachment of
	// something else.
	WorkPackage int64
	// Type and Project are those of the work package, zero where the event does not
	// tell: that of a comment names only the work package.
	Type, Project Named
	// LockVersion and UpdatedAt are of the work package when the event was drawn up.
	// Of a comment, UpdatedAt is its own time and LockVersion is 0.
	LockVersion int
	UpdatedAt   time.Time // UTC; zero where the event does not tell

	// Actor is the id of the user who caused the event; 0 where the version of the
	// tracker does not tell. A comment tells in any case.
	Actor int64

	Attachment int64  // the id of the file
	Activity   int64  // the id of the comment
	Text       string // the comment as raw Markdown
	Internal   bool   // the comment is for members with a permission of its own
}

// Named is a type or project. A project has an identifier where the event embeds
// it.
type Named struct {
	ID         int64
	Name       string
	Identifier string
}

// Key is equal for events that say the same of the same state, such as one that
// was sent twice (API.md 10).
func (e Event) Key() string {
	at := ""
	if !e.UpdatedAt.IsZero() {
		at = e.UpdatedAt.Format(time.RFC3339Nano)
	}
	return fmt.Sprintf("%s %d/%d/%d %d %s", e.Action, e.WorkPackage, e.Attachment, e.Activity, e.LockVersion, at)
}
