package state_test

import (
	"testing"

	"ingest/enrich/linkhealth"
	"ingest/pipeline"
	"ingest/pipeline/state"
	"ingest/pipeline/state/statetest"
)

func TestListingsOfDB(t *testing.T) {
	statetest.Listings(t, func(t *testing.T) statetest.Lister { return open(t, t.TempDir(), state.Options{}) })
}

func TestListingsOfMemory(t *testing.T) {
	statetest.Listings(t, func(*testing.T) statetest.Lister { return state.NewMemory() })
}

// BenchmarkListings asks what the first page and a search ask, of 100,000 entries
// with long blobs between the rows.
func BenchmarkListings(b *testing.B) {
	db, _ := hundredThousand(b)
	for name, ask := range map[string]func() error{
		"standings":           func() error { _, err := db.Standings(b.Context()); return err },
		"duplicates":          func() error { _, err := db.Duplicates(b.Context()); return err },
		"all":                 list(b, db, state.Choice{Limit: 50}),
		"all, last page":      list(b, db, state.Choice{Limit: 50, Offset: 99_950}),
		"attention":           list(b, db, state.Choice{Limit: 20, Standings: []state.Standing{state.Attention, state.Failed}}),
		"published":           list(b, db, state.Choice{Limit: 50, Standings: []state.Standing{state.Published}}),
		"a word that is rare": list(b, db, state.Choice{Limit: 50, Text: "news/77777"}),
		"a word in all":       list(b, db, state.Choice{Limit: 50, Text: "news"}),
		"two words":           list(b, db, state.Choice{Limit: 50, Text: "zürich 3960"}),
		"dead":                list(b, db, state.Choice{Limit: 20, Link: linkhealth.Dead}),
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if err := ask(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func list(b *testing.B, db *state.DB, c state.Choice) func() error {
	return func() error { _, err := db.List(b.Context(), c); return err }
}

// hundredThousand opens a file with as many entries: a tenth wants attention, one
// in a thousand shares its page with another, one in a hundred has a dead link.
func hundredThousand(b *testing.B) (*state.DB, string) {
	dir := b.TempDir()
	db := open(b, dir, state.Options{})
	var links []*pipeline.LinkHealth
	for id := range int64(100_000) {
		e := realistic(id)
		if id%10 == 0 {
			e.Attention = "no image"
		}
		if id%1000 == 1 {
			e.Clean = "https://example.org/news/0"
		}
		if err := db.Put(b.Context(), e); err != nil {
			b.Fatal(err)
		}
		health := linkhealth.OK
		if id%100 == 0 {
			health = linkhealth.Dead
		}
		links = append(links, statetest.LinkHealth(id, health))
	}
	if err := db.PutLinkHealth(b.Context(), links...); err != nil {
		b.Fatal(err)
	}
	return db, dir
}
