package enrich

import (
	"context"

	"ingest/enrich/asset"
	"ingest/enrich/fetch"
)

// pagePDF takes the PDF version that the page names, if that is asked for.
func (s Assets) pagePDF(ctx context.Context, it *Item) error {
	if !s.LinkedPDF || it.Page.PDF == "" || !wanted(it, it.PDF, PartPDF) {
		return nil
	}
	look := &search{step: s, it: it, part: PartPDF, accept: "application/pdf,*/*;q=0.5", limit: fetch.MaxPDF, left: fetch.MaxPDF,
		fault: func(file *Asset) string { return unlike(file, asset.PDF) }}
	file, err := look.first(ctx, []string{it.Page.PDF})
	if err != nil {
		return err
	}
	it.PDF = file
	if file == nil {
		it.Lose(PartPDF)
		look.warn("PDF of the source page not taken", "attach the PDF to the work package if it should be offered")
	}
	return nil
}
