package enrich

import (
	"context"
	"slices"

	"ingest/enrich/asset"
)

// Assets is the step that takes the featured image, the featured PDF and the
// icon. What an editor attached to the work package goes first; the page is
// asked only for what the tracker does not give. Types are decided by the
// bytes, never by a name or a header.
//
// A part that was to be had, by an attachment or by what the page declares, and
// did not come in a form that can be shown, is a warning and is noted as lost
// ([Item.Lose]): an earlier good file stays, and the next run tries again. Only
// a source that names no image has none.
type Assets struct {
	Web   Web
	Spool Spool
	// LinkedPDF also takes the PDF version that a page names as its own
	// (citation_pdf_url and its like) where the tracker has none.
	LinkedPDF bool
}

// Name returns "assets".
func (Assets) Name() string { return "assets" }

// Apply sets the item's image, PDF and icon.
func (s Assets) Apply(ctx context.Context, it *Item) error {
	refused, err := s.fromAttachments(ctx, it)
	if err != nil {
		return err
	}
	if err := s.fromPage(ctx, it); err != nil {
		return err
	}
	it.Lose(refused...) // what the page gave instead is not missing
	return nil
}

// fromPage takes from the source what the tracker did not give.
func (s Assets) fromPage(ctx context.Context, it *Item) error {
	if it.fetched == nil {
		return nil
	}
	if file := it.fetched.file; file != nil {
		if wanted(it, it.PDF, PartPDF) && unlike(file, asset.PDF) == "" {
			it.PDF = file
		}
		if wanted(it, it.Image, PartImage) && isImage(file) {
			it.Image = file
		}
		return nil
	}
	if it.Page == nil {
		return nil
	}
	for _, take := range []func(context.Context, *Item) error{s.pageImage, s.pageIcon, s.pagePDF} {
		if err := take(ctx, it); err != nil {
			return err
		}
	}
	return nil
}

// wanted says whether a part is still to be had. An editor's file that is late
// is waited for, not replaced.
func wanted(it *Item, have *Asset, part Part) bool {
	return have == nil && !slices.Contains(it.failed, part)
}

// unlike says why a file cannot be shown as one of the kinds, or "".
func unlike(file *Asset, kinds ...asset.Kind) string {
	switch {
	case !file.Valid:
		return file.Reason
	case !slices.Contains(kinds, file.Kind):
		return "it is " + file.Format
	}
	return ""
}
