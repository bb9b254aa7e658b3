package statetest

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"ingest/enrich/linkhealth"
	"ingest/pipeline"
	"ingest/pipeline/state"
)

// Lister is a store whose entries and runs can be looked through.
type Lister interface {
	pipeline.LinkStore
	List(ctx context.Context, c state.Choice) (*state.Listing, error)
	Standings(ctx context.Context) (map[state.Standing]int, error)
	Duplicates(ctx context.Context) ([][]int64, error)
	Past(ctx context.Context, id int64, n int) ([]state.PastItem, error)
	RunHeads(ctx context.Context, n int) ([]*pipeline.Report, error)
	FindRun(ctx context.Context, sought func(head *pipeline.Report) bool) (*pipeline.Report, error)
}

// Listings runs the part of the contract that is about looking through a store.
// open is as that of [Store].
func Listings(t *testing.T, open func(t *testing.T) Lister) {
	for name, test := range map[string]func(*testing.T, Lister){
		"an empty store lists nothing":       listNothing,
		"a line says what the entry does":    listLine,
		"the latest change comes first":      listOrder,
		"pages":                              listPages,
		"by standing":                        listStandings,
		"by words":                           listWords,
		"by link and id":                     listLinks,
		"duplicates":                         listDuplicates,
		"past outcomes of an entry":          listPast,
		"heads of runs, and one in whole":    listRuns,
		"a context that ended lists nothing": listEnded,
	} {
		t.Run(name, func(t *testing.T) { test(t, open(t)) })
	}
}

// listed are the ids that are chosen, and how many there are.
func listed(t *testing.T, s Lister, c state.Choice) (ids []int64, total int) {
	t.Helper()
	l, err := s.List(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range l.Lines {
		ids = append(ids, line.ID)
	}
	return ids, l.Total
}

func lists(t *testing.T, s Lister, what string, c state.Choice, want ...int64) {
	t.Helper()
	c.Limit = 100
	ids, total := listed(t, s, c)
	same(t, what, ids, want, nil)
	same(t, what+", in all", total, len(want), nil)
}

func listNothing(t *testing.T, s Lister) {
	lists(t, s, "all", state.Choice{})
	lists(t, s, "some", state.Choice{Text: "a", Link: linkhealth.Dead, IDs: []int64{1}, Standings: []state.Standing{state.Failed}})
	standings, err := s.Standings(t.Context())
	same(t, "standings", standings, map[state.Standing]int{}, err)
	groups, err := s.Duplicates(t.Context())
	same(t, "duplicates", groups, nil, err)
	past, err := s.Past(t.Context(), 1, 10)
	same(t, "past", past, nil, err)
	heads, err := s.RunHeads(t.Context(), 10)
	same(t, "runs", heads, nil, err)
	report, err := s.FindRun(t.Context(), func(*pipeline.Report) bool { return true })
	same(t, "run", report, nil, err)
}

func listLine(t *testing.T, s Lister) {
	putLinks(t, s, LinkHealth(7, linkhealth.Moved))
	e := Entry(7)
	put(t, s, e)
	want := state.Line{ID: 7, Subject: e.Subject, UpdatedAt: e.UpdatedAt, CheckedAt: e.CheckedAt, Standing: state.Failed, Outcome: e.Outcome,
		Error: e.Error, Attention: e.Attention, Clean: e.Clean, Canonical: e.Canonical, Path: e.Path, Link: linkhealth.Moved}
	l, err := s.List(t.Context(), state.Choice{Limit: 1})
	same(t, "listing", l, &state.Listing{Lines: []state.Line{want}, Total: 1}, err)
}

func listOrder(t *testing.T, s Lister) {
	at := time.Date(2026, 11, 22, 2, 0, 0, 0, time.UTC)
	for id, updated := range map[int64]time.Time{5: at, 4: at.Add(time.Microsecond), 3: {}, 2: at, 1: at.Add(-time.Hour)} {
		put(t, s, &pipeline.Entry{ID: id, UpdatedAt: updated})
	}
	lists(t, s, "all", state.Choice{}, 4, 5, 2, 1, 3)
}

func listPages(t *testing.T, s Lister) {
	for id := range int64(5) {
		put(t, s, &pipeline.Entry{ID: id})
	}
	for c, want := range map[*state.Choice][]int64{
		{}: nil, {Limit: -1}: nil, {Limit: 2}: {4, 3}, {Limit: 2, Offset: 4}: {0}, {Limit: 2, Offset: 5}: nil, {Limit: 2, Offset: 1 << 40}: nil, {Limit: 1, Offset: -3}: {4},
	} {
		ids, total := listed(t, s, *c)
		same(t, fmt.Sprintf("%+v", *c), ids, want, nil)
		same(t, "total", total, 5, nil)
	}
}

func listStandings(t *testing.T, s Lister) {
	for id, e := range map[int64]pipeline.Entry{
		1: {Outcome: pipeline.Created}, 2: {Outcome: pipeline.Updated, Attention: "no image"}, 3: {Outcome: pipeline.Failed, Attention: "503"},
		4: {Outcome: pipeline.Skipped, Attention: "no link"}, 5: {Outcome: pipeline.Removed}, 6: {Outcome: pipeline.Unchanged}, 7: {},
	} {
		e.ID = id
		put(t, s, &e)
	}
	for standing, want := range map[state.Standing][]int64{state.Published: {7, 6, 1}, state.Attention: {2}, state.Failed: {3}, state.Skipped: {4}, state.Gone: {5}, "other": nil} {
		lists(t, s, string(standing), state.Choice{Standings: []state.Standing{standing}}, want...)
		for _, id := range want {
			e, err := s.Entry(t.Context(), id)
			same(t, "standing of the entry", state.StandingOf(e), standing, err)
		}
	}
	lists(t, s, "two", state.Choice{Standings: []state.Standing{state.Failed, state.Attention}}, 3, 2)
	counts, err := s.Standings(t.Context())
	same(t, "counts", counts, map[state.Standing]int{state.Published: 3, state.Attention: 1, state.Failed: 1, state.Skipped: 1, state.Gone: 1}, err)
	put(t, s, &pipeline.Entry{ID: 3, Outcome: pipeline.Updated})
	lists(t, s, "mended", state.Choice{Standings: []state.Standing{state.Published}}, 7, 6, 3, 1)
}

func listWords(t *testing.T, s Lister) {
	for id, e := range map[int64]pipeline.Entry{
		1:    {Subject: "Tide clocks of the North Sea", Clean: "https://example.org/Tides?q=50%25"},
		2:    {Subject: "50% off_season", Canonical: "https://www.example.net/a"},
		3:    {Subject: "Zürich ÄRGER москва ПОРТ", Clean: "https://example.org/3"},
		4:    {Subject: "a b \xff'); --", Clean: "https://example.org/4"},
		3960: {Subject: "nothing"}, 13960: {Subject: "more"},
	} {
		e.ID = id
		put(t, s, &e)
	}
	for text, want := range map[string][]int64{
		"": {13960, 3960, 4, 3, 2, 1}, "  \t": {13960, 3960, 4, 3, 2, 1}, "tide": {1}, "SEA tide": {1}, "tide zürich": nil,
		"example.ORG": {4, 3, 1}, "example.net": {2}, "%": {2, 1}, "_": {2}, "50%": {2, 1}, "f_s": {2}, "\\": nil, "'": {4}, "');": {4},
		"ZÜRICH": {3}, "zürich": {3}, "ärger": {3}, "Москва": {3}, "МОСКВА": {3}, "порт": {3}, "zurich": nil,
		"3960": {3960}, "03960": {3960}, "960": nil, "99999999999999999999": nil,
		strings.Repeat("tide ", state.MaxWords) + "zzz": {1}, // what is beyond the bound does not count
	} {
		lists(t, s, fmt.Sprintf("%q", text), state.Choice{Text: text}, want...)
	}
}

func listLinks(t *testing.T, s Lister) {
	putLinks(t, s, LinkHealth(1, linkhealth.OK), LinkHealth(2, linkhealth.Dead), LinkHealth(3, linkhealth.Dead))
	put(t, s, Entry(4))
	lists(t, s, "dead", state.Choice{Link: linkhealth.Dead}, 3, 2)
	lists(t, s, "suspect", state.Choice{Link: linkhealth.Suspect})
	lists(t, s, "ids", state.Choice{IDs: []int64{1, 4, 4, 9}}, 4, 1)
	lists(t, s, "no ids", state.Choice{IDs: []int64{}})
	lists(t, s, "both", state.Choice{IDs: []int64{1, 3}, Link: linkhealth.Dead, Text: "tide"}, 3)
}

func listDuplicates(t *testing.T, s Lister) {
	url := func(name string) string { return "https://example.org/" + name }
	for id, e := range map[int64]pipeline.Entry{
		1: {Clean: url("a"), Canonical: url("a")}, 2: {}, 3: {}, // no address is nobody's
		10: {Clean: url("b"), Canonical: url("c")}, 9: {Clean: url("b"), Canonical: url("c")}, // twice the same two
		22: {Clean: url("d")}, 21: {Canonical: url("d")}, 20: {Clean: url("e"), Canonical: url("d")}, 8: {Clean: url("e")}, // a chain
		30: {Clean: url("f")}, 31: {Clean: url("f"), Outcome: pipeline.Removed}, 32: {Canonical: url("f"), Outcome: pipeline.Removed}, // gone
		40: {Clean: url("g")}, 41: {Clean: url("g"), Outcome: pipeline.Removed}, 42: {Clean: url("g"), Outcome: pipeline.Failed},
		50: {Clean: url("h"), Canonical: url("i")}, 51: {Clean: url("j"), Canonical: url("h")}, // one's clean URL is the other's canonical
	} {
		e.ID = id
		put(t, s, &e)
	}
	groups, err := s.Duplicates(t.Context())
	same(t, "groups", groups, [][]int64{{8, 20, 21, 22}, {9, 10}, {40, 42}, {50, 51}}, err)
}

// report is one of a run that came to the given items.
func report(hour int, items ...pipeline.ItemReport) *pipeline.Report {
	return &pipeline.Report{ID: fmt.Sprint("run-", hour), Kind: "full", Trigger: "api", Started: time.Date(2026, 11, 22, hour, 0, 0, 123456789, time.UTC), DryRun: hour == 3, Counts: map[pipeline.Outcome]int{pipeline.Updated: len(items)},
		Warnings: []pipeline.Warning{{Text: `,"items":[{"id":7,"subject":"in a text"`, Hint: "h"}}, Error: "e", Items: items}
}

// head is the head of a report with so many items.
func head(hour, items int) *pipeline.Report {
	r := report(hour)
	r.Counts[pipeline.Updated] = items
	return r
}

func save(t *testing.T, s Lister, reports ...*pipeline.Report) {
	t.Helper()
	for _, r := range reports {
		if err := s.SaveRun(t.Context(), r); err != nil {
			t.Fatal(err)
		}
	}
}

func listPast(t *testing.T, s Lister) {
	item := func(id int64, outcome pipeline.Outcome) pipeline.ItemReport {
		return pipeline.ItemReport{ID: id, Subject: `{"id":8,"subject":"x"}`, Outcome: outcome, Files: []pipeline.File{}, Warnings: []pipeline.Warning{{Text: "w"}}}
	}
	links := &pipeline.Report{Started: report(4).Started, Items: []pipeline.ItemReport{}, Links: &pipeline.LinkReport{Items: []pipeline.LinkItem{{ID: 7, Subject: "s"}}}}
	save(t, s, report(1, item(7, pipeline.Created), item(70, pipeline.Failed)), report(2, item(70, pipeline.Updated)), report(3, item(1, pipeline.Updated), item(7, pipeline.Failed)), links)
	want := []state.PastItem{{Run: head(3, 2), Item: item(7, pipeline.Failed)}, {Run: head(1, 2), Item: item(7, pipeline.Created)}}
	for n, want := range map[int][]state.PastItem{10: want, 1: want[:1], 0: nil, -1: nil} {
		past, err := s.Past(t.Context(), 7, n)
		same(t, fmt.Sprint("the last ", n), past, want, err)
	}
	for _, id := range []int64{8, 0, -1} {
		past, err := s.Past(t.Context(), id, 10)
		same(t, "none", past, nil, err)
	}
}

func listRuns(t *testing.T, s Lister) {
	all := []*pipeline.Report{report(1, pipeline.ItemReport{ID: 1}), report(2), report(1, pipeline.ItemReport{ID: 2})}
	save(t, s, all...)
	want := []*pipeline.Report{head(1, 1), head(2, 0), head(1, 1)}
	for n, want := range map[int][]*pipeline.Report{10: want, 2: want[:2], 0: nil, -1: nil} {
		heads, err := s.RunHeads(t.Context(), n)
		same(t, fmt.Sprint("the last ", n), heads, want, err)
	}
	at := func(started time.Time) func(*pipeline.Report) bool {
		return func(head *pipeline.Report) bool { return head.Items == nil && head.Started.Equal(started) }
	}
	got, err := s.FindRun(t.Context(), at(all[0].Started))
	same(t, "the latest at that time", got, all[2], err)
	got, err = s.FindRun(t.Context(), at(all[0].Started.Add(1)))
	same(t, "none", got, nil, err)
}

func listEnded(t *testing.T, s Lister) {
	put(t, s, Entry(1))
	save(t, s, report(1))
	why := errors.New("interrupted")
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(why)
	_, list := s.List(ctx, state.Choice{Limit: 1})
	_, standings := s.Standings(ctx)
	_, duplicates := s.Duplicates(ctx)
	_, past := s.Past(ctx, 1, 1)
	_, heads := s.RunHeads(ctx, 1)
	_, found := s.FindRun(ctx, func(*pipeline.Report) bool { return true })
	for name, err := range map[string]error{"List": list, "Standings": standings, "Duplicates": duplicates, "Past": past, "RunHeads": heads, "FindRun": found} {
		if !errors.Is(err, why) {
			t.Errorf("%s: error %v, want the context's cause", name, err)
		}
	}
}
