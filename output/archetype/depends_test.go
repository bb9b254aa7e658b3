package archetype_test

import (
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ingest/output/archetype"
)

func TestDepends(t *testing.T) {
	a, err := archetype.Parse("t.yaml", []byte(`
id: '= wp.id'
title: '= title'
who: '= page.meta["author"] ?? wp.author'
meta:
  lang: '= page.lang'
  fixed: page
picture:
  $when: image != nil
  alt: '= title'
  size: '= image.width'
offers:
  $each: offerings
  label: '= it.label + page.title'
tags: [a, '= page.title']
`))
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		parts []string
		want  []string
	}{
		{[]string{"page"}, []string{"meta.lang", "who"}},
		{[]string{"image"}, []string{"picture", "picture.size"}},
		{[]string{"offerings", "title"}, []string{"offers", "picture.alt", "title"}},
		{nil, nil},
	} {
		got := slices.Sorted(maps.Keys(a.Depends(tt.parts...)))
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("Depends(%q) (-want +got):\n%s", tt.parts, diff)
		}
	}
}
