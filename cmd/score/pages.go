package main

import (
	"context"
	"os"
	"path/filepath"
)

// pageScore is what the pages' scorer says; shares are of 1.
type pageScore struct {
	Overall float64               `json:"overall"`
	Pages   int                   `json:"pages"`
	Fields  map[string]fieldScore `json:"fields"`
}

type fieldScore struct {
	N         int     `json:"n"` // pages with a label
	Precision float64 `json:"precision"`
	Recall    float64 `json:"recall"`
	Accuracy  float64 `json:"accuracy"`
}

// pages reads the metadata of every page.
func (s *scorer) pages(ctx context.Context) (score pageScore, err error) {
	labels, err := os.Open(filepath.Join(s.corpus, "labels.jsonl"))
	if err != nil {
		return score, err
	}
	defer labels.Close() //nolint:errcheck // it was only read
	answers, err := s.ask(ctx, s.corpus, labels, "scrape", "--jsonl", "-")
	if err != nil {
		return score, err
	}
	return score, s.score(ctx, s.corpus, "labels.jsonl", answers, &score)
}
