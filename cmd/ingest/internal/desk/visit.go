package desk

import (
	"context"
	"encoding/json"
	"slices"

	"ingest/enrich"
	"ingest/enrich/linkhealth"
	"ingest/pipeline"
)

// visited tells what the steps found at the source: the URL as the editor gave it,
// the featured image, and how the link fares.
func (d *Desk) visited(ctx context.Context, e *Entry, kept *pipeline.Entry) error {
	visit := enrich.Visit{}
	if len(kept.Visit) > 0 {
		if err := json.Unmarshal(kept.Visit, &visit); err != nil {
			e.warn("visit", "what the source said is not remembered well: ", err)
		}
	}
	if visit.Link != nil {
		e.SourceURL = visit.Link.Original
	}
	if visit.Image != nil {
		e.Image = assetOf(kept, visit.Image.SHA256)
	}
	health, err := d.Shelf.LinkHealth(ctx, e.ID)
	if err != nil {
		return err
	}
	if health == nil || visit.Link != nil && visit.Link.Href != health.URL { // it speaks of another link
		e.Link = ""
		return nil
	}
	e.Health = healthOf(health)
	return nil
}

// assetOf names the asset with a digest, "" when there is none.
func assetOf(kept *pipeline.Entry, sha256 string) string {
	i := slices.IndexFunc(kept.Assets, func(a pipeline.StoredAsset) bool { return a.SHA256 == sha256 })
	if i < 0 {
		return ""
	}
	return kept.Assets[i].Name
}

func healthOf(h *pipeline.LinkHealth) *Health {
	shown := &Health{State: string(h.Verdict.State), Reason: h.Verdict.Reason, Since: h.Verdict.Since, Checked: h.CheckedAt(), Archived: h.Archived.URL}
	if h.Verdict.State == linkhealth.Moved {
		shown.Moved = h.Verdict.Proposal
	}
	return shown
}
