package main

import (
	"context"
	"encoding/json"
	"fmt"

	"ingest/cmd/ingest/internal/config"
	"ingest/enrich"
	"ingest/openproject"
	"ingest/pipeline"
)

// Facts about offerings: the catalogue that the documents were related with, so
// that they can be made again without the tracker; and the pulse of the tracker's
// offerings at that time, so that one request tells whether any has changed.
const (
	offeringsFact = "offerings"
	pulseFact     = "offerings pulse"
)

// pulse is remembered with the ids that its query's names stand for.
type pulse struct {
	openproject.Pulse
	Of      string  `json:"of"` // the configuration it is of
	TypeIDs []int64 `json:"type_ids"`
}

// relating is what a run knows of the offerings.
type relating struct {
	step    *enrich.Relate
	loaded  bool   // the catalogue is today's
	leftOut int    // that cannot be related
	text    string // the catalogue as it is remembered
	pulse   pulse
}

// loadCatalogue reads the catalogue of today. Its pulse is taken before: what
// changes in between is found by the next run.
func (r *rooms) loadCatalogue(ctx context.Context) error {
	if err := r.feelPulse(ctx); err != nil {
		return err
	}
	offerings, leftOut, err := loadOfferings(ctx, r.tracker, r.config.Offerings)
	if err != nil {
		return fmt.Errorf("load the offerings: %w", err)
	}
	text, err := json.Marshal(offerings)
	if err != nil {
		return fmt.Errorf("remember the offerings: %w", err)
	}
	r.relating.step.Catalogue = enrich.NewCatalogue(offerings)
	r.relating.loaded, r.relating.leftOut, r.relating.text = true, leftOut, string(text)
	return nil
}

// feelPulse asks whether the tracker's offerings have changed, once in a run.
func (r *rooms) feelPulse(ctx context.Context) error {
	o := r.config.Offerings
	if o.From != config.FromTracker || r.store == nil || r.relating.pulse.Of != "" {
		return nil
	}
	of, err := json.Marshal(o)
	if err != nil {
		return err
	}
	last, err := r.lastPulse(ctx)
	if err != nil {
		return err
	}
	q := openproject.Query{Project: o.Project, Types: o.Types}
	if last.Of == string(of) {
		q.TypeIDs = last.TypeIDs
	} else if q, err = r.tracker.Resolve(ctx, q); err != nil {
		return fmt.Errorf("load the offerings: %w", err)
	}
	now, err := r.tracker.Pulse(ctx, q)
	if err != nil {
		return fmt.Errorf("load the offerings: %w", err)
	}
	r.relating.pulse = pulse{Pulse: now, Of: string(of), TypeIDs: q.TypeIDs}
	return nil
}

func (r *rooms) lastPulse(ctx context.Context) (last pulse, err error) {
	text, err := r.store.Fact(ctx, pulseFact)
	if err != nil || text == "" {
		return last, err
	}
	if err := json.Unmarshal([]byte(text), &last); err != nil {
		return last, fmt.Errorf("the state's fact %q cannot be read: %w", pulseFact, err)
	}
	return last, nil
}

// relateAnew makes the documents again that a change of the offerings concerns
// and that the run had no other reason to look at. Without such a change it costs
// one request.
func (r *rooms) relateAnew(ctx context.Context, report *pipeline.Report, full bool) error {
	if r.store == nil || r.config.Offerings.From == config.FromNone {
		return nil
	}
	if err := r.loadWhenChanged(ctx); err != nil || !r.relating.loaded {
		return err
	}
	before, err := r.store.Fact(ctx, offeringsFact)
	if err != nil {
		return err
	}
	if before != r.relating.text && before != "" && !full {
		again, err := r.pipeline.Render(ctx, nil)
		report.Include(again)
		if err != nil {
			return err
		}
	}
	return r.keepCatalogue(ctx)
}

// loadWhenChanged loads the catalogue if the run has not done so for another
// reason and it may be another than the remembered one.
func (r *rooms) loadWhenChanged(ctx context.Context) error {
	if r.relating.loaded {
		return nil
	}
	if err := r.feelPulse(ctx); err != nil {
		return err
	}
	last, err := r.lastPulse(ctx)
	if err != nil {
		return err
	}
	now := r.relating.pulse
	if r.config.Offerings.From == config.FromTracker && now.Of == last.Of && now.Equal(last.Pulse) {
		return nil
	}
	return r.prepare(ctx)
}

// keepFirstCatalogue remembers the catalogue of a run over a part of the query, if
// there is none yet. Otherwise that of the documents that it did not look at stays,
// so that the next run over everything finds the difference.
func (r *rooms) keepFirstCatalogue(ctx context.Context) error {
	if r.store == nil || !r.relating.loaded {
		return nil
	}
	if before, err := r.store.Fact(ctx, offeringsFact); err != nil || before != "" {
		return err
	}
	return r.keepCatalogue(ctx)
}

// keepCatalogue remembers what every document is related with now.
func (r *rooms) keepCatalogue(ctx context.Context) error {
	if r.pipeline.DryRun {
		return nil
	}
	text, err := json.Marshal(r.relating.pulse)
	if err != nil {
		return err
	}
	if err := r.store.SetFact(ctx, offeringsFact, r.relating.text); err != nil {
		return err
	}
	return r.store.SetFact(ctx, pulseFact, string(text))
}

// recallOfferings takes the remembered catalogue, for work without the tracker.
func (r *rooms) recallOfferings(ctx context.Context) error {
	text, err := r.store.Fact(ctx, offeringsFact)
	if err != nil || text == "" {
		return err
	}
	offerings, err := recalled(text)
	if err != nil {
		return err
	}
	r.relating.step.Catalogue = enrich.NewCatalogue(offerings)
	return nil
}

// recalled reads a catalogue as it is remembered.
func recalled(text string) (offerings []enrich.Offering, err error) {
	if err := json.Unmarshal([]byte(text), &offerings); err != nil {
		return nil, fmt.Errorf("the remembered offerings cannot be read: %w", err)
	}
	return offerings, nil
}
