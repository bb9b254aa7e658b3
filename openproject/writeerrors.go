package openproject

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
)

// PermissionError says that the user may see something but not change it.
type PermissionError struct {
	Action string    // "comment on work packages"
	Err    *APIError // the tracker's answer, a 403
}

func (e *PermissionError) Error() string {
	return fmt.Sprintf("the user may not %s: %v", e.Action, e.Err)
}

func (e *PermissionError) Unwrap() error { return e.Err }

// Hint names the mending.
func (e *PermissionError) Hint() string {
	return "give the user of tracker.api_key a role in this project that may " + e.Action + " (Administration, Users and permissions, Roles)"
}

// permission types a refusal; other errors, and none, stay as they are.
func permission(err error, action string) error {
	if api, ok := errors.AsType[*APIError](err); ok && api.Status == http.StatusForbidden {
		return &PermissionError{Action: action, Err: api}
	}
	return err
}

// ConflictError says that somebody else changed what a [Change] was to set, or
// changed the work package faster than it could be set. Nothing was written.
type ConflictError struct {
	WorkPackage     int64
	What            string // the field's label or "status"; "" when the work package would not hold still
	Was, Is, Wanted string // values of What: of the base, now, and of the change
	Err             error  // the tracker's last answer, with What ""
}

func (e *ConflictError) Error() string {
	if e.What == "" {
		return fmt.Sprintf("change work package %d: it changed %d times meanwhile: %v", e.WorkPackage, maxReapply+1, e.Err)
	}
	return fmt.Sprintf("%s was changed meanwhile from %q to %q: not set to %q", e.What, e.Was, e.Is, e.Wanted)
}

func (e *ConflictError) Unwrap() error { return e.Err }

// Hint says that a person decided otherwise.
func (e *ConflictError) Hint() string {
	return "the editors' value stands; the next run looks again"
}

// FieldError says that a custom field does not take the value, or any.
type FieldError struct {
	Label, Type string // "Clean URL", "Link"
	ReadOnly    bool   // it takes none
	Err         error  // why; nil for a field known to be read-only
}

func (e *FieldError) Error() string {
	text := fmt.Sprintf("custom field %q (%s)", e.Label, e.Type)
	if e.ReadOnly {
		text += " cannot be written"
	}
	if e.Err != nil {
		text += ": " + e.Err.Error()
	}
	return text
}

func (e *FieldError) Unwrap() error { return e.Err }

// Hint says where to look.
func (e *FieldError) Hint() string {
	if e.ReadOnly {
		return "it is computed by the tracker, or closed to the user of tracker.api_key, or the work package's status makes it read-only: name another field"
	}
	return "compare the value with the field's format and rules (Administration, Custom fields)"
}

// StatusError says that the tracker refuses a status. The work package keeps
// what it had.
type StatusError struct {
	WorkPackage int64
	From, To    string
	Message     string // the tracker's words
	Err         error  // its whole answer
}

func (e *StatusError) Error() string {
	return fmt.Sprintf("status of work package %d cannot go from %q to %q: %s", e.WorkPackage, e.From, e.To, e.Message)
}

func (e *StatusError) Unwrap() error { return e.Err }

// Hint names the two ways out.
func (e *StatusError) Hint() string {
	return "allow this step to the role of tracker.api_key's user (Administration, Work packages, Status transitions), or name another status"
}

// refusal types a 422 by the property at fault; other errors stay as they are.
func refusal(err error, wp *WorkPackage, todo []setting) error {
	api, ok := errors.AsType[*APIError](err)
	if !ok || api.Status != http.StatusUnprocessableEntity {
		return err
	}
	faults := api.Parts
	if len(faults) == 0 {
		faults = []*APIError{api}
	}
	for _, fault := range faults {
		for _, s := range todo {
			switch {
			case fault.Attribute != s.key && (fault.Attribute != "" || len(todo) > 1):
			case s.key == "status":
				return &StatusError{WorkPackage: wp.ID, From: wp.Status.label(), To: s.wanted, Message: strings.TrimSpace(fault.Message), Err: err}
			default:
				return &FieldError{Label: s.label, Type: s.kind, ReadOnly: fault.Identifier == "PropertyIsReadOnly", Err: err}
			}
		}
	}
	return err
}
