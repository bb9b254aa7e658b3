package statetest

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"ingest/pipeline"
)

func due(t *testing.T, s pipeline.Store) {
	now := time.Date(2026, 11, 22, 2, 0, 0, 0, time.UTC)
	for id, next := range map[int64]time.Time{5: now, 4: now.Add(-48 * time.Hour), 3: now.Add(time.Microsecond), 2: {}, 1: now.Add(-time.Microsecond)} {
		put(t, s, &pipeline.Entry{ID: id, NextTry: next})
	}
	ids, err := s.Due(t.Context(), now)
	same(t, "due", ids, []int64{1, 4, 5}, err)
}

func stale(t *testing.T, s pipeline.Store) {
	now := time.Date(2026, 11, 22, 2, 0, 0, 0, time.UTC)
	for id, read := range map[int64]time.Time{6: now.Add(-2), 5: now, 4: now.Add(-time.Hour), 3: now.Add(-48 * time.Hour), 2: {}, 1: now.Add(-time.Hour)} {
		put(t, s, &pipeline.Entry{ID: id, ReadAt: read})
	}
	for limit, want := range map[int][]int64{10: {3, 1, 4, 6}, 2: {3, 1}, 0: nil, -1: nil} {
		ids, err := s.Stale(t.Context(), now, limit)
		same(t, fmt.Sprint("limit ", limit), append([]int64(nil), ids...), want, err)
	}
}

func published(t *testing.T, s pipeline.Store) {
	for id, e := range map[int64]pipeline.Entry{7: {Outcome: pipeline.Created}, 6: {Outcome: pipeline.Updated, Attention: "a warning"}, 5: {Outcome: pipeline.Failed, Attention: "an error"},
		4: {Outcome: pipeline.Skipped}, 3: {Outcome: pipeline.Removed}, 2: {Outcome: pipeline.Unchanged}} {
		e.ID = id
		put(t, s, &e)
	}
	ids, err := s.Published(t.Context())
	same(t, "published", ids, []int64{2, 6, 7}, err)
}

func withURL(t *testing.T, s pipeline.Store) {
	const a, b = "https://example.org/a", "https://example.org/b"
	for id, urls := range map[int64][2]string{5: {a, ""}, 4: {"", a}, 3: {b, a}, 2: {a, a}, 1: {b, b}, 6: {}, 7: {a + "/", strings.ToUpper(a)}} {
		put(t, s, &pipeline.Entry{ID: id, Clean: urls[0], Canonical: urls[1]})
	}
	for url, want := range map[string][]int64{a: {2, 3, 4, 5}, b: {1, 3}, "": nil, "https://example.org/": nil} {
		ids, err := s.WithURL(t.Context(), url)
		same(t, url, append([]int64(nil), ids...), want, err)
	}
}

func facts(t *testing.T, s pipeline.Store) {
	for _, step := range []struct{ key, value string }{
		{"watermark", "one"}, {"watermark", "two"}, {"watermark", ""}, {"watermark", ""}, {"", "no name"}, {"bytes", "\x00\xff"},
	} {
		if err := s.SetFact(t.Context(), step.key, step.value); err != nil {
			t.Fatal(err)
		}
		got, err := s.Fact(t.Context(), step.key)
		same(t, fmt.Sprintf("%q", step.key), got, step.value, err)
	}
}

func runs(t *testing.T, s pipeline.Store) {
	started := time.Date(2026, 11, 22, 2, 0, 0, 0, time.UTC)
	var want []*pipeline.Report
	for n := range 3 {
		r := &pipeline.Report{Started: started.Add(time.Duration(-n) * time.Hour), Counts: map[pipeline.Outcome]int{pipeline.Created: n},
			Warnings: []pipeline.Warning{{Text: strings.Repeat("so ", 400*n)}}, Items: []pipeline.ItemReport{}}
		if err := s.SaveRun(t.Context(), r); err != nil {
			t.Fatal(err)
		}
		want = append([]*pipeline.Report{r}, want...) // by when it was saved: clocks are set back
	}
	for n, want := range map[int][]*pipeline.Report{10: want, 2: want[:2], 0: nil, -1: nil} {
		got, err := s.Runs(t.Context(), n)
		same(t, fmt.Sprint("the last ", n), append([]*pipeline.Report(nil), got...), want, err)
	}
}
