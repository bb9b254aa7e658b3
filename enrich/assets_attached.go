package enrich

import (
	"context"
	"errors"
	"io"
	"path"
	"slices"
	"strings"

	"ingest/enrich/asset"
)

// role is what an attachment may be taken for.
type role struct {
	part Part
	kind asset.Kind
	text string
}

// fromAttachments takes the first attachment that turns out to be an image,
// those named like a featured image first, and the first PDF. It returns the
// parts for which an attachment was refused.
func (s Assets) fromAttachments(ctx context.Context, it *Item) (refused []Part, err error) {
	images, pdfs := sortAttachments(it.Attachments)
	var badImages, badPDFs []Part
	if it.Image, badImages, err = s.firstAttached(ctx, it, images, role{PartImage, asset.Image, "an image"}); err != nil {
		return nil, err
	}
	if it.PDF, badPDFs, err = s.firstAttached(ctx, it, pdfs, role{PartPDF, asset.PDF, "a PDF"}); err != nil {
		return nil, err
	}
	return append(badImages, badPDFs...), nil
}

// firstAttached takes the first attachment that can be shown in a role, and
// warns of those before it.
func (s Assets) firstAttached(ctx context.Context, it *Item, among []*Attachment, as role) (taken *Asset, refused []Part, err error) {
	for _, attachment := range among {
		file, err := s.attachment(ctx, it, attachment, as.part)
		if err != nil {
			return nil, nil, err
		}
		if file == nil {
			continue
		}
		reason := unlike(file, as.kind)
		if reason == "" {
			return file, refused, nil
		}
		it.Warnings = append(it.Warnings, Warning{Step: s.Name(),
			Text: "attachment " + quote(attachment.FileName) + " is not " + as.text + " that can be shown: " + reason,
			Hint: "attach it again as JPEG, PNG, GIF, WebP or PDF"})
		refused = append(refused, as.part)
		it.refuse(as.part, attachment.FileName, reason)
		file.drop()
	}
	return nil, refused, nil
}

// attachment downloads from the tracker. A file that is gone or damaged is a
// warning and nil; a tracker that fails is an error, because the same run
// tomorrow gives the image, and a document without it would replace a good one.
func (s Assets) attachment(ctx context.Context, it *Item, attachment *Attachment, part Part) (*Asset, error) {
	if attachment.Download == nil {
		return nil, nil
	}
	if was := it.attached(part, attachment.ID); was != nil {
		again := *was
		again.Attachment = attachment
		return &again, nil
	}
	file, err := s.Spool.receive(it, func(w io.Writer) error { return attachment.Download(ctx, w) })
	if err != nil {
		if damaged, ok := errors.AsType[*DamagedError](err); ok {
			it.Lose(part)
			it.refuse(part, attachment.FileName, damaged.Error())
			it.warn(s.Name(), damaged, "attachment %s not taken", quote(attachment.FileName))
			return nil, nil
		}
		return nil, err
	}
	file.Attachment = attachment
	return file, nil
}

// sortAttachments tells the attachments that may be images, those whose name
// says "featured image" first, and those that may be PDFs, each in the
// tracker's order.
func sortAttachments(attachments []Attachment) (images, pdfs []*Attachment) {
	var others []*Attachment
	for i := range attachments {
		attachment := &attachments[i]
		switch {
		case looksLike(attachment, "application/pdf", ".pdf"):
			pdfs = append(pdfs, attachment)
		case asset.NamedFeatured(attachment.FileName):
			images = append(images, attachment)
		case looksLike(attachment, "image/", ".jpg", ".jpeg", ".png", ".gif", ".webp"):
			others = append(others, attachment)
		}
	}
	return append(images, others...), pdfs
}

// looksLike goes by what the tracker says of an attachment; it only decides
// which ones are worth a download.
func looksLike(a *Attachment, contentType string, extensions ...string) bool {
	return strings.HasPrefix(strings.ToLower(a.ContentType), contentType) ||
		slices.Contains(extensions, strings.ToLower(path.Ext(a.FileName)))
}
