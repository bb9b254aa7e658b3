package openproject

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
)

// maxReapply is how often a change is made anew after a conflict (API.md 9).
const maxReapply = 2

// Change says what a work package should have. The zero Change wants nothing.
type Change struct {
	// Fields are the wanted values of custom fields by label. Their Go types are
	// those of [Value.Any]: string for texts, links and dates (YYYY-MM-DD), and for
	// the name of a list entry, a user, a version; []string for several of these in
	// any order; int64, float64, bool; nil, and "" too, for no value.
	Fields map[string]any
	// Status is the name of the wanted status; "" leaves it.
	Status string
	// Base is the work package on whose values the change was decided. What
	// somebody else has set since is not overwritten. Nil: the one that is read
	// first.
	Base *WorkPackage
}

// Change brings a work package to a wanted state, in one request or, if it is in
// that state already, in none beside the reading. Watchers are not notified. It
// returns the work package as it is afterwards.
//
// Where somebody else changes the work package at the same time it is read again
// and the change is made anew, at most twice and only while the values it touches
// are those of its base; else it is a [ConflictError]. A name that the tracker
// does not know is a [NameError], a value that a field cannot take a [FieldError],
// a status that the workflow does not allow from here a [StatusError], a user who
// may not write a [PermissionError]. All or nothing of a change is carried out.
func (c *Client) Change(ctx context.Context, workPackage int64, change Change) (*WorkPackage, error) {
	base := change.Base
	for again := 0; ; again++ {
		is, err := c.WorkPackage(ctx, workPackage)
		if err != nil {
			return nil, err
		}
		if base == nil {
			base = is
		}
		todo, err := c.plan(ctx, change, base, is)
		if err != nil {
			return nil, fmt.Errorf("change work package %d: %w", workPackage, err)
		}
		if len(todo) == 0 {
			return is, nil
		}
		changed, err := c.patch(ctx, is, todo)
		if !isConflict(err) {
			return changed, err
		}
		if again == maxReapply {
			return nil, &ConflictError{WorkPackage: workPackage, Err: err}
		}
	}
}

func isConflict(err error) bool {
	api, ok := errors.AsType[*APIError](err)
	return ok && api.Status == http.StatusConflict
}

// patch writes settings. The lock version makes it safe to send twice: the
// second of two that arrive is a conflict, and what it wanted is found done.
func (c *Client) patch(ctx context.Context, wp *WorkPackage, todo []setting) (*WorkPackage, error) {
	in := call{op: fmt.Sprintf("change work package %d", wp.ID), method: http.MethodPatch, wp: wp.ID}
	in.url = c.base.api(quietly(), "work_packages", strconv.FormatInt(wp.ID, 10))
	body, err := c.rewrite(ctx, in, wireChange(wp.LockVersion, todo))
	if err != nil {
		return nil, refusal(permission(err, "edit work packages"), wp, todo)
	}
	changed, err := decodeWorkPackage(body)
	if err != nil {
		return nil, c.payload(in, err)
	}
	if err := c.bindSchema(ctx, changed); err != nil {
		return nil, err
	}
	return changed, nil
}

// wireChange is the body of a change: properties beside the lock version, links
// in a place of their own (API.md 6 and 9).
func wireChange(lockVersion int, todo []setting) any {
	body := map[string]any{"lockVersion": lockVersion}
	links := map[string]any{}
	for _, s := range todo {
		if s.link {
			links[s.key] = s.value
		} else {
			body[s.key] = s.value
		}
	}
	if len(links) > 0 {
		body["_links"] = links
	}
	return body
}
