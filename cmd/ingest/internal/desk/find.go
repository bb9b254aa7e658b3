package desk

import (
	"context"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"ingest/pipeline/state"
)

// maxFound is how many entries a search finds.
const maxFound = 50

// Find finds the entries that a text means: the id of a work package, a link to it
// in the tracker, the URL of its source with or without tracking parameters and
// fragment, the canonical URL, or the address at which it is published; else words of
// the title or of the source URL. Nothing found is no error; an *OrderError says that
// the text cannot be looked for.
func (d *Desk) Find(ctx context.Context, text string) ([]Summary, error) {
	text = strings.TrimSpace(text)
	if err := checkQuery(text); err != nil {
		return nil, err
	}
	if text == "" {
		return []Summary{}, nil
	}
	for _, way := range []func(context.Context, string) ([]int64, error){byNumber, d.byTracker, d.bySource, d.byAddress} {
		ids, err := way(ctx, text)
		if err != nil {
			return nil, err
		}
		if len(ids) == 0 {
			continue
		}
		if found, err := d.byID(ctx, ids); err != nil || len(found) > 0 {
			return found, err
		}
	}
	listing, err := d.Shelf.List(ctx, state.Choice{Text: text, Limit: maxFound})
	if err != nil {
		return nil, err
	}
	return summaries(listing.Lines), nil
}

func byNumber(_ context.Context, text string) ([]int64, error) {
	id, err := strconv.ParseInt(strings.TrimPrefix(text, "#"), 10, 64)
	if err != nil { // it is no number
		return nil, nil //nolint:nilerr // and may be something else
	}
	return []int64{id}, nil
}

// byTracker reads the id out of a link to a work package:
// /work_packages/3960/activity, /projects/site/work_packages/details/3960,
// /wp/3960.
func (d *Desk) byTracker(_ context.Context, text string) ([]int64, error) {
	u := asURL(text)
	if u == nil || d.WorkPackageURL == nil {
		return nil, nil
	}
	tracker, err := url.Parse(d.WorkPackageURL(1))
	if err != nil || !strings.EqualFold(tracker.Host, u.Host) {
		return nil, err
	}
	parts := strings.Split(u.Path, "/")
	for i, part := range parts[1:] {
		id, err := strconv.ParseInt(part, 10, 64)
		if err == nil && slices.Contains([]string{"work_packages", "details", "wp"}, parts[i]) {
			return []int64{id}, nil
		}
	}
	return nil, nil
}

// bySource looks for a source or canonical URL; where none has the fragment, which on
// most sites is a place in the page, for one without it.
func (d *Desk) bySource(ctx context.Context, text string) ([]int64, error) {
	u := asURL(text)
	if u == nil {
		return nil, nil
	}
	found, err := d.withURL(ctx, u.String(), text)
	if err != nil || len(found) > 0 || u.Fragment == "" {
		return found, err
	}
	u.Fragment, u.RawFragment = "", ""
	return d.withURL(ctx, u.String())
}

// withURL looks for an address, as it is, cleaned, and in other writings.
func (d *Desk) withURL(ctx context.Context, asked string, others ...string) ([]int64, error) {
	clean := asked
	if d.Clean != nil {
		clean = d.Clean(asked)
	}
	bare := strings.TrimSuffix(clean, "?")
	var all []int64
	for _, address := range append([]string{bare, bare + "?", asked}, others...) { // links.keep_empty_query leaves the mark to links that had a query
		ids, err := d.Shelf.WithURL(ctx, address)
		if err != nil {
			return nil, err
		}
		all = append(all, ids...)
	}
	return slices.Compact(slices.Sorted(slices.Values(all))), nil
}

// byAddress looks for an address on the site, as the archetype makes it or as a
// browser shows it.
func (d *Desk) byAddress(ctx context.Context, text string) (ids []int64, err error) {
	if d.Addresses == nil || !strings.HasPrefix(text, "/") && asURL(text) == nil {
		return nil, nil
	}
	asked := folded(text)
	for id, address := range d.Addresses(ctx) {
		if folded(address) == asked || d.SiteURL != nil && folded(d.SiteURL(address)) == asked {
			ids = append(ids, id)
		}
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
	}
	return ids, nil
}

// folded is an address without what does not matter to it.
func folded(address string) string {
	address, _, _ = strings.Cut(address, "#")
	address, _, _ = strings.Cut(address, "?")
	_, rest, _ := strings.Cut(address, "://")
	if rest != "" {
		address = rest
	}
	return strings.ToLower(strings.TrimRight(address, "/"))
}

// asURL reads a web address, also one that a browser shows without its scheme; nil
// for anything else.
func asURL(text string) *url.URL {
	host, _, path := strings.Cut(text, "/")
	if !strings.Contains(text, "://") && path && strings.Contains(host, ".") && !strings.ContainsAny(text, " \t\n") {
		text = "https://" + text
	}
	u, err := url.Parse(text)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return nil
	}
	return u
}
