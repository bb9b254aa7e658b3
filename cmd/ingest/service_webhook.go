package main

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"ingest/cmd/ingest/internal/config"
	"ingest/openproject/webhook"
	"ingest/pipeline"
)

// belonging tells which webhooks can concern the site.
type belonging struct {
	config func() *config.Config
	store  pipeline.Store
	// inQuery asks the tracker whether a work package is in the query's project or
	// a subproject of it.
	inQuery func(ctx context.Context, id int64) (bool, error)
	self    *self

	mu       sync.Mutex
	projects map[int64]bool // by id: those that are the query's
}

// askTime bounds what the tracker is asked while it waits for its webhook's answer.
const askTime = 3 * time.Second

// why returns the reason why an event does not concern the site; "" when it may.
// What was published once does so whatever it has become: it may have to go.
func (b *belonging) why(r *http.Request, e webhook.Event) string {
	if e.Kind == webhook.Comment {
		if why := b.whyComment(r.Context(), e); why != "" {
			return why
		}
	}
	known, err := b.store.Entry(r.Context(), e.WorkPackage)
	if err == nil && known != nil {
		if e.Kind == webhook.WorkPackage && !e.UpdatedAt.IsZero() && !e.UpdatedAt.After(known.UpdatedAt) && known.Outcome != pipeline.Failed {
			return "looked at already"
		}
		if known.Path != "" {
			return ""
		}
	}
	t := b.config().Tracker
	if e.Type.Name != "" && !slices.ContainsFunc(t.Types, func(name string) bool { return strings.EqualFold(strings.TrimSpace(name), e.Type.Name) }) {
		return "type"
	}
	if t.Project == "" || e.Project.ID == 0 || strings.EqualFold(t.Project, e.Project.Identifier) || t.Project == strconv.FormatInt(e.Project.ID, 10) {
		return ""
	}
	if !b.belongs(r.Context(), e) {
		return "project"
	}
	return ""
}

// belongs asks for each project that events come from, until it is known to belong. A
// tracker that does not answer is no reason to miss one.
func (b *belonging) belongs(ctx context.Context, e webhook.Event) bool {
	b.mu.Lock()
	known := b.projects[e.Project.ID]
	b.mu.Unlock()
	if known {
		return true
	}
	ctx, cancel := context.WithTimeout(ctx, askTime)
	defer cancel()
	belongs, err := b.inQuery(ctx, e.WorkPackage)
	if err != nil {
		return true
	}
	if !belongs { // it may be this work package alone that cannot be seen
		return false
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.projects == nil {
		b.projects = map[int64]bool{}
	}
	b.projects[e.Project.ID] = true
	return true
}

// forget makes the next event of each project be asked for anew: the configuration
// may name another one, and another user.
func (b *belonging) forget() {
	b.self.forget()
	b.mu.Lock()
	defer b.mu.Unlock()
	b.projects = nil
}
