package pipeline_test

import (
	"strings"
	"testing"

	"ingest/openproject/openprojecttest"
	"ingest/output"
	"ingest/output/archetype"
	"ingest/pipeline"
	"ingest/pipeline/state"
)

// stranger is a site of one document, made by an archetype of its own.
type stranger struct {
	*pruned
	source string
}

func (s stranger) run(t *testing.T) pipeline.ItemReport {
	t.Helper()
	made, err := archetype.Parse("test.yaml", []byte(s.source))
	if err != nil {
		t.Fatal(err)
	}
	p := s.pipeline()
	p.Template, p.Site = made, archetype.Site{Sub: "sub", Params: map[string]any{"region": "EU"}}
	report, err := p.Run(t.Context(), pipeline.Selection{Query: s.query, Full: true})
	if err != nil {
		t.Fatal(err)
	}
	return report.Items[len(report.Items)-1]
}

// TestStateDeletedBesideHandEdits: the state may go at any time, even when the
// tracker changes before the next run: what a person wrote stays where the
// tracker cannot have written it, and the body always.
func TestStateDeletedBesideHandEdits(t *testing.T) {
	client, fake := tracker(t, 1)
	s := stranger{&pruned{t: t, client: client, fake: fake, dir: t.TempDir(), store: state.NewMemory()}, `id: '= wp.id'
title: '= title'
changed: '= wp.updatedAt != nil ? date(wp.updatedAt, "2006-01-02T15:04:05.000Z07:00") : nil'
sub: '= site.sub'
layout: single
region: {name: '= site.params.region', of: '= topics'}
tags: [fixed, '= site.sub']
crumbs: ['= title', Home]
picture: {$when: image != nil, frame: wide}
`}
	s.run(t)
	for _, edit := range [][2]string{
		{"sub: sub", "sub: handsub"}, {"layout: single", "layout: wide"}, {"name: EU", "name: UK"}, {"  - fixed\n", "  - fixed\n  - mine\n"},
		{"  - Home\n", "  - Start\n"}, {"Body.", "Body.\n\nA paragraph by hand."},
	} {
		s.edit(1, edit[0], edit[1])
	}
	s.store = state.NewMemory()
	fake.Update(1, func(w *openprojecttest.WorkPackage) { w.Subject = "Renamed" })
	item := s.run(t)
	text := s.files()[s.document(1)]
	for _, want := range []string{"\ntitle: Renamed\n", "\nsub: handsub\n", "\nlayout: wide\n", "name: UK\n", "  - mine\n", "  - Renamed\n  - Home\n", "Body.\n\nA paragraph by hand."} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in\n%s", want, text)
		}
	}
	if got := strings.Join(item.HandEdits, " "); got != "sub layout region.name tags (body)" {
		t.Errorf("edits: %s", got)
	}
	var told string
	for _, w := range item.Warnings {
		told += w.Text + "|" + w.Hint + "\n"
	}
	if !strings.Contains(told, "--take-tracker body") || !strings.Contains(told, "crumbs was - Item 1 - Start and is now") {
		t.Errorf("told %s", told)
	}
	fake.Update(1, func(w *openprojecttest.WorkPackage) { w.Description = "Another body." })
	if item = s.run(t); len(item.Warnings) != 1 || !strings.Contains(item.Warnings[0].Text, output.BodyKey+" was edited by hand and in the tracker") {
		t.Errorf("the next change of the body is told as %+v", item.Warnings)
	}
}

// TestTakenPlaceIsToldOnce: the claim and the write both find it.
func TestTakenPlaceIsToldOnce(t *testing.T) {
	client, fake := tracker(t, 1)
	s := stranger{&pruned{t: t, client: client, fake: fake, dir: t.TempDir(), store: state.NewMemory()},
		"$document: {file: '\"same.md\"'}\nid: '= wp.id'\ntitle: '= title'\n"}
	s.put("content/same.md", "A page of the site's own.")
	item := s.run(t)
	if len(item.Warnings) != 1 || !strings.Contains(item.Warnings[0].Text, "the file name same.md is that of") {
		t.Errorf("warned %+v, want it told once", item.Warnings)
	}
}
