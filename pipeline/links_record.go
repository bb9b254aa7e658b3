package pipeline

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"ingest/enrich/linkhealth"
)

// recordChunk is how many links are recorded in one transaction.
const recordChunk = 500

// record puts what changed into the store.
func (l *Links) record(ctx context.Context, all []*link) error {
	var changed []*LinkHealth
	for _, one := range all {
		if one.changed {
			changed = append(changed, one.health)
		}
	}
	for chunk := range slices.Chunk(changed, recordChunk) {
		if err := l.Store.PutLinkHealth(ctx, chunk...); err != nil {
			return err
		}
	}
	return nil
}

// maxRefusals is how many times in a row the archive may fail before a run asks
// it no more.
const maxRefusals = 3

// lookUp asks the archive about links that fail, once in a while each. What it
// cannot say is a warning, and what it said before stays.
func (l *Links) lookUp(ctx context.Context, all []*link, report *Report) {
	refusals := 0
	for _, one := range all {
		if l.Archive == nil || ctx.Err() != nil || !l.wantsCopy(one) {
			continue
		}
		found, err := l.Archive.LookUp(ctx, one.health.URL)
		if ctx.Err() != nil {
			return
		}
		if err != nil {
			report.warnOfLink(one.health.ID, "no archived copy was looked up: "+err.Error(), "ingest links asks again; link_health.archive says whom")
			if refusals++; refusals == maxRefusals {
				report.Warnings = append(report.Warnings, Warning{Step: "links", Text: fmt.Sprintf("the archive failed %d times in a row and was asked no more", maxRefusals), Hint: "ingest links asks again"})
				return
			}
			continue
		}
		refusals = 0
		one.health.Archived, one.health.AskedAt, one.changed = found, l.now().UTC(), true
	}
}

// wantsCopy says that a link fails and that the archive was not asked lately.
func (l *Links) wantsCopy(o *link) bool {
	failing := o.health.Verdict.State == linkhealth.Dead || o.health.Verdict.State == linkhealth.Suspect
	return failing && o.found != nil && (o.health.AskedAt.IsZero() || !l.now().Before(o.health.AskedAt.Add(l.every())))
}

// firstLine is the beginning of an error's text: that of a defect has a stack
// behind it.
func firstLine(err error) string {
	line, _, _ := strings.Cut(err.Error(), "\n")
	return line
}
