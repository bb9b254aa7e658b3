package enrich

import (
	"cmp"
	"context"
	"slices"
	"strings"
)

// Offering is a product offering that documents may be related to.
type Offering struct {
	ID        int64
	Label     string
	Permalink string
	Topics    []string
}

// Catalogue finds offerings by topic. It is built once a run and only read
// after that, from any number of goroutines. The zero value is empty.
type Catalogue struct {
	offerings []Offering
	byTopic   map[string][]int // folded topic to indexes of offerings
}

// NewCatalogue indexes offerings by their topics.
func NewCatalogue(offerings []Offering) *Catalogue {
	c := &Catalogue{offerings: slices.Clone(offerings), byTopic: make(map[string][]int)}
	for i, offering := range c.offerings {
		for _, topic := range distinct(offering.Topics) {
			c.byTopic[topic] = append(c.byTopic[topic], i)
		}
	}
	return c
}

// Related returns at most limit offerings that share a topic: those with the
// most shared topics first, of these the newest (highest id) first. Topics are
// compared without regard to letter case and surrounding blanks.
func (c *Catalogue) Related(topics []string, limit int) []Offering {
	shared := make(map[int]int)
	for _, topic := range distinct(topics) {
		for _, i := range c.byTopic[topic] {
			shared[i]++
		}
	}
	indexes := make([]int, 0, len(shared))
	for i := range shared {
		indexes = append(indexes, i)
	}
	slices.SortFunc(indexes, func(a, b int) int {
		return cmp.Or(cmp.Compare(shared[b], shared[a]), cmp.Compare(c.offerings[b].ID, c.offerings[a].ID), cmp.Compare(a, b))
	})
	related := make([]Offering, 0, min(limit, len(indexes)))
	for _, i := range indexes[:min(limit, len(indexes))] {
		related = append(related, c.offerings[i])
	}
	return related
}

// distinct folds topics and drops empty and repeated ones.
func distinct(topics []string) []string {
	folded := make([]string, 0, len(topics))
	for _, topic := range topics {
		if key := strings.ToLower(strings.TrimSpace(topic)); key != "" && !slices.Contains(folded, key) {
			folded = append(folded, key)
		}
	}
	return folded
}

// Relate is the step that finds related offerings.
type Relate struct {
	Catalogue *Catalogue // nil relates nothing
	Limit     int        // most offerings per item
}

// Name returns "relate".
func (Relate) Name() string { return "relate" }

// Apply sets the item's offerings.
func (r Relate) Apply(_ context.Context, it *Item) error {
	if r.Catalogue != nil {
		it.Offerings = r.Catalogue.Related(it.Topics, r.Limit)
	}
	return nil
}
