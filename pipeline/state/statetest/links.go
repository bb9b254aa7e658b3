package statetest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"ingest/enrich/linkhealth"
	"ingest/pipeline"
)

// LinkStore runs the part of the contract that is about links. open is as that
// of [Store].
func LinkStore(t *testing.T, open func(t *testing.T) pipeline.LinkStore) {
	for name, test := range map[string]func(*testing.T, pipeline.LinkStore){
		"nothing is known of links at first":         noLinks,
		"what is known of a link comes back":         linkComesBack,
		"links are copies":                           linkCopies,
		"links go with their entries":                linksGo,
		"an entry that is put anew keeps its link":   linksStay,
		"a context that ended changes no link":       linksEnded,
		"links are put all together, or none at all": linksTogether,
	} {
		t.Run(name, func(t *testing.T) { test(t, open(t)) })
	}
}

// LinkHealth is what could be known of a link, made of its id.
func LinkHealth(id int64, state linkhealth.State) *pipeline.LinkHealth {
	at := time.Date(2026, 11, 22, 2, 0, 0, 123456000, time.UTC).Add(time.Duration(id) * time.Hour)
	return &pipeline.LinkHealth{
		ID: id, URL: fmt.Sprint("https://example.org/", id),
		Verdict: linkhealth.Verdict{State: state, Since: at, Reason: "404 Not Found", Checks: 2, Proposal: "https://example.org/new"},
		Evidence: []linkhealth.Evidence{
			{At: at, Class: linkhealth.Alive, Status: 200, Final: "https://example.org/b", Moved: "https://example.org/b", Version: `W/"1"`},
			{At: at.Add(time.Hour), Class: linkhealth.Gone, Detail: "d", Status: 404, Error: "fetch: 404"},
		},
		Archived: linkhealth.Copy{URL: "https://web.example.org/1", At: at.AddDate(-1, 0, 0)}, AskedAt: at.Add(time.Minute),
	}
}

// putLinks puts links and the entries they need.
func putLinks(t *testing.T, s pipeline.LinkStore, all ...*pipeline.LinkHealth) {
	t.Helper()
	for _, h := range all {
		put(t, s, Entry(h.ID))
	}
	if err := s.PutLinkHealth(t.Context(), all...); err != nil {
		t.Fatal(err)
	}
}

// links lists the entries whose links are known, in one of the states if any is given.
func links(t *testing.T, s pipeline.LinkStore, states ...linkhealth.State) (ids []int64) {
	t.Helper()
	for _, id := range all(t, s) {
		h, err := s.LinkHealth(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		if h != nil && (len(states) == 0 || slices.Contains(states, h.Verdict.State)) {
			ids = append(ids, h.ID)
		}
	}
	return ids
}

func noLinks(t *testing.T, s pipeline.LinkStore) {
	put(t, s, Entry(1))
	h, err := s.LinkHealth(t.Context(), 1)
	same(t, "link", h, (*pipeline.LinkHealth)(nil), err)
	same(t, "links", links(t, s), nil, nil)
	if err := s.PutLinkHealth(t.Context()); err != nil {
		t.Error(err)
	}
}

func linkComesBack(t *testing.T, s pipeline.LinkStore) {
	full, empty := LinkHealth(1, linkhealth.Dead), &pipeline.LinkHealth{ID: 2}
	bytes := &pipeline.LinkHealth{ID: -3, URL: "https://example.org/\x00é", Verdict: linkhealth.Verdict{State: "a state of another day"}}
	putLinks(t, s, full, empty, bytes)
	for _, want := range []*pipeline.LinkHealth{full, empty, bytes} {
		got, err := s.LinkHealth(t.Context(), want.ID)
		same(t, "link", got, want, err)
	}
	putLinks(t, s, LinkHealth(1, linkhealth.OK))
	got, err := s.LinkHealth(t.Context(), 1)
	same(t, "replaced", got, LinkHealth(1, linkhealth.OK), err)
}

func linkCopies(t *testing.T, s pipeline.LinkStore) {
	h := LinkHealth(1, linkhealth.OK)
	putLinks(t, s, h)
	for range 2 {
		h.URL, h.Evidence[0].Status = "spoilt", 1
		got, err := s.LinkHealth(t.Context(), 1)
		same(t, "link", got, LinkHealth(1, linkhealth.OK), err)
		h = got
	}
}

func linksGo(t *testing.T, s pipeline.LinkStore) {
	putLinks(t, s, LinkHealth(1, linkhealth.OK), LinkHealth(2, linkhealth.OK))
	if err := errors.Join(s.Forget(t.Context(), 1), s.PutLinkHealth(t.Context(), LinkHealth(9, linkhealth.OK))); err != nil {
		t.Fatal(err)
	}
	same(t, "links", links(t, s), []int64{2}, nil)
	put(t, s, Entry(1))
	put(t, s, Entry(9))
	same(t, "with entries anew", links(t, s), []int64{2}, nil)
}

func linksStay(t *testing.T, s pipeline.LinkStore) {
	putLinks(t, s, LinkHealth(1, linkhealth.OK))
	put(t, s, &pipeline.Entry{ID: 1})
	same(t, "links", links(t, s), []int64{1}, nil)
}

func linksEnded(t *testing.T, s pipeline.LinkStore) {
	putLinks(t, s, LinkHealth(1, linkhealth.OK))
	why := errors.New("interrupted")
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(why)
	_, one := s.LinkHealth(ctx, 1)
	for name, err := range map[string]error{"LinkHealth": one, "PutLinkHealth": s.PutLinkHealth(ctx, LinkHealth(1, linkhealth.Dead))} {
		if !errors.Is(err, why) {
			t.Errorf("%s: error %v, want the context's cause", name, err)
		}
	}
	same(t, "dead", links(t, s, linkhealth.Dead), nil, nil)
}

func linksTogether(t *testing.T, s pipeline.LinkStore) {
	putLinks(t, s, LinkHealth(1, linkhealth.OK), LinkHealth(2, linkhealth.OK))
	year := LinkHealth(2, linkhealth.Dead)
	year.AskedAt = time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC) // has no form in JSON
	if err := s.PutLinkHealth(t.Context(), LinkHealth(1, linkhealth.Dead), year); err == nil {
		t.Error("no error")
	}
	same(t, "dead", links(t, s, linkhealth.Dead), nil, nil)
}
