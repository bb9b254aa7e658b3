package explain

import (
	"slices"
	"strings"
	"time"

	"ingest/enrich"
	"ingest/enrich/urlclean"
	"ingest/output"
	"ingest/pipeline"
)

// Of gives an account of a retraced document. clean is the cleaner of the run,
// by which the removed parameters are told.
func Of(r *pipeline.Retraced, clean func(url string) urlclean.Result) *Explanation {
	e := r.Entry
	x := &Explanation{ID: e.ID, Subject: e.Subject, Path: e.Path, Address: r.Address, Outcome: e.Outcome, CheckedAt: e.CheckedAt,
		Error: e.Error, Attention: e.Attention, UpdatedAt: e.UpdatedAt, ReadAt: e.ReadAt, NextTry: e.NextTry, Failures: e.Failures,
		Keys: []Key{}, Warnings: []pipeline.Warning{}}
	a := account{r}
	if link := a.link(); link != nil {
		x.Link = walk(link, clean)
	}
	if r.Visit != nil {
		x.warn(r.Visit.Warnings)
	}
	if r.Item == nil {
		return x
	}
	x.Tracker, x.Next = r.Env.WP.URL, pipeline.Outcome(r.Result.Outcome)
	x.warn(r.Item.Warnings)
	x.Keys = a.keys()
	return x
}

func (x *Explanation) warn(warnings []enrich.Warning) {
	for _, w := range warnings {
		x.Warnings = append(x.Warnings, pipeline.Warning{Step: w.Step, Text: w.Text, Hint: w.Hint})
	}
}

// Narrow leaves only the keys at or below one of the paths, "body" for the body;
// none leaves all.
func (x *Explanation) Narrow(paths ...string) {
	if len(paths) == 0 {
		return
	}
	x.Keys = slices.DeleteFunc(x.Keys, func(k Key) bool {
		return !slices.ContainsFunc(paths, func(path string) bool { return covers(path, k.Key) || path == "body" && k.Key == output.BodyKey })
	})
}

// account is what the explanation is made of.
type account struct{ r *pipeline.Retraced }

// link is that of the item, or else that of the last visit.
func (a account) link() *enrich.Link {
	switch {
	case a.r.Item != nil:
		return a.r.Item.Link
	case a.r.Visit != nil:
		return a.r.Visit.Link
	}
	return nil
}

// walk tells what became of a link.
func walk(l *enrich.Link, clean func(string) urlclean.Result) *Link {
	first := clean(strings.TrimSpace(l.Original))
	w := &Link{Original: l.Original, Clean: l.Clean, Href: l.Href, Canonical: l.Canonical, Hops: []Hop{},
		Removed: first.Removed, Unwrapped: first.Unwrapped, Notes: first.Notes}
	for i, hop := range l.Hops {
		h := Hop{Number: i + 1, URL: hop.URL, Clean: hop.Clean, Reason: string(hop.Reason), Status: hop.Status, Robots: string(hop.Robots), Removed: []urlclean.Removal{}}
		if i > 0 {
			result := clean(hop.URL)
			h.Removed, h.Unwrapped, h.Notes = result.Removed, result.Unwrapped, result.Notes
		}
		w.Hops = append(w.Hops, h)
	}
	return w
}

// lost says why one of the parts could not be had on the last visit, and since
// when the page has not been read if that is why; "" if all could.
func (a account) lost(parts []string) (why string, since time.Time) {
	if a.r.Visit == nil {
		return "", since
	}
	for _, part := range a.r.Visit.Lost {
		if !slices.ContainsFunc(parts, func(p string) bool { return names(p)[0] == string(part) }) {
			continue
		}
		if slices.Contains(a.r.Visit.Lost, enrich.PartPage) {
			return a.told("the source page could not be read", enrich.Follow{}.Name(), enrich.Scrape{}.Name()), a.r.Entry.ReadAt
		}
		var tries []string
		for _, refused := range a.r.Visit.Refused {
			if refused.Part == part {
				tries = append(tries, cut(refused.Source)+": "+refused.Reason)
			}
		}
		if len(tries) > 0 {
			return strings.Join(tries, "; "), since
		}
		return a.told("it could not be had", enrich.Assets{}.Name(), "attachments"), since
	}
	return "", since
}

// told is what steps of the last visit had to say, otherwise if that is nothing.
func (a account) told(otherwise string, steps ...string) string {
	var texts []string
	for _, w := range a.r.Visit.Warnings {
		if slices.Contains(steps, w.Step) {
			texts = append(texts, w.Text)
		}
	}
	if len(texts) == 0 {
		return otherwise
	}
	return strings.Join(texts, "; ")
}
