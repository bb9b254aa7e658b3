package enrich

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"

	"ingest/enrich/asset"
	"ingest/enrich/fetch"
)

// maxIcon bounds an icon's bytes; real ones are some kilobytes.
const maxIcon = 1 << 20

// fromPage takes from the source what the tracker did not give.
func (s Assets) fromPage(ctx context.Context, it *Item) error {
	if it.fetched == nil {
		return nil
	}
	if file := it.fetched.file; file != nil {
		if it.PDF == nil && file.Kind == asset.PDF {
			it.PDF = file
		}
		if it.Image == nil && !slices.Contains(it.failed, PartImage) && isImage(file) {
			it.Image = file
		}
		return nil
	}
	if it.Page == nil {
		return nil
	}
	if it.Image == nil && !slices.Contains(it.failed, PartImage) { // an editor's image that is late is not replaced
		if err := s.pageImage(ctx, it); err != nil {
			return err
		}
	}
	return s.pageIcon(ctx, it)
}

// pageImage takes the first of the page's images that can be shown.
func (s Assets) pageImage(ctx context.Context, it *Item) error {
	if it.Page.Image == "" {
		return nil
	}
	file, err := s.fetch(ctx, it, it.Page.Image, fetch.MaxImage)
	switch {
	case err != nil:
		return s.missed(ctx, it, PartImage, err, "image of the source page not taken")
	case !isImage(file):
		it.Lose(PartImage)
		it.warn(s.Name(), nil, "image of the source page %s cannot be shown: %s", quote(it.Page.Image), cannotShow(file))
	default:
		it.Image = file
	}
	return nil
}

// pageIcon takes the declared icon, else the one that stands by convention at
// the root of the site (the WHATWG HTML standard, section 4.6.7.8 "icon").
// A site without the latter is normal and no warning.
func (s Assets) pageIcon(ctx context.Context, it *Item) error {
	address, declared := it.Page.Icon, true
	if address == "" {
		address, declared = rootIcon(it.fetched.url), false
	}
	if address == "" {
		return nil
	}
	file, err := s.fetch(ctx, it, address, maxIcon)
	switch {
	case err != nil && declared:
		return s.missed(ctx, it, PartIcon, err, "icon of the source page not taken")
	case err != nil:
		if !gone(err) {
			it.Lose(PartIcon)
		}
		return s.stopped(ctx, err)
	case file.Valid && file.Kind != asset.PDF:
		it.Icon = file
	case declared:
		it.Lose(PartIcon)
		it.warn(s.Name(), nil, "icon of the source page %s cannot be shown: %s", quote(address), cannotShow(file))
	}
	return nil
}

// gone says whether a site answered that it has no such file.
func gone(err error) bool {
	web, ok := errors.AsType[*fetch.Error](err)
	return ok && (web.Status == http.StatusNotFound || web.Status == http.StatusGone)
}

func cannotShow(file *Asset) string {
	if file.Reason != "" {
		return file.Reason
	}
	return "it is " + file.Format
}

func rootIcon(pageURL string) string {
	u, err := url.Parse(pageURL)
	if err != nil {
		return ""
	}
	return u.ResolveReference(&url.URL{Path: "/favicon.ico"}).String()
}

// fetch brings a file of the web into the spool.
func (s Assets) fetch(ctx context.Context, it *Item, address string, limit int64) (*Asset, error) {
	response, err := s.Web.Get(ctx, fetch.Request{URL: address, MaxBytes: limit, Accept: "image/*,*/*;q=0.5"})
	if err != nil {
		return nil, err
	}
	defer response.Body.Close() //nolint:errcheck // the body was read to its end or given up
	return download(it, s.Spool, response)
}

// missed turns a failure of the web into a warning.
func (s Assets) missed(ctx context.Context, it *Item, part Part, err error, text string) error {
	if stop := s.stopped(ctx, err); stop != nil {
		return stop
	}
	it.Lose(part)
	it.warn(s.Name(), err, "%s", text)
	return nil
}

// stopped returns the errors that are not the web's: the run was told to stop,
// or the disk fails.
func (Assets) stopped(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	if disk, ok := errors.AsType[*diskError](err); ok {
		return disk.err
	}
	return nil
}
