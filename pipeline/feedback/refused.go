package feedback

import (
	"errors"

	"ingest/openproject"
)

// deed is something that a user may be refused to do.
type deed string

const (
	commenting deed = "comment"
	editing    deed = "edit"
)

// refusal is a deed that a role in a project does not allow.
type refusal struct {
	deed    deed
	project int64
}

// may says whether a deed was not refused yet in this run.
func (t *Tracker) may(d deed, project int64) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return !t.refused[refusal{d, project}]
}

// once takes note of a refusal. The first one in a project is returned, every
// other error too; the refusals after it are known.
func (t *Tracker) once(d deed, project int64, err error) error {
	if _, ok := errors.AsType[*openproject.PermissionError](err); !ok {
		return err
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	r := refusal{d, project}
	if t.refused[r] {
		return nil
	}
	if t.refused == nil {
		t.refused = map[refusal]bool{}
	}
	t.refused[r] = true
	return err
}
