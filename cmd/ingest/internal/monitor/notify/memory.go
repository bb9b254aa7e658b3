package notify

import (
	"context"
	"encoding/json"
	"slices"
	"time"
)

// memory is what is wrong, and what people know of it.
type memory struct {
	Troubles map[string]trouble `json:"troubles,omitempty"`
	// Many says that there are more failed work packages than are kept: all is well
	// only when a full run says so.
	Many bool `json:"many,omitempty"`

	Failing bool      `json:"failing,omitempty"` // as people know it
	At      time.Time `json:"at,omitzero"`       // when they were told
	Told    []string  `json:"told,omitempty"`    // the keys of the troubles that they were told of

	Dead     []trouble `json:"dead,omitempty"`      // links that died and were not told of
	MoreDead int       `json:"more_dead,omitempty"` // and beyond those that are kept

	missing map[string]bool // keys of the scheduled runs that this process found missed
	run     runHead         // the last one
}

// factKey is where it is kept.
const factKey = "notify"

// recall reads what an earlier process knew.
func (n *Notifier) recall(ctx context.Context) {
	if n.o.Facts == nil {
		return
	}
	text, err := n.o.Facts.Fact(ctx, factKey)
	if err == nil && text != "" {
		var known memory
		if err = json.Unmarshal([]byte(text), &known); err == nil {
			n.state, n.saved = known, text
		}
	}
	if err != nil {
		n.o.Logger.ErrorContext(ctx, "what people were told of is not known any more, and may be told again", "error", err)
	}
}

// remember writes what has changed.
func (n *Notifier) remember(ctx context.Context) {
	if n.o.Facts == nil {
		return
	}
	text, err := json.Marshal(&n.state)
	if err == nil && string(text) == n.saved {
		return
	}
	if err == nil {
		err = n.o.Facts.SetFact(ctx, factKey, string(text))
	}
	if err != nil {
		n.o.Logger.ErrorContext(ctx, "what people are told of is not remembered", "error", err)
		return
	}
	n.saved = string(text)
}

// occasion is why people are told.
type occasion int

const (
	nothing   occasion = iota
	toFailing          // the first trouble
	toWorse            // a graver kind of trouble than they were told of
	toBetter           // the gravest kind went, and others stay
	further            // a day later, other troubles
	toWell             // the last trouble went
	deadOnly           // nothing but dead links
)

func (m *memory) failing() bool { return m.Many || len(m.Troubles) > 0 }

// occasion says why people are to be told now.
func (m *memory) occasion(now time.Time) occasion {
	switch failing := m.failing(); {
	case failing && !m.Failing:
		return toFailing
	case !failing && m.Failing:
		return toWell
	case failing && m.worst() < m.worstTold():
		return toWorse
	case failing && m.worst() > m.worstTold() && now.Sub(m.At) >= lull: // what comes and goes would be told each time
		return toBetter
	case failing && now.Sub(m.At) >= day && len(m.untold()) > 0:
		return further
	case len(m.Dead) > 0:
		return deadOnly
	}
	return nothing
}

// worst is the gravest kind of the troubles that there are.
func (m *memory) worst() rank {
	worst := failed
	for _, t := range m.Troubles {
		worst = min(worst, t.Rank)
	}
	return worst
}

// worstTold is the gravest kind of those that people were told of.
func (m *memory) worstTold() rank {
	worst := failed
	for _, key := range m.Told {
		worst = min(worst, rankOf(key))
	}
	return worst
}

// untold are the troubles that people do not know of, in the order of a message.
func (m *memory) untold() (untold []trouble) {
	known := make(map[string]bool, len(m.Told))
	for _, key := range m.Told {
		known[key] = true
	}
	for key, t := range m.Troubles {
		if !known[key] {
			untold = append(untold, t)
		}
	}
	slices.SortFunc(untold, compare)
	return untold
}

// told takes note that people were told.
func (m *memory) told(why occasion, now time.Time) {
	m.Dead, m.MoreDead = nil, 0
	if why == deadOnly {
		return
	}
	m.Failing, m.At, m.Told = m.failing(), now, nil
	for key := range m.Troubles {
		m.Told = append(m.Told, key)
	}
	slices.Sort(m.Told)
}
