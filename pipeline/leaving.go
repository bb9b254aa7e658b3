package pipeline

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"ingest/enrich"
	"ingest/openproject"
)

// unfit makes the job of a named work package that could not be read, or is not one
// of the site's. Where it has a document, that stays until a prune decides, and so
// does what is remembered; only why it should go is noted.
func (p *Pipeline) unfit(ctx context.Context, r *record, why error) *job {
	j := &job{record: r, err: why, unread: true, seen: r.UpdatedAt, done: make(chan result, 1)}
	reason := leavingReason(r.ID, why)
	if p.Store == nil || reason == "" {
		return j
	}
	e, err := p.known(ctx, r.ID)
	if _, damaged := errors.AsType[*DamagedEntryError](err); err != nil && !damaged {
		j.err = &StoreError{err}
	}
	if err != nil || e == nil || e.Path == "" || e.Outcome == Removed {
		return j
	}
	if r.Subject == "" { // it was not read
		r.Subject = e.Subject
	}
	j.entry, j.noted, j.leaves = e, true, reason
	return j
}

// leavingReason is why a work package is not one of the site's any more, "" where the
// error does not say that.
func leavingReason(id int64, why error) string {
	if skip, ok := errors.AsType[*enrich.Skip](why); ok {
		return skip.Reason
	}
	if wordOn(id, why) == http.StatusNotFound {
		return "the tracker does not show it any more (404), so it is deleted or hidden from ingest"
	}
	return ""
}

// wordOn is the status with which the tracker itself refused a work package, 0 for any
// other error: a proxy's page says nothing of it.
func wordOn(id int64, err error) int {
	api, ok := errors.AsType[*openproject.APIError](err)
	if !ok || api.Identifier == "" || !strings.HasSuffix(api.URL, fmt.Sprintf("/work_packages/%d", id)) {
		return 0
	}
	return api.Status
}

// rememberLeaving notes why a document should leave the site. Its entry stays as it
// is otherwise: what it is made of again is the work package as it belonged.
func (p *Pipeline) rememberLeaving(ctx context.Context, j *job, r result) error {
	e := *j.entry
	e.Outcome, e.CheckedAt = Unchanged, p.now()
	e.Attention = fmt.Sprintf("%s; its document %s stays on the site until %s", j.leaves, e.Path, p.wayOff(e.ID))
	e.Error = e.Attention
	if r.err != nil { // it may be shown again, and nothing about it be newer
		e.retry(true, p.now())
	}
	return p.Store.Put(ctx, &e)
}

// wayOff says what takes a document off the site.
func (p *Pipeline) wayOff(id int64) string {
	if p.Pruning.removes() {
		return fmt.Sprintf("a full run or ingest prune --wp %d takes it off", id)
	}
	return fmt.Sprintf("ingest prune --wp %d --mode delete removes it or --mode draft marks it as a draft", id)
}

// leaving says that a document is there whose work package was found not to belong to
// the site: its entry has an error although nothing failed.
func (e *Entry) leaving() bool { return e != nil && e.Outcome == Unchanged && e.Error != "" }
