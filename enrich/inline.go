package enrich

import (
	"context"
	"path"
	"slices"
	"strconv"
	"strings"

	"ingest/enrich/asset"
	"ingest/enrich/body"
)

// Inline is the step that fetches the attachments which the body shows or links
// to, so that the site has them too.
type Inline struct {
	Tracker string // address of the tracker, by which links into it are known
	Spool   Spool
}

// InlineFile is an attachment that the body refers to.
type InlineFile struct {
	ID    int64 // of the attachment
	Ext   string
	Asset *Asset
}

// Part names the file among the parts of its item.
func (f InlineFile) Part() Part { return Part("attachment-" + strconv.FormatInt(f.ID, 10)) }

// Name returns "inline".
func (Inline) Name() string { return "inline" }

// Apply sets the item's inline files. One that cannot be had or published keeps
// its link into the tracker, with a warning.
func (s Inline) Apply(ctx context.Context, it *Item) error {
	for _, id := range body.Attachments(it.Body, s.Tracker) {
		i := slices.IndexFunc(it.Attachments, func(a Attachment) bool { return a.ID == id })
		if i < 0 {
			it.warn(s.Name(), nil, "the description shows attachment %d, which is not one of this work package", id)
			continue
		}
		if it.hasInline(&it.Attachments[i]) {
			continue
		}
		file, err := Assets{Spool: s.Spool}.attachment(ctx, it, &it.Attachments[i], InlineFile{ID: id}.Part())
		if err != nil {
			return err
		}
		if file == nil {
			continue
		}
		ext := publishable(file)
		if ext == "" {
			it.warn(s.Name(), nil, "attachment %s, which the description shows, is of a kind that is not published", quote(it.Attachments[i].FileName))
			continue
		}
		file.Ext = ext // for a file whose bytes say nothing
		it.Inline = append(it.Inline, InlineFile{ID: id, Ext: ext, Asset: file})
	}
	return nil
}

// hasInline takes over a file that an earlier visit has published: attachments
// never change.
func (it *Item) hasInline(a *Attachment) bool {
	if it.Previous == nil {
		return false
	}
	for _, was := range it.Previous.Inline {
		if was.ID == a.ID && it.present(was.Part(), was.Asset) {
			it.Inline = append(it.Inline, was)
			return true
		}
	}
	return false
}

// publishable returns the extension under which a file may stand on a site, ""
// where it may not: images and PDFs by their bytes, and files that browsers
// only save by their name. HTML and scripts would run as the site's own.
func publishable(file *Asset) string {
	if file.Valid && (file.Kind == asset.Image || file.Kind == asset.PDF) {
		return file.Ext
	}
	ext := strings.ToLower(strings.TrimPrefix(path.Ext(file.Attachment.FileName), "."))
	if slices.Contains([]string{"csv", "docx", "epub", "mp3", "mp4", "odp", "ods", "odt", "pptx", "txt", "webm", "xlsx", "zip"}, ext) {
		return ext
	}
	return ""
}
