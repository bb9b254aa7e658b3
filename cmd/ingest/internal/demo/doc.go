// Package demo is a small world on loopback for `ingest demo`: a fake tracker
// with some forty work packages and a source site that their links point to.
// The program that runs over it is the real one, with a real configuration
// file; nothing in the pipeline knows that it is a demo.
//
//	content.go   the work packages: several topics, languages, statuses, fields
//	tracker.go   puts them into openprojecttest's fake tracker
//	pages.go     the articles of the source site
//	site.go      serves them, with redirects, dead links, a PDF, odd charsets
//	pictures.go  draws the images and writes the PDF, so that no binary is kept
//	demo.go      starts both and writes the configuration file
//
// Everything is deterministic: two demos into two folders give the same bytes.
package demo
