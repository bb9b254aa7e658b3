package enrich

import (
	"context"
	"errors"
	"io"
	"path"
	"strings"

	"ingest/enrich/asset"
)

// Assets is the step that takes the featured image, the featured PDF and the
// icon. What an editor attached to the work package goes first; the page is
// asked only for what the tracker does not give. Types are decided by the
// bytes, never by a name or a header.
type Assets struct {
	Web   Web
	Spool Spool
}

// Name returns "assets".
func (Assets) Name() string { return "assets" }

// Apply sets the item's image, PDF and icon.
func (s Assets) Apply(ctx context.Context, it *Item) error {
	if err := s.fromAttachments(ctx, it); err != nil {
		return err
	}
	return s.fromPage(ctx, it)
}

// fromAttachments takes the first attachment that turns out to be an image,
// those named like a featured image first, and the first PDF.
func (s Assets) fromAttachments(ctx context.Context, it *Item) error {
	for _, attachment := range imagesFirst(it.Attachments) {
		if it.Image != nil {
			break
		}
		file, err := s.attachment(ctx, it, attachment, PartImage)
		if err != nil {
			return err
		}
		if isImage(file) {
			it.Image = file
		} else if file != nil {
			s.refuse(it, file, "an image")
		}
	}
	for i := range it.Attachments {
		attachment := &it.Attachments[i]
		if it.PDF != nil || !looksLike(attachment, "application/pdf", ".pdf") {
			continue
		}
		file, err := s.attachment(ctx, it, attachment, PartPDF)
		if err != nil {
			return err
		}
		if file != nil && file.Valid && file.Kind == asset.PDF {
			it.PDF = file
		} else if file != nil {
			s.refuse(it, file, "a PDF")
		}
	}
	return nil
}

// attachment downloads from the tracker. A file that is gone or damaged is a
// warning and nil; a tracker that fails is an error, because the same run
// tomorrow gives the image, and a document without it would replace a good one.
func (s Assets) attachment(ctx context.Context, it *Item, attachment *Attachment, part Part) (*Asset, error) {
	if attachment.Download == nil {
		return nil, nil
	}
	file, err := s.Spool.receive(it, func(w io.Writer) error { return attachment.Download(ctx, w) })
	if err != nil {
		if damaged, ok := errors.AsType[*DamagedError](err); ok {
			it.Lose(part)
			it.warn(s.Name(), damaged, "attachment %s not taken", quote(attachment.FileName))
			return nil, nil
		}
		return nil, err
	}
	file.Attachment = attachment
	return file, nil
}

// refuse warns of an attachment that is not what its name says.
func (s Assets) refuse(it *Item, file *Asset, want string) {
	reason := file.Reason
	if reason == "" {
		reason = "it is " + file.Format
	}
	it.Warnings = append(it.Warnings, Warning{Step: s.Name(),
		Text: "attachment " + quote(file.Attachment.FileName) + " is not " + want + " that can be shown: " + reason,
		Hint: "attach it again as JPEG, PNG, GIF, WebP or PDF"})
}

// imagesFirst lists the attachments that may be images: those whose name says
// "featured image", then the others, each in the tracker's order.
func imagesFirst(attachments []Attachment) []*Attachment {
	var named, others []*Attachment
	for i := range attachments {
		attachment := &attachments[i]
		switch {
		case looksLike(attachment, "application/pdf", ".pdf"):
		case asset.NamedFeatured(attachment.FileName):
			named = append(named, attachment)
		case looksLike(attachment, "image/", ".jpg", ".jpeg", ".png", ".gif", ".webp"):
			others = append(others, attachment)
		}
	}
	return append(named, others...)
}

// looksLike goes by what the tracker says of an attachment; it only decides
// which ones are worth a download.
func looksLike(a *Attachment, contentType string, extensions ...string) bool {
	if strings.HasPrefix(strings.ToLower(a.ContentType), contentType) {
		return true
	}
	extension := strings.ToLower(path.Ext(a.FileName))
	for _, e := range extensions {
		if extension == e {
			return true
		}
	}
	return false
}
