package pipeline

import (
	"context"
	"errors"
	"iter"
	"slices"

	"ingest/enrich"
	"ingest/enrich/linkhealth"
)

// link is one published link in a run.
type link struct {
	subject string
	health  *LinkHealth
	was     linkhealth.State     // before the run
	found   *linkhealth.Evidence // by this run; nil when it was not checked
	changed bool                 // there is something to record
}

// published lists the links of the documents that are on the site, all of them
// or the named ones, in the order in which they are named.
func (l *Links) published(ctx context.Context, ids []int64, report *Report) (all []*link, err error) {
	told := map[int64]bool{}
	for e, err := range l.entries(ctx, ids) {
		visit, err := visitOnSite(e, err)
		if damaged, ok := errors.AsType[*DamagedEntryError](err); ok {
			report.Warnings = append(report.Warnings, Warning{Step: "links", Text: damaged.Error(), Hint: damaged.Hint()})
			told[damaged.ID] = true // one that is damaged must not keep the others from being checked
			continue
		}
		if err != nil {
			return nil, err
		}
		if visit == nil || visit.Link == nil || visit.Link.Href == "" {
			continue
		}
		one, err := l.linkOf(ctx, e, visit, report)
		if err != nil {
			return nil, err
		}
		told[e.ID] = true
		all = append(all, one)
	}
	if len(all) == 0 && len(ids) == 0 {
		report.Warnings = append(report.Warnings, Warning{Step: "links", Text: "no published link is remembered", Hint: "run ingest first"})
	}
	for _, id := range ids {
		if !told[id] {
			report.warnOfLink(id, "no link of it is published", "run ingest --wp for it, or look at its source URL in the tracker")
		}
	}
	return all, l.clear(ctx, ids, all, report)
}

// clear puts nothing in the place of what cannot be read of the named links that are
// not published: those that are begin anew.
func (l *Links) clear(ctx context.Context, ids []int64, published []*link, report *Report) error {
	for _, id := range ids {
		if slices.ContainsFunc(published, func(one *link) bool { return one.health.ID == id }) {
			continue
		}
		_, err := l.Store.LinkHealth(ctx, id)
		if damaged, ok := errors.AsType[*DamagedLinkError](err); ok {
			report.Warnings = append(report.Warnings, Warning{Step: "links", Text: damaged.Error(), Hint: "it is dropped"})
			err = l.Store.PutLinkHealth(ctx, &LinkHealth{ID: id})
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// visitOnSite is the visit of an entry whose document is on the site, nil for any
// other. err is that of reading the entry.
func visitOnSite(e *Entry, err error) (*enrich.Visit, error) {
	if err != nil || e.Path == "" || e.Outcome == Removed {
		return nil, err
	}
	return visitOf(e)
}

// entries yields what is remembered of the named work packages, or of all.
func (l *Links) entries(ctx context.Context, ids []int64) iter.Seq2[*Entry, error] {
	if len(ids) == 0 {
		return l.Store.Entries(ctx)
	}
	return func(yield func(*Entry, error) bool) {
		for _, id := range ids {
			e, err := l.Store.Entry(ctx, id)
			if (e != nil || err != nil) && !yield(e, err) {
				return
			}
		}
	}
}

// linkOf gives the link of an entry with what is known of it. A link that was
// exchanged begins anew, and so does one of which that cannot be read.
func (l *Links) linkOf(ctx context.Context, e *Entry, visit *enrich.Visit, report *Report) (*link, error) {
	health, err := l.Store.LinkHealth(ctx, e.ID)
	if damaged, ok := errors.AsType[*DamagedLinkError](err); ok {
		report.Warnings = append(report.Warnings, Warning{Step: "links", Text: damaged.Error(), Hint: "it begins anew"})
		health, err = nil, nil
	}
	if err != nil {
		return nil, err
	}
	if health == nil || health.URL != visit.Link.Href {
		health = &LinkHealth{ID: e.ID, URL: visit.Link.Href, Verdict: linkhealth.Judge(nil, l.now())}
	}
	one := &link{subject: e.Subject, health: health, was: health.Verdict.State}
	if read := visit.ReadAt; read.After(health.CheckedAt()) && !read.After(l.now()) { // a run has read the page: as good as a check
		one.take(linkhealth.Evidence{At: read.UTC(), Class: linkhealth.Alive, Detail: linkhealth.ReadByRun})
		health.Verdict = linkhealth.Judge(health.Evidence, l.now())
	}
	return one, nil
}

// take adds evidence.
func (o *link) take(e linkhealth.Evidence) {
	o.health.Evidence = linkhealth.Trim(append(o.health.Evidence, e))
	o.changed = true
}
