package pipeline

import (
	"cmp"
	"slices"
	"time"

	"ingest/enrich/linkhealth"
)

const (
	// suspectEvery is how often a link that fails is checked: once in a nightly
	// run, which does not begin at the same second each night.
	suspectEvery = 20 * time.Hour
	// controls is how many links that could be reached before go along with
	// those that could not: as many as linkhealth.Outage wants to see fail.
	controls = 5
)

// choose lists what this run checks, suspects first, then those that wait
// longest. left is how many are due and stay for another run.
func (l *Links) choose(all []*link, s LinkSelection) (todo []*link, left int) {
	if len(s.IDs) > 0 || s.All {
		return all, 0
	}
	byAge := slices.Clone(all)
	slices.SortStableFunc(byAge, func(a, b *link) int {
		return cmp.Or(cmp.Compare(b.urgency(), a.urgency()), a.health.CheckedAt().Compare(b.health.CheckedAt()))
	})
	var rest []*link
	for _, one := range byAge {
		switch {
		case !l.due(one):
			rest = append(rest, one)
		case l.PerRun > 0 && len(todo) >= l.PerRun:
			left++
		default:
			todo = append(todo, one)
		}
	}
	return append(todo, witnesses(todo, rest)...), left
}

// urgency puts what fails before all else.
func (o *link) urgency() int {
	if o.health.Verdict.State == linkhealth.Suspect {
		return 1
	}
	return 0
}

func (l *Links) due(o *link) bool {
	wait := l.every()
	if o.health.Verdict.State == linkhealth.Suspect {
		wait = min(wait, suspectEvery)
	}
	return !l.now().Before(o.health.CheckedAt().Add(wait))
}

// witnesses chooses links that were well to go along with those that could not
// be reached, which alone cannot tell whose network it is.
func witnesses(todo, rest []*link) (chosen []*link) {
	reached := 0
	for _, one := range todo {
		if !one.health.latest().Network() {
			reached++
		}
	}
	if reached == len(todo) {
		return nil
	}
	for _, one := range rest {
		well := one.health.Verdict.State == linkhealth.OK || one.health.Verdict.State == linkhealth.Moved
		if well && reached+len(chosen) < controls {
			chosen = append(chosen, one)
		}
	}
	return chosen
}
