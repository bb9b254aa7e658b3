package notify

import (
	"cmp"
	"fmt"
	"time"

	"ingest/cmd/ingest/internal/daemon"
	"ingest/enrich/linkhealth"
	"ingest/pipeline"
)

// Bounds of what is kept: enough for a message, whatever happens.
const (
	maxTroubles = 5000 // of which the ids are kept
	maxDetails  = 100  // of which the texts are kept
	maxText     = 300  // characters of a text
	maxName     = 60
)

// rank is the place of a trouble in a message: the gravest first.
type rank int

const (
	stopped rank = iota
	missed
	skipped
	failed
)

// trouble is something that is wrong.
type trouble struct {
	Rank  rank   `json:"rank"`
	ID    int64  `json:"id,omitempty"` // of the work package
	What  string `json:"what,omitempty"`
	Error string `json:"error,omitempty"`
	Hint  string `json:"hint,omitempty"`
}

// compare orders troubles for a message.
func compare(a, b trouble) int {
	return cmp.Or(cmp.Compare(a.Rank, b.Rank), cmp.Compare(a.ID, b.ID), cmp.Compare(a.What, b.What))
}

func newTrouble(r rank, id int64, what, err, hint string) trouble {
	return trouble{Rank: r, ID: id, What: line(what, maxText), Error: line(err, maxText), Hint: line(hint, maxText)}
}

func itemKey(id int64) string                { return fmt.Sprintf("item %d", id) }
func runKey(r rank, kind daemon.Kind) string { return fmt.Sprintf("run %d %s", r, kind) }

// rankOf reads the kind of a trouble out of its key.
func rankOf(key string) rank {
	r := failed
	if _, err := fmt.Sscanf(key, "run %d", &r); err != nil {
		return failed // of a work package
	}
	return r
}

// add takes a trouble in, with its texts as long as there are few.
func (m *memory) add(key string, t trouble) {
	before, known := m.Troubles[key]
	bare := trouble{Rank: t.Rank, ID: t.ID}
	switch {
	case t.Rank != failed:
	case !known && len(m.Troubles) >= maxTroubles:
		m.Many = true
		return
	case (!known || before == bare) && len(m.Troubles) >= maxDetails:
		t = bare
	}
	if m.Troubles == nil {
		m.Troubles = map[string]trouble{}
	}
	m.Troubles[key] = t
}

// observe draws from a run what is wrong and what is no longer.
func (m *memory) observe(r daemon.Run) {
	m.run = headOf(r)
	switch {
	case r.State == daemon.Skipped:
		m.add(runKey(skipped, r.Kind), newTrouble(skipped, 0, fmt.Sprintf("The run (%s, by %s) was skipped", r.Kind, r.Trigger), r.Error, r.Advice))
		return
	case r.State == daemon.Stopped && (r.Report == nil || !r.Report.Interrupted):
		m.add(runKey(stopped, r.Kind), newTrouble(stopped, 0, fmt.Sprintf("The run (%s) was stopped", r.Kind), r.Error, r.Advice))
	case r.State == daemon.Done:
		for _, kind := range proven(r.Kind) {
			for _, r := range []rank{stopped, missed, skipped} {
				delete(m.Troubles, runKey(r, kind))
			}
		}
	}
	if r.Report == nil {
		return
	}
	if r.Kind == daemon.Full && r.State == daemon.Done {
		m.forgetItems() // the run has met all that there are
	}
	for _, item := range r.Report.Items {
		switch {
		case item.Outcome != pipeline.Failed:
			delete(m.Troubles, itemKey(item.ID))
		case !item.Unread: // else no run would ever show that it is over
			m.add(itemKey(item.ID), newTrouble(failed, item.ID, item.Subject, item.Error, item.Hint))
		}
	}
	m.bury(r.Report.Links)
}

// proven are the kinds of runs that a run which came to its end shows to work.
func proven(kind daemon.Kind) []daemon.Kind {
	switch kind {
	case daemon.Full:
		return []daemon.Kind{daemon.Full, daemon.Incremental, daemon.Named}
	case daemon.Incremental:
		return []daemon.Kind{daemon.Incremental, daemon.Named}
	}
	return []daemon.Kind{kind}
}

func (m *memory) forgetItems() {
	m.Many = false
	for key, t := range m.Troubles {
		if t.Rank == failed {
			delete(m.Troubles, key)
		}
	}
}

// bury notes the links that died.
func (m *memory) bury(links *pipeline.LinkReport) {
	if links == nil {
		return
	}
	for _, item := range links.Items {
		switch {
		case item.State != linkhealth.Dead || item.Was == linkhealth.Dead:
		case len(m.Dead) >= maxDetails:
			m.MoreDead++
		default:
			m.Dead = append(m.Dead, newTrouble(failed, item.ID, item.Subject, item.URL+" is dead: "+item.Reason, archived(item)))
		}
	}
}

func archived(item pipeline.LinkItem) string {
	if item.Archived == nil {
		return ""
	}
	return "an archived copy is at " + item.Archived.URL
}

// miss takes over which scheduled runs are missed at present. What an earlier
// process missed stays until a run comes to its end: a restart alone mends nothing.
func (m *memory) miss(all []Missed) {
	present := map[string]bool{}
	for _, one := range all {
		key := runKey(missed, one.Kind)
		present[key] = true
		m.add(key, newTrouble(missed, 0, fmt.Sprintf("The run of %s was missed", one.Schedule),
			"none came to its end since it was due at "+one.Due.UTC().Format(time.RFC3339), "see in the log what keeps it"))
	}
	for key := range m.missing {
		if !present[key] {
			delete(m.Troubles, key)
		}
	}
	m.missing = present
}
