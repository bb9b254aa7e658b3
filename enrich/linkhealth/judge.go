package linkhealth

import (
	"net/http"
	"slices"
	"time"
)

// State is what a history of evidence says of a link.
type State string

// The states.
const (
	OK        State = "ok"
	Moved     State = "moved"   // alive, and has a new address for good
	Suspect   State = "suspect" // fails, and not for long enough
	Dead      State = "dead"
	Undecided State = "unknown" // never checked, or nobody could tell
)

// States lists every state in the order in which reports count them.
func States() []State { return []State{OK, Moved, Suspect, Dead, Undecided} }

// Verdict is the judgement of a history.
type Verdict struct {
	State State     `json:"state"`
	Since time.Time `json:"since,omitzero"` // of the first evidence that bears it out
	// Reason is what the last such evidence says, in a few words; it stays the
	// same while nothing changes. "" for OK.
	Reason string `json:"reason,omitempty"`
	// Checks is how many checks, [apart] from each other, bear it out, of those
	// in the history.
	Checks int `json:"checks"`
	// Proposal is the address to link to instead, for Moved.
	Proposal string `json:"proposal,omitempty"`
}

const (
	// apart is how far from each other two checks are that count as two.
	apart = 12 * time.Hour
	// believed is how long an alive link is taken for well through checks that
	// say nothing.
	believed = 30 * 24 * time.Hour
)

// figure is what it takes to be dead: so many checks that failed, and so much
// time between the first and the last of them. See the package comment.
type figure struct {
	checks int
	over   time.Duration
}

func figureRemoved() figure { return figure{2, 24 * time.Hour} }
func figureGone() figure    { return figure{3, 3 * 24 * time.Hour} }
func figureTrouble() figure { return figure{5, 14 * 24 * time.Hour} }

// tally counts evidence of one kind.
type tally struct {
	checks      int
	first, last time.Time // counted
	latest      Evidence
}

func (t *tally) add(e Evidence) {
	t.latest = e
	switch {
	case t.checks == 0:
		t.first = e.At
	case e.At.Sub(t.last) < apart:
		return
	}
	t.checks++
	t.last = e.At
}

func (t tally) reaches(f figure) bool {
	return t.checks >= f.checks && t.last.Sub(t.first) >= f.over
}

func (t tally) verdict(s State) Verdict {
	return Verdict{State: s, Since: t.first, Reason: t.latest.words(), Checks: t.checks}
}

// history is what a row of evidence comes to.
type history struct {
	alive                  tally // with one address, up to the last success
	removed, gone, trouble tally // since then: 410; see Evidence.gone; all failures
	home, silent           tally // since then: sent home; refused or unknown
	broken                 bool  // something went wrong since then
}

// Judge weighs a history of evidence about one link, in any order. Evidence from
// after now is not looked at.
func Judge(evidence []Evidence, now time.Time) Verdict {
	var h history
	for _, e := range ordered(evidence) {
		if !e.At.After(now) {
			h.add(e)
		}
	}
	return h.verdict(now)
}

func ordered(evidence []Evidence) []Evidence {
	return slices.SortedStableFunc(slices.Values(evidence), func(a, b Evidence) int { return a.At.Compare(b.At) })
}

func (h *history) add(e Evidence) {
	switch {
	case e.Class == Alive:
		alive := h.alive
		if h.broken || alive.latest.Moved != e.Moved {
			alive = tally{}
		}
		*h = history{alive: alive}
		h.alive.add(e)
	case e.failed():
		h.broken = true
		h.trouble.add(e)
		if e.gone() {
			h.gone.add(e)
		}
		if e.Status == http.StatusGone && e.Class == Gone {
			h.removed.add(e)
		}
	case e.Class == Home:
		h.broken = true
		h.trouble = tally{} // the site was reached
		h.home.add(e)
	default:
		if e.Class == Refused {
			h.trouble = tally{}
		}
		h.silent.add(e)
	}
}

// doubted reports whether something speaks against the link.
func (h *history) doubted() bool {
	return h.trouble.checks+h.gone.checks+h.home.checks > 0
}

func (h *history) verdict(now time.Time) Verdict {
	switch {
	case h.removed.reaches(figureRemoved()), h.gone.reaches(figureGone()):
		return h.gone.verdict(Dead)
	case h.trouble.reaches(figureTrouble()):
		return h.trouble.verdict(Dead)
	case h.doubted():
		return h.suspect()
	case h.alive.checks == 0, h.silent.checks > 0 && now.Sub(h.alive.latest.At) > believed:
		return h.silent.verdict(Undecided)
	case h.alive.latest.Moved != "":
		v := h.alive.verdict(Moved)
		v.Proposal = h.alive.latest.Moved
		return v
	}
	return h.alive.verdict(OK)
}

// suspect tells of what began first.
func (h *history) suspect() Verdict {
	v := Verdict{}
	for _, t := range []tally{h.trouble, h.gone, h.home} {
		if t.checks > 0 && (v.State == "" || t.first.Before(v.Since)) {
			v = t.verdict(Suspect)
		}
	}
	return v
}
