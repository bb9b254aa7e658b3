package pipeline

import (
	"fmt"
	"time"

	"ingest/enrich/linkhealth"
)

// LinkReport is the part of a report that is about a links run.
type LinkReport struct {
	Checked int                      `json:"checked"` // links that were visited, and whose evidence was recorded
	Left    int                      `json:"left"`    // that are due, and wait for another run
	States  map[linkhealth.State]int `json:"states"`  // of all links of the selection; every state, also with 0
	// Items are the links that are not well, and all that were checked, in the
	// order of their ids.
	Items []LinkItem `json:"items"`
}

// LinkItem is one link in a report.
type LinkItem struct {
	ID      int64  `json:"id"`
	Subject string `json:"subject"`
	URL     string `json:"url"`
	linkhealth.Verdict
	Was       linkhealth.State     `json:"was"` // its state before the run
	CheckedAt time.Time            `json:"checked_at,omitzero"`
	Archived  *linkhealth.Copy     `json:"archived,omitempty"` // the copy to propose
	Found     *linkhealth.Evidence `json:"found,omitempty"`    // by this run; nil when it was not checked
}

func newLinkReport() *LinkReport {
	r := &LinkReport{States: make(map[linkhealth.State]int), Items: []LinkItem{}}
	for _, s := range linkhealth.States() {
		r.States[s] = 0
	}
	return r
}

func (r *LinkReport) add(all []*link) {
	for _, one := range all {
		state := one.health.Verdict.State
		r.States[state]++
		if one.found != nil {
			r.Checked++
		}
		if one.found != nil || state != linkhealth.OK && one.health.latest().Class != "" {
			r.Items = append(r.Items, one.item())
		}
	}
}

func (o *link) item() LinkItem {
	item := LinkItem{ID: o.health.ID, Subject: o.subject, URL: o.health.URL, Verdict: o.health.Verdict, Was: o.was, CheckedAt: o.health.CheckedAt(), Found: o.found}
	if o.health.Archived.URL != "" {
		archived := o.health.Archived
		item.Archived = &archived
	}
	return item
}

// warnOfLink notes a warning about the link of a work package.
func (r *Report) warnOfLink(id int64, text, hint string) {
	r.Warnings = append(r.Warnings, Warning{Step: "links", Text: fmt.Sprintf("work package %d: %s", id, text), Hint: hint})
}
