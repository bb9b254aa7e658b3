package pipeline

import (
	"context"
	"errors"
	"slices"

	"ingest/enrich/linkhealth"
	"ingest/output/archetype"
)

// recallHealth reads what is known of the link of a work package into its job. What
// cannot be read ends the item only where that could put a gap, or a value made of
// one, in the place of a published value: where the archetype uses it and a document
// is remembered. Of one that is not, a links run would not find it out anew, so it
// counts as nothing known, and what the file has of it stays.
func (p *Pipeline) recallHealth(ctx context.Context, j *job) (err error) {
	j.health, err = p.linkHealth(ctx, j.record.ID)
	damaged, one := errors.AsType[*DamagedLinkError](err)
	if !one {
		return err
	}
	shown := p.showsHealth()
	if len(shown) > 0 && j.entry != nil && j.entry.Path != "" {
		return damaged
	}
	j.unknown = shown
	j.warn("state", damaged)
	return nil
}

// linkHealth is what is known of the link of a work package, for its document.
func (p *Pipeline) linkHealth(ctx context.Context, id int64) (*LinkHealth, error) {
	store, ok := p.Store.(LinkStore)
	if !ok {
		return nil, nil
	}
	h, err := store.LinkHealth(ctx, id)
	if _, one := errors.AsType[*DamagedLinkError](err); err != nil && !one {
		err = &StoreError{err}
	}
	return h, err
}

// showsHealth are the paths of the values that the archetype makes of what is known
// of a link, and of what is around them.
func (p *Pipeline) showsHealth() []string { return p.shows(isHealth) }

// isHealth tells the parts of a link that a links run finds out.
func isHealth(part string) bool { return part == "link.health" || part == "link.archived" }

// shows are the paths of the values that the archetype makes of some parts of a link,
// and of what is around them. That there is a link says nothing of its parts: a $when
// may ask for it.
func (p *Pipeline) shows(some func(part string) bool) (paths []string) {
	for _, origin := range p.Template.Origins() {
		if slices.Contains(origin.Own, "link") || slices.ContainsFunc(origin.Parts, some) {
			paths = append(paths, outward(origin)...)
		}
	}
	return paths
}

// withHealth adds to a link what is known of it, when that is about the same
// address.
func withHealth(l *archetype.Link, h *LinkHealth) *archetype.Link {
	if l == nil || h == nil || h.URL != l.Href {
		return l
	}
	if h.Verdict.State != linkhealth.Undecided {
		l.Health = string(h.Verdict.State)
	}
	l.Archived = h.Archived.URL
	return l
}
