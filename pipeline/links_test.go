package pipeline_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"ingest/enrich"
	"ingest/enrich/linkhealth"
	"ingest/pipeline"
	"ingest/pipeline/state"
)

// links is a world of published links whose answers and clock the test sets.
type links struct {
	t     *testing.T
	store *state.Memory
	run   *pipeline.Links
	clock *time.Time

	mu      sync.Mutex
	answers map[int64]linkhealth.Evidence // alive for those it does not name
	asked   []int64
}

func newLinks(t *testing.T, n int64) *links {
	t.Helper()
	w := &links{t: t, store: state.NewMemory(), clock: night(), answers: map[int64]linkhealth.Evidence{}}
	for id := int64(1); id <= n; id++ {
		w.publish(id, fmt.Sprint("https://example.org/", id), time.Time{})
	}
	w.run = &pipeline.Links{Store: w.store, Checker: w, Workers: 3, Now: func() time.Time { return *w.clock }}
	return w
}

func (w *links) publish(id int64, url string, readAt time.Time) {
	w.t.Helper()
	visit, err := json.Marshal(enrich.Visit{Link: &enrich.Link{Href: url, Clean: url}, ReadAt: readAt})
	if err != nil {
		w.t.Fatal(err)
	}
	w.put(&pipeline.Entry{ID: id, Subject: fmt.Sprint("Tides ", id), Path: fmt.Sprint(id, ".md"), Outcome: pipeline.Created, Visit: visit})
}

func (w *links) put(e *pipeline.Entry) {
	w.t.Helper()
	if err := w.store.Put(w.t.Context(), e); err != nil {
		w.t.Fatal(err)
	}
}

// Check answers for the work package whose id the address ends with.
func (w *links) Check(_ context.Context, url string, _ linkhealth.Evidence) (linkhealth.Evidence, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	var id int64
	if _, err := fmt.Sscanf(url[strings.LastIndex(url, "/")+1:], "%d", &id); err != nil {
		return linkhealth.Evidence{}, err
	}
	w.asked = append(w.asked, id)
	e, ok := w.answers[id]
	if !ok {
		e = linkhealth.Evidence{Class: linkhealth.Alive, Status: 200}
	}
	e.At = *w.clock
	return e, nil
}

// night runs once, says who was asked, and lets a day go by.
func (w *links) night(s pipeline.LinkSelection) (report *pipeline.Report, asked []int64) {
	w.t.Helper()
	w.asked = nil
	report, err := w.run.Run(w.t.Context(), s)
	if err != nil {
		w.t.Fatal(err)
	}
	*w.clock = w.clock.Add(24 * time.Hour)
	slices.Sort(w.asked)
	return report, w.asked
}

func (w *links) state(id int64) linkhealth.State {
	w.t.Helper()
	h, err := w.store.LinkHealth(w.t.Context(), id)
	if err != nil {
		w.t.Fatal(err)
	}
	if h == nil {
		return ""
	}
	return h.Verdict.State
}

func equal[T comparable](t *testing.T, what string, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}

func gone() linkhealth.Evidence { return linkhealth.Evidence{Class: linkhealth.Gone, Status: 404} }
func away() linkhealth.Evidence {
	return linkhealth.Evidence{Class: linkhealth.DNS, Detail: linkhealth.NoSuchHost, Error: "no such host"}
}

func TestLinksOverTheWeeks(t *testing.T) {
	w := newLinks(t, 4)
	want := map[bool]linkhealth.State{true: linkhealth.Suspect, false: linkhealth.OK}
	for day := range 30 {
		if day == 7 {
			w.answers[1], w.answers[2] = gone(), away()
		}
		report, asked := w.night(pipeline.LinkSelection{})
		weekly := day == 0 || day == 7 || day == 28
		along := day >= 8 && day <= 21 // with 2, to tell our network's failures from its own
		equal(t, fmt.Sprint("day ", day, ": 4 was asked"), slices.Contains(asked, 4), weekly || along)
		if day < 7 && !weekly {
			equal(t, fmt.Sprint("day ", day, ": asked"), len(asked), 0)
			equal(t, "items of a quiet day", len(report.Links.Items), 0)
		}
		if day < 10 {
			equal(t, fmt.Sprint("day ", day, ": state of 1"), w.state(1), want[day >= 7])
		}
		if day >= 10 {
			equal(t, fmt.Sprint("day ", day, ": state of 1"), w.state(1), linkhealth.Dead)
		}
		if day >= 7 && day < 21 {
			equal(t, fmt.Sprint("day ", day, ": state of 2"), w.state(2), linkhealth.Suspect)
		}
		if day >= 21 {
			equal(t, fmt.Sprint("day ", day, ": state of 2"), w.state(2), linkhealth.Dead)
		}
	}
}

func TestDeadLinksAreCheckedAsSeldomAsThoseThatAreWell(t *testing.T) {
	w := newLinks(t, 1)
	w.answers[1] = gone()
	var days []int
	for day := range 20 {
		if _, asked := w.night(pipeline.LinkSelection{}); len(asked) > 0 {
			days = append(days, day)
		}
	}
	if want := []int{0, 1, 2, 3, 10, 17}; !slices.Equal(days, want) { // dead on day 3
		t.Errorf("asked on days %v, want %v", days, want)
	}
	delete(w.answers, 1)
	if _, asked := w.night(pipeline.LinkSelection{All: true}); len(asked) != 1 || w.state(1) != linkhealth.OK {
		t.Errorf("asked %v, state %s; want ok after one success", asked, w.state(1))
	}
}

func TestOldestFirstAndNoMoreThanTheLimit(t *testing.T) {
	w := newLinks(t, 10)
	w.run.PerRun = 4
	for night, want := range [][]int64{{1, 2, 3, 4}, {5, 6, 7, 8}, {9, 10}, nil} {
		report, asked := w.night(pipeline.LinkSelection{})
		if !slices.Equal(asked, want) || report.Links.Left != max(0, 6-4*night) || report.Links.Checked != len(want) {
			t.Errorf("night %d: asked %v, %d left; want %v", night, asked, report.Links.Left, want)
		}
	}
	w.answers[9] = gone()
	w.night(pipeline.LinkSelection{IDs: []int64{9}})
	*w.clock = w.clock.Add(7 * 24 * time.Hour)
	if _, asked := w.night(pipeline.LinkSelection{}); !slices.Equal(asked, []int64{1, 2, 3, 9}) {
		t.Errorf("asked %v, want the suspect and the three that wait longest", asked)
	}
	if report, asked := w.night(pipeline.LinkSelection{All: true}); len(asked) != 10 || report.Links.Left != 0 {
		t.Errorf("asked %v, want all", asked)
	}
}

func TestAPageThatARunHasReadNeedsNoCheck(t *testing.T) {
	w := newLinks(t, 2)
	w.publish(1, "https://example.org/1", w.clock.Add(-24*time.Hour))
	report, asked := w.night(pipeline.LinkSelection{})
	if !slices.Equal(asked, []int64{2}) || w.state(1) != linkhealth.OK || report.Links.States[linkhealth.OK] != 2 {
		t.Errorf("asked %v, state %s; want only 2 to be asked, and 1 to be well", asked, w.state(1))
	}
	w.answers[1] = gone()
	w.night(pipeline.LinkSelection{All: true})
	equal(t, "state", w.state(1), linkhealth.Suspect)
	w.publish(1, "https://example.org/1", *w.clock)
	if _, asked := w.night(pipeline.LinkSelection{}); len(asked) != 0 || w.state(1) != linkhealth.OK {
		t.Errorf("asked %v, state %s; want the later reading to end the suspicion", asked, w.state(1))
	}
	w.publish(2, "https://example.org/2", w.clock.AddDate(1, 0, 0))
	*w.clock = w.clock.AddDate(0, 0, 20)
	if _, asked := w.night(pipeline.LinkSelection{}); !slices.Contains(asked, 2) {
		t.Errorf("asked %v: a reading from the future must count for nothing", asked)
	}
}

func TestALinkThatWasExchangedBeginsAnew(t *testing.T) {
	w := newLinks(t, 1)
	w.answers[1] = gone()
	for range 5 {
		w.night(pipeline.LinkSelection{})
	}
	equal(t, "state", w.state(1), linkhealth.Dead)
	w.publish(1, "https://example.org/other/1", time.Time{})
	report, asked := w.night(pipeline.LinkSelection{})
	if len(asked) != 1 || w.state(1) != linkhealth.Suspect || report.Links.Items[0].Was != linkhealth.Undecided {
		t.Errorf("asked %v, state %s, was %s; want a new suspect", asked, w.state(1), report.Links.Items[0].Was)
	}
}

func TestOurOwnNetworksFailureRecordsNothing(t *testing.T) {
	w := newLinks(t, 12)
	w.night(pipeline.LinkSelection{})
	for id := int64(1); id <= 7; id++ {
		w.answers[id] = away()
	}
	report, asked := w.night(pipeline.LinkSelection{All: true})
	if len(asked) != 12 || len(report.Warnings) != 1 || !strings.Contains(report.Warnings[0].Text, "7 of 12") || report.Warnings[0].Hint == "" {
		t.Errorf("asked %d, warnings %+v; want one about 7 of 12", len(asked), report.Warnings)
	}
	if w.state(1) != linkhealth.OK || report.Links.Checked != 0 || len(report.Links.Items) != 0 {
		t.Errorf("state %s, %d checked; want nothing recorded", w.state(1), report.Links.Checked)
	}
	delete(w.answers, 7)
	w.night(pipeline.LinkSelection{All: true})
	if w.state(1) != linkhealth.Suspect || w.state(8) != linkhealth.OK {
		t.Errorf("states %s and %s, want half of them suspect", w.state(1), w.state(8))
	}
}

// On a night on which only links are due that could not be reached before, all
// fail: that must count, and must not when nobody else can be reached either.
func TestSuspectsAloneAreNoOutage(t *testing.T) {
	w := newLinks(t, 20)
	for id := int64(1); id <= 6; id++ {
		w.answers[id] = away()
	}
	w.night(pipeline.LinkSelection{})
	report, asked := w.night(pipeline.LinkSelection{})
	if len(report.Warnings) != 0 || !slices.Equal(asked, []int64{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}) {
		t.Errorf("asked %v, warnings %v; want the six suspects and five that are well", asked, report.Warnings)
	}
	for id := int64(7); id <= 20; id++ {
		w.answers[id] = away()
	}
	if report, _ = w.night(pipeline.LinkSelection{}); len(report.Warnings) != 1 {
		t.Errorf("warnings %v, want the outage", report.Warnings)
	}
}

func TestWhatHasNoPublishedLinkIsNotChecked(t *testing.T) {
	w := newLinks(t, 1)
	visit, _ := json.Marshal(enrich.Visit{Link: &enrich.Link{Href: "https://example.org/9"}})
	w.put(&pipeline.Entry{ID: 2, Outcome: pipeline.Failed, Visit: visit})                    // never published
	w.put(&pipeline.Entry{ID: 3, Path: "3.md", Outcome: pipeline.Removed, Visit: visit})     // off the site
	w.put(&pipeline.Entry{ID: 4, Path: "4.md", Outcome: pipeline.Created})                   // its visit is lost
	w.put(&pipeline.Entry{ID: 5, Path: "5.md", Visit: []byte(`{"Link": null}`)})             // stands on its body
	w.put(&pipeline.Entry{ID: 6, Path: "6.md", Visit: []byte(`{"Link": "https://broken"}`)}) // damaged
	report, asked := w.night(pipeline.LinkSelection{})
	if !slices.Equal(asked, []int64{1}) || len(report.Warnings) != 2 || !strings.Contains(warned(report), "work package 4") || !strings.Contains(warned(report), "work package 6") {
		t.Errorf("asked %v, warnings %+v", asked, report.Warnings)
	}
	report, asked = w.night(pipeline.LinkSelection{IDs: []int64{1, 2, 99}})
	if !slices.Equal(asked, []int64{1}) || len(report.Warnings) != 2 {
		t.Errorf("asked %v, warnings %+v; want a warning for 2 and 99", asked, report.Warnings)
	}
}

func TestAnInterruptKeepsWhatWasFoundOut(t *testing.T) {
	w := newLinks(t, 9)
	w.run.Workers = 1
	ctx, cancel := context.WithCancelCause(t.Context())
	why := errors.New("told to stop")
	seen := 0
	w.run.Observe = func(item pipeline.LinkItem) {
		if seen++; seen == 3 {
			cancel(why)
		}
		if item.Found == nil || item.URL == "" {
			t.Errorf("observed %+v", item)
		}
	}
	report, err := w.run.Run(ctx, pipeline.LinkSelection{})
	if !errors.Is(err, why) || !report.Interrupted || report.Links.Checked < 3 || report.Links.Checked > 5 {
		t.Errorf("error %v, interrupted %v, %d checked", err, report.Interrupted, report.Links.Checked)
	}
	known := 0
	for id := range int64(9) {
		if w.state(id+1) == linkhealth.OK {
			known++
		}
	}
	equal(t, "links that are known", known, report.Links.Checked)
}

// panicking has a defect that one page brings out.
type panicking struct{ pipeline.LinkChecker }

func (p panicking) Check(ctx context.Context, url string, last linkhealth.Evidence) (linkhealth.Evidence, error) {
	if strings.HasSuffix(url, "/2") {
		panic("index out of range")
	}
	return p.LinkChecker.Check(ctx, url, last)
}

func TestADefectSaysNothingAboutALink(t *testing.T) {
	w := newLinks(t, 3)
	w.run.Checker = panicking{w}
	report, _ := w.night(pipeline.LinkSelection{})
	if w.state(2) != linkhealth.Undecided || w.state(3) != linkhealth.OK || report.Links.Checked != 3 {
		t.Errorf("states %s and %s", w.state(2), w.state(3))
	}
}

type brokenStore struct{ *state.Memory }

func (brokenStore) PutLinkHealth(context.Context, ...*pipeline.LinkHealth) error {
	return errors.New("disk on fire")
}

func TestAStoreThatFailsEndsALinksRun(t *testing.T) {
	w := newLinks(t, 3)
	w.run.Store = brokenStore{w.store}
	report, err := w.run.Run(t.Context(), pipeline.LinkSelection{})
	if _, ok := errors.AsType[*pipeline.StoreError](err); !ok || !strings.Contains(report.Error, "disk on fire") || report.Links == nil {
		t.Errorf("error %v, report %+v", err, report)
	}
}

func TestALinksRunThatIsStoppedTellsWhatItCouldNotKeep(t *testing.T) {
	w := newLinks(t, 3)
	w.run.Store = brokenStore{w.store}
	ctx, stop := context.WithCancel(t.Context())
	w.run.Observe = func(pipeline.LinkItem) { stop() }
	report, err := w.run.Run(ctx, pipeline.LinkSelection{})
	if _, ok := errors.AsType[*pipeline.StoreError](err); !ok || !report.Interrupted || !strings.Contains(report.Error, "disk on fire") {
		t.Errorf("error %v, report %+v", err, report)
	}
}
