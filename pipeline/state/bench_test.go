package state_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ingest/pipeline"
	"ingest/pipeline/state"
)

// realistic is an entry as large as they are: front matter of 4 kB, what the
// steps found 12 kB, the work package 4 kB. Words are drawn, so that entries do
// not compress better than text does.
func realistic(id int64) *pipeline.Entry {
	r := rand.New(rand.NewPCG(1, uint64(id)))
	at := time.Date(2026, 11, 1, 2, 0, 0, 0, time.UTC).Add(time.Duration(id) * time.Second)
	url := fmt.Sprintf("https://example.org/news/%d", id)
	return &pipeline.Entry{
		ID: id, Subject: words(r, 60), UpdatedAt: at, CheckedAt: at, ReadAt: at, Outcome: pipeline.Updated, Clean: url, Canonical: url,
		Path: fmt.Sprintf("content/%d.md", id), Tracker: object(r, 4<<10), Visit: object(r, 12<<10), Written: object(r, 5<<10),
		Assets: []pipeline.StoredAsset{
			{Name: "a-featuredImage.jpg", SHA256: hex(r), URL: url + "/a.jpg", ETag: `"` + hex(r)[:20] + `"`, LastModified: "Sun, 22 Nov 2026 02:00:00 GMT"},
			{Name: "a-favIconImage.png", SHA256: hex(r), URL: url + "/icon.png", ETag: `"` + hex(r)[:20] + `"`},
		},
	}
}

// words draws from 4,000 words of three to ten letters, the frequent ones often.
func words(r *rand.Rand, size int) string {
	var b strings.Builder
	for b.Len() < size {
		n := int(4000 * r.Float64() * r.Float64() * r.Float64())
		letters := rand.New(rand.NewPCG(2, uint64(n)))
		for range 3 + n%8 {
			b.WriteByte(byte('a' + letters.IntN(26)))
		}
		b.WriteByte(' ')
	}
	return b.String()
}

// object is JSON in the tracker's manner: about a quarter of it when zipped, as
// with the tracker's own.
func object(r *rand.Rand, size int) []byte {
	type link struct {
		Type  string `json:"_type"`
		Href  string `json:"href"`
		Title string `json:"title"`
		Valid bool   `json:"valid"`
	}
	var links []link
	for used := 0; used < size; used += 110 {
		links = append(links, link{"CustomOption", fmt.Sprint("/api/v3/custom_options/", r.IntN(1000)), words(r, 30), true})
	}
	b, _ := json.Marshal(links)
	return b
}

func hex(r *rand.Rand) string {
	return fmt.Sprintf("%016x%016x%016x%016x", r.Uint64(), r.Uint64(), r.Uint64(), r.Uint64())
}

// filled opens a file with n entries.
func filled(b *testing.B, n int64) (db *state.DB, dir string) {
	dir = b.TempDir()
	db = open(b, dir, state.Options{})
	for id := range n {
		if err := db.Put(b.Context(), realistic(id)); err != nil {
			b.Fatal(err)
		}
	}
	return db, dir
}

func BenchmarkPut(b *testing.B) {
	db := open(b, b.TempDir(), state.Options{})
	entries := make([]*pipeline.Entry, 1000)
	for i := range entries {
		entries[i] = realistic(int64(i))
	}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		e := *entries[i%len(entries)]
		e.ID = int64(i)
		if err := db.Put(b.Context(), &e); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkEntry(b *testing.B) {
	db, _ := filled(b, 1000)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		if e, err := db.Entry(b.Context(), int64(i%1000)); err != nil || e == nil {
			b.Fatal(e, err)
		}
	}
}

// BenchmarkEntries walks 10,000 entries, and tells what one takes on disk.
func BenchmarkEntries(b *testing.B) {
	db, dir := filled(b, 10000)
	b.ReportAllocs()
	for b.Loop() {
		for _, err := range db.Entries(b.Context()) {
			if err != nil {
				b.Fatal(err)
			}
		}
	}
	if err := db.Close(); err != nil {
		b.Fatal(err)
	}
	info, err := os.Stat(filepath.Join(dir, "state.db"))
	if err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(info.Size())/10000, "disk-B/entry")
}

// BenchmarkOpen opens and closes a file with 10,000 entries, without and with
// reading it through.
func BenchmarkOpen(b *testing.B) {
	db, dir := filled(b, 10000)
	if err := db.Close(); err != nil {
		b.Fatal(err)
	}
	for _, replace := range []bool{false, true} {
		b.Run(fmt.Sprint("replace=", replace), func(b *testing.B) {
			for b.Loop() {
				db, err := state.Open(b.Context(), filepath.Join(dir, "state.db"), state.Options{Replace: replace})
				if err != nil {
					b.Fatal(err)
				}
				if err := db.Close(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkLists asks what a night asks: what is due, what is stale, what is published.
func BenchmarkLists(b *testing.B) {
	db, _ := filled(b, 10000)
	now := realistic(100).ReadAt
	for b.Loop() {
		if _, err := db.Due(b.Context(), now); err != nil {
			b.Fatal(err)
		}
		if ids, err := db.Stale(b.Context(), now, 100); err != nil || len(ids) != 100 {
			b.Fatal(ids, err)
		}
		if _, err := db.Published(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
}
