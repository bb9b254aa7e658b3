package archetype_test

import (
	"fmt"

	"ingest/output/archetype"
	"ingest/output/frontmatter"
)

func Example() {
	a, err := archetype.Parse("note.yaml", []byte(`
id: '= wp.id'
title: '= title'
layout: note
image:
  $when: image != nil
  $omit: true
  src: '= image.name'
offerings:
  $each: offerings
  label: '= it.label'
date: '= date(wp.createdAt, "2006-01-02")'
`))
	if err != nil {
		fmt.Println(err)
		return
	}
	m, err := a.Render(archetype.Env{WP: archetype.WorkPackage{ID: 7}, Title: "Tide: clocks", Offerings: []archetype.Offering{{Label: "Clock"}}})
	if err != nil {
		fmt.Println(err)
		return
	}
	text, err := frontmatter.Marshal(m)
	fmt.Print(string(text), err)
	// Output:
	// id: 7
	// title: 'Tide: clocks'
	// layout: note
	// offerings:
	//   - label: Clock
	// date: null
	// <nil>
}

func ExampleParse() {
	_, err := archetype.Parse("note.yaml", []byte("title: '= titel'\nslug: '= slug(title, 3)'\n"))
	fmt.Println(err)
	// Output:
	// note.yaml:1:11: unknown name titel
	// note.yaml:2:10: too many arguments to call slug
}
