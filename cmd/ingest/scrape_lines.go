package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"ingest/cmd/ingest/internal/lines"
	"ingest/enrich/page"
)

// maxAsked bounds a line of --jsonl, in bytes.
const maxAsked = 16 << 20

// savedPage is one line of --jsonl.
type savedPage struct {
	ID       json.RawMessage `json:"id"`
	URL      string          `json:"url"`
	HTMLFile string          `json:"html_file"`
	Charset  string          `json:"charset"`
}

// metadata is the line that it gives.
type metadata struct {
	ID            json.RawMessage `json:"id,omitempty"`
	Title         string          `json:"title,omitempty"`
	Description   string          `json:"description,omitempty"`
	Author        []string        `json:"author,omitempty"`
	DatePublished page.Date       `json:"date_published,omitzero"`
	DateModified  page.Date       `json:"date_modified,omitzero"`
	Image         string          `json:"image,omitempty"`
	SiteName      string          `json:"site_name,omitempty"`
	Canonical     string          `json:"canonical,omitempty"`
	Lang          string          `json:"lang,omitempty"`
	Favicon       string          `json:"favicon,omitempty"`
	Keywords      []string        `json:"keywords,omitempty"`
	Error         string          `json:"error,omitempty"`
}

// stream reads many pages at once and answers in the order of the lines.
func (r *pageReader) stream(ctx context.Context, w world, s *scrapeFlags) error {
	in := w.stdin
	if s.jsonl != "-" {
		f, err := os.Open(s.jsonl)
		if err != nil {
			return &usageError{err}
		}
		defer f.Close() //nolint:errcheck // it was only read
		in = f
	}
	out := bufio.NewWriter(w.stdout)
	failed := 0
	err := lines.Map(ctx, lines.NewReader(in, maxAsked), s.workers, r.line, func(a metadata, more bool) error {
		if a.Error != "" {
			failed++
		}
		_, err := out.WriteString(jsonLine(a))
		if !more {
			err = out.Flush()
		}
		return err
	})
	if err = errors.Join(err, out.Flush()); err == nil && failed > 0 {
		return &itemsFailedError{failed}
	}
	return err
}

// line answers one line. What goes wrong with it is its own affair.
func (r *pageReader) line(ctx context.Context, line lines.Line) metadata {
	if line.Err != nil {
		return metadata{Error: line.Err.Error()}
	}
	var a savedPage
	if err := json.Unmarshal([]byte(line.Text), &a); err != nil {
		return metadata{Error: fmt.Sprintf("line %d is no JSON object with id, url and html_file", line.Number)}
	}
	found, err := r.read(ctx, a)
	if err != nil {
		return metadata{ID: a.ID, Error: err.Error()}
	}
	return metadata{ID: a.ID, Title: found.Title, Description: found.Description, Author: found.Authors, DatePublished: found.Published,
		DateModified: found.Modified, Image: found.Image, SiteName: found.SiteName, Canonical: found.Canonical, Lang: found.Lang,
		Favicon: found.Icon, Keywords: found.Keywords}
}

func (r *pageReader) read(ctx context.Context, a savedPage) (*reading, error) {
	switch a.HTMLFile {
	case "":
		return r.fetch(ctx, a.URL)
	case "-":
		return nil, errors.New("html_file names standard input, which holds the list")
	}
	return readSaved(io.MultiReader(), a.HTMLFile, a.URL, a.Charset)
}
