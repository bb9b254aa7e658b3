package main

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestBenchmarks(t *testing.T) {
	out := "goos: linux\nBenchmarkClean/no_query-2 \t 100\t       233.2 ns/op\t       0 B/op\t       0 allocs/op\nBenchmarkCorpus \t 1\t 5 ns/op\t 1.213 ratio-median\nPASS\n"
	want := []cost{{"Clean/no query-2", "233.2 ns/op, 0 B/op, 0 allocs/op"}, {"Corpus", "5 ns/op, 1.213 ratio-median"}}
	if diff := cmp.Diff(want, benchmarks(out), cmp.AllowUnexported(cost{})); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestByKind(t *testing.T) {
	got, err := byKind([]byte("{\"set\":\"a\"}\n{\"set\":\"b\",\"page_type\":\"forum\"}\n{\"set\":\"a\",\"id\":2}\n"))
	if err != nil || string(got["a"]) != "{\"set\":\"a\"}\n{\"set\":\"a\",\"id\":2}\n" || len(got) != 2 || got["forum"] == nil {
		t.Errorf("got %q, error %v", got, err)
	}
	if _, err := byKind([]byte("no json\n")); err == nil {
		t.Error("a line that is no JSON gave no error")
	}
}

// The tables name every field, with the figure that was measured.
func TestMarkdown(t *testing.T) {
	all := 100.0
	q := quality{links: linkScore{Pairs: 3, All: 98.76, Idempotent: &all}, pages: pageScore{Pages: 7, Overall: 0.5, Fields: map[string]fieldScore{"title": {N: 4, Accuracy: 0.123}}},
		kinds: map[string]pageScore{"forum": {Pages: 2, Fields: map[string]fieldScore{"title": {N: 2, Accuracy: 0.5}}}}, costs: []cost{{"Corpus", "1.2 ratio"}}}
	text := q.markdown()
	for _, want := range []string{"| all right, byte for byte | 98.8 |", "| title | 4 | 0.0 | 0.0 | 12.3 | ≥ 88 | 77.0 (defuddle) |", "**50.0**", "| forum | 2 | 50.0 | | |", "| Corpus | 1.2 ratio |"} {
		if !strings.Contains(text, want) {
			t.Errorf("not in it: %q", want)
		}
	}
	for _, name := range fieldOrder() {
		if bestPages()[name] == "" || goals()[name] == "" {
			t.Errorf("%s has no goal or no peer", name)
		}
	}
}
