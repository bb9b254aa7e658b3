package desk

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"strconv"
	"time"

	"ingest/enrich"
	"ingest/enrich/linkhealth"
	"ingest/pipeline"
)

// visited tells what the steps found at the source: the URL as the editor gave it,
// the featured image, and how the link fares.
func (d *Desk) visited(ctx context.Context, e *Entry, kept *pipeline.Entry) error {
	visit, err := visitOf(kept)
	if err != nil {
		e.warn("visit", "what the source said is not remembered well: ", err)
	}
	if visit.Link != nil {
		e.SourceURL = visit.Link.Original
	}
	e.Image = imageOf(kept, visit)
	health, err := d.Shelf.LinkHealth(ctx, e.ID)
	if _, damaged := errors.AsType[*pipeline.DamagedLinkError](err); damaged {
		e.warn("links", "how the link fares is not known: ", err)
		err = nil
	}
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

// visitOf reads what the steps found; nothing where they were not there yet.
func visitOf(kept *pipeline.Entry) (visit enrich.Visit, err error) {
	if len(kept.Visit) > 0 {
		err = json.Unmarshal(kept.Visit, &visit)
	}
	return visit, err
}

// imageOf names the asset that is the featured image, "" when there is none.
func imageOf(kept *pipeline.Entry, visit enrich.Visit) string {
	for _, a := range kept.Assets {
		if visit.Image != nil && a.SHA256 == visit.Image.SHA256 {
			return a.Name
		}
	}
	return ""
}

// Image opens the featured image of a document, with the time of its last change. The
// error is a *NotFoundError where there is none.
func (d *Desk) Image(ctx context.Context, id int64) (io.ReadSeekCloser, time.Time, error) {
	none := &NotFoundError{Kind: "featured image of the work package", Name: strconv.FormatInt(id, 10), Help: "refresh it, or attach an image to it in the tracker"}
	kept, err := d.kept(ctx, id)
	if _, damaged := errors.AsType[*pipeline.DamagedEntryError](err); damaged {
		return nil, time.Time{}, none
	}
	if err != nil {
		return nil, time.Time{}, err
	}
	visit, err := visitOf(kept)
	name := imageOf(kept, visit)
	if err != nil || name == "" || d.OpenAsset == nil { // the entry's page says what is not remembered well
		return nil, time.Time{}, none
	}
	file, changed, err := d.OpenAsset(ctx, id, name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, time.Time{}, none
	}
	return file, changed, err
}

func healthOf(h *pipeline.LinkHealth) *Health {
	shown := &Health{State: string(h.Verdict.State), Reason: h.Verdict.Reason, Since: h.Verdict.Since, Checked: h.CheckedAt(), Archived: h.Archived.URL}
	if h.Verdict.State == linkhealth.Moved {
		shown.Moved = h.Verdict.Proposal
	}
	return shown
}
