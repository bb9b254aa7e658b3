package pipeline

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"ingest/enrich"
	"ingest/enrich/body"
	"ingest/output"
	"ingest/output/archetype"
)

// document renders the front matter and gathers the assets it refers to.
func (p *Pipeline) document(j *job) (output.Document, error) {
	p.compose(j)
	env := p.env(j)
	matter, err := p.Template.Render(env)
	if err != nil {
		return output.Document{}, fmt.Errorf("render: %w", err)
	}
	a, err := p.address(j, env, matter)
	if err != nil {
		return output.Document{}, fmt.Errorf("render: %w", err)
	}
	d := output.Document{ID: j.record.ID, Name: j.name, File: j.file, URL: a.url, Former: a.former, Leaves: a.leaves, FrontMatter: a.matter, Body: env.Body, Source: j.item.Source,
		Missing: p.missing(j), Stamps: p.stamps(), Constant: p.constant(), Forgetful: p.Store == nil, Adopted: j.adopted, TrackerOwns: p.TrackerOwns}
	if !p.FollowTitles {
		d.Locked = locked(p.Template.Document())
	}
	if a.url != "" {
		d.Aliases = p.Template.Document().ListAliases(a.matter)
	}
	if j.address = a.url; a.url == "" && len(p.Sink.URLs(j.record.ID)) > 0 {
		j.address = p.Sink.URLs(j.record.ID)[0]
	}
	if d.Last, err = lastWritten(j.entry); err != nil {
		return output.Document{}, err
	}
	j.files = p.assets(j)
	for name, a := range j.files {
		d.Assets = append(d.Assets, assetOf(name, a, j.entry.digest(name)))
	}
	slices.SortFunc(d.Assets, func(a, b output.Asset) int { return strings.Compare(a.Name, b.Name) })
	return d, nil
}

// locked are the paths of what makes the address of a published document.
func locked(shape archetype.Document) []string {
	paths := slices.Clone(shape.Address)
	if shape.Aliases != "" {
		paths = append(paths, shape.Aliases)
	}
	return paths
}

// lastWritten is what is remembered of a document, nil when that is nothing. The error
// is a *DamagedEntryError.
func lastWritten(e *Entry) (*output.Written, error) {
	if e == nil || len(e.Written) == 0 {
		return nil, nil
	}
	last := &output.Written{}
	if err := json.Unmarshal(e.Written, last); err != nil {
		return nil, &DamagedEntryError{e.ID, fmt.Errorf("what the document holds: %w", err)}
	}
	return last, nil
}

// stamps are the paths of values that are made of nothing but the time of the
// work package's last change.
func (p *Pipeline) stamps() []string {
	if p.stamped != nil {
		return p.stamped
	}
	paths := []string{}
	for _, origin := range p.Template.Origins() {
		if len(origin.Parts) == 1 && origin.Parts[0] == "wp.updatedAt" {
			paths = append(paths, origin.Key)
		}
	}
	return paths
}

// compose makes the body that the site gets, and warns of what looks wrong in
// that of the editor.
func (p *Pipeline) compose(j *job) {
	o := p.Body
	o.Attachment = func(id int64) (string, bool) {
		for _, f := range j.item.Inline {
			if f.ID == id {
				shape := p.shape(j)
				return shape.AssetAddress(p.Site, shape.AssetName(j.name, archetype.Role(f.Part()), f.Ext)), true
			}
		}
		return "", false
	}
	var notes []body.Note
	j.text, notes = body.Rewrite(j.record.Description, o)
	for _, note := range notes {
		j.note("line %d of the description: %s", note.Line, note.Text)
	}
	for _, finding := range body.Suspicious(j.record.Description) {
		j.note("line %d of the description: %s", finding.Line, finding.Text)
	}
	if strings.TrimSpace(j.record.Subject) == "" {
		j.note("the work package has no subject, so the document has no title")
	}
}

// shape is what the archetype says of the document at its place.
func (p *Pipeline) shape(j *job) archetype.Document {
	place := p.Sink.Place(j.record.ID)
	if place == "" {
		place = j.file
	}
	return p.Template.Document().At(place)
}

// note notes a warning about the text of the work package.
func (j *job) note(format string, args ...any) {
	j.item.Warnings = append(j.item.Warnings, enrich.Warning{Step: "body", Text: fmt.Sprintf(format, args...)})
}

// assets are the files of a document by the names they get.
func (p *Pipeline) assets(j *job) map[string]*enrich.Asset {
	shape, named := p.shape(j), map[string]*enrich.Asset{}
	add := func(role archetype.Role, ext string, a *enrich.Asset) {
		if a != nil {
			named[shape.AssetName(j.name, role, ext)] = a
		}
	}
	add(archetype.ImageRole, extension(j.item.Image), j.item.Image)
	add(archetype.PDFRole, extension(j.item.PDF), j.item.PDF)
	add(archetype.IconRole, extension(j.item.Icon), j.item.Icon)
	for _, f := range j.item.Inline {
		add(archetype.Role(f.Part()), f.Ext, f.Asset)
	}
	return named
}

func extension(a *enrich.Asset) string {
	if a == nil {
		return ""
	}
	return a.Ext
}

// assetOf hands an asset to the sink. One that was remembered is there already.
func assetOf(name string, a *enrich.Asset, last string) output.Asset {
	made := output.Asset{Name: name, Size: a.Size, Last: last}
	if a.Fetched() {
		made.Open = a.Open
	}
	return made
}
