package pipeline

import (
	"maps"
	"net"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode"

	"golang.org/x/net/publicsuffix"

	"ingest/enrich"
	"ingest/enrich/page"
	"ingest/output/archetype"
)

// env gathers what an archetype may use.
func (p *Pipeline) env(j *job) archetype.Env {
	it, shape := j.item, p.shape(j)
	asset := func(a *enrich.Asset, role archetype.Role) *archetype.Asset {
		return toAsset(it, a, shape.AssetName(j.name, role, extension(a)))
	}
	return archetype.Env{
		WP:    p.workPackage(j),
		Title: strings.TrimSpace(j.record.Subject), Body: j.text, Name: j.name, Bundle: shape.Bundle,
		Topics: it.Topics, Link: withHealth(toLink(it.Link), j.health), Page: toPage(it.Page),
		Image: asset(it.Image, archetype.ImageRole), PDF: asset(it.PDF, archetype.PDFRole), Icon: asset(it.Icon, archetype.IconRole),
		Offerings: toOfferings(it.Offerings), Site: p.Site,
	}
}

func (p *Pipeline) workPackage(j *job) archetype.WorkPackage {
	r := j.record
	values, shown := fieldValues(r, j.item, p.Fields)
	return archetype.WorkPackage{ID: r.ID, Type: r.Type, Status: r.Status, Project: r.Project, Author: r.Author, Subject: r.Subject,
		URL: r.URL, CreatedAt: r.CreatedAt, UpdatedAt: r.UpdatedAt, Fields: values, CustomFields: shown}
}

// fieldValues reads the configured custom fields twice: by our names, and as
// documents show them, by camelCased label and only where there is a value.
// The clean URL is ours to say once we have made one; the tracker's field may
// be older than the rules.
func fieldValues(r *record, it *enrich.Item, fields map[string]string) (values, shown map[string]any) {
	values, shown = make(map[string]any), make(map[string]any)
	for _, key := range slices.Sorted(maps.Keys(fields)) { // two labels may become one name
		label := fields[key]
		v := r.field(label)
		if key == FieldCleanURL && it.Link != nil {
			v = it.Link.Href
		}
		if v == nil || isBlank(v) {
			continue
		}
		values[key] = v
		shown[camelCase(label)] = v
	}
	return values, shown
}

// isBlank says whether a value is a text of blanks or a list of nothing.
func isBlank(v any) bool {
	switch v := v.(type) {
	case string:
		return strings.TrimSpace(v) == ""
	case []string:
		return len(v) == 0
	}
	return false
}

// camelCase joins the words of a label: "Source URL" becomes sourceUrl.
func camelCase(label string) string {
	words := strings.FieldsFunc(label, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	for i, word := range words {
		lower := []rune(strings.ToLower(word))
		if i > 0 {
			lower[0] = unicode.ToUpper(lower[0])
		}
		words[i] = string(lower)
	}
	return strings.Join(words, "")
}

func toLink(l *enrich.Link) *archetype.Link {
	if l == nil {
		return nil
	}
	link := &archetype.Link{Href: l.Href, Original: l.Original, Canonical: l.Canonical}
	if u, err := url.Parse(l.Href); err == nil { // steps let no other in
		link.Brand = strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
		link.Domain = registrableLabel(link.Brand)
	}
	for _, hop := range l.Hops {
		link.Hops = append(link.Hops, archetype.Hop{URL: hop.URL, Clean: hop.Clean, Status: hop.Status, Reason: string(hop.Reason)})
	}
	return link
}

// registrableLabel is the name under which a domain was registered: mindbowser
// for www.mindbowser.com, bbc for bbc.co.uk. A host outside the public suffix
// list (publicsuffix.org) gives its first label, an address gives "".
func registrableLabel(host string) string {
	if net.ParseIP(host) != nil {
		return ""
	}
	if domain, err := publicsuffix.EffectiveTLDPlusOne(host); err == nil {
		host = domain
	}
	label, _, _ := strings.Cut(host, ".")
	return label
}

func toPage(p *page.Page) archetype.Page {
	made := archetype.Page{Meta: make(map[string]any)}
	if p == nil {
		return made
	}
	for name, content := range p.Meta {
		made.Meta[name] = content
	}
	made.Title, made.Description, made.Authors = p.Title, p.Description, p.Authors
	made.SiteName, made.Canonical, made.Lang, made.Keywords = p.SiteName, p.Canonical, p.Lang, p.Keywords
	made.Published, made.Modified = instant(p.Published), instant(p.Modified)
	return made
}

// instant is a page's date as archetypes have it: midnight UTC where only the
// day is known, nil where nothing is.
func instant(d page.Date) *time.Time {
	if d.IsZero() {
		return nil
	}
	return &d.Time
}

func toAsset(it *enrich.Item, a *enrich.Asset, name string) *archetype.Asset {
	if a == nil {
		return nil
	}
	made := &archetype.Asset{Name: name, Href: a.URL, Format: a.Format, Width: a.Width, Height: a.Height, Valid: a.Valid,
		Source: "page", WorkPackage: it.ID}
	if a.Attachment != nil {
		made.Source, made.Href = "attachment", a.Attachment.Link
		made.Attachment = &archetype.Attachment{ID: a.Attachment.ID, FileName: a.Attachment.FileName, Link: a.Attachment.Link}
	}
	return made
}

func toOfferings(offerings []enrich.Offering) []archetype.Offering {
	made := make([]archetype.Offering, 0, len(offerings))
	for _, o := range offerings {
		made = append(made, archetype.Offering{ID: o.ID, Label: o.Label, Permalink: o.Permalink, Topics: o.Topics})
	}
	return made
}
