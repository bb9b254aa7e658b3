package pipeline_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"ingest/enrich/linkhealth"
	"ingest/pipeline"
)

// archive answers with what is set, or fails.
type archive struct {
	found linkhealth.Copy
	err   error
	asked []string
}

func (a *archive) LookUp(_ context.Context, link string) (linkhealth.Copy, error) {
	a.asked = append(a.asked, link)
	return a.found, a.err
}

func TestArchivedCopies(t *testing.T) {
	w := newLinks(t, 3)
	taken := linkhealth.Copy{URL: "https://web.example.org/1", At: time.Date(2024, 2, 29, 0, 0, 0, 0, time.UTC)}
	a := &archive{err: errors.New("the archive is closed")}
	w.run.Archive = a
	w.night(pipeline.LinkSelection{})
	equal(t, "asked while all is well", len(a.asked), 0)
	w.answers[1] = gone()
	report, _ := w.night(pipeline.LinkSelection{All: true})
	if len(a.asked) != 1 || len(report.Warnings) != 1 || !strings.Contains(report.Warnings[0].Text, "work package 1: no archived copy was looked up: the archive is closed") {
		t.Errorf("asked %v, warnings %+v; want the failure as a warning", a.asked, report.Warnings)
	}
	a.found, a.err = taken, nil
	report, _ = w.night(pipeline.LinkSelection{})
	if item := report.Links.Items[0]; item.ID != 1 || item.Archived == nil || *item.Archived != taken {
		t.Errorf("item %+v, want the copy", item)
	}
	asked := len(a.asked)
	for range 7 {
		w.night(pipeline.LinkSelection{})
	}
	equal(t, "asked again within a week", len(a.asked)-asked, 0)
	a.err = errors.New("the archive is closed")
	report, _ = w.night(pipeline.LinkSelection{All: true})
	equal(t, "asked again after a week", len(a.asked)-asked, 1)
	if item := report.Links.Items[0]; item.Archived == nil || *item.Archived != taken {
		t.Errorf("item %+v, want the copy known before", item)
	}
}

func TestAnArchiveThatFailsIsNotAskedForever(t *testing.T) {
	w := newLinks(t, 20)
	for id := range int64(10) {
		w.answers[id+1] = gone()
	}
	a := &archive{err: errors.New("the archive is closed")}
	w.run.Archive = a
	report, _ := w.night(pipeline.LinkSelection{})
	if len(a.asked) != 3 || len(report.Warnings) != 4 || !strings.Contains(fmt.Sprint(report.Warnings[3]), "asked no more") {
		t.Errorf("asked %d times, warnings %v; want 3, and a word that it is enough", len(a.asked), report.Warnings)
	}
}
