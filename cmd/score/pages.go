package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
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

// pages reads the metadata of every page, and scores them all and by kind.
func (s *scorer) pages(ctx context.Context) (score pageScore, kinds map[string]pageScore, err error) {
	labels, err := os.ReadFile(filepath.Join(s.corpus, "labels.jsonl"))
	if err != nil {
		return score, nil, err
	}
	answers, err := s.ask(ctx, s.corpus, bytes.NewReader(labels), "scrape", "--jsonl", "-")
	if err != nil {
		return score, nil, err
	}
	if err := s.score(ctx, s.corpus, "labels.jsonl", answers, &score); err != nil {
		return score, nil, err
	}
	parts, err := byKind(labels)
	if err != nil {
		return score, nil, err
	}
	kinds = map[string]pageScore{}
	for kind, part := range parts {
		file := filepath.Join(s.dir, "labels.jsonl")
		if err := os.WriteFile(file, part, 0o600); err != nil {
			return score, nil, err
		}
		var one pageScore
		if err := s.score(ctx, s.corpus, file, answers, &one); err != nil {
			return score, nil, err
		}
		kinds[kind] = one
	}
	return score, kinds, nil
}

// byKind parts the labels by the kind of their page, where it is known, and by
// the collection they come from else.
func byKind(labels []byte) (map[string][]byte, error) {
	parts := map[string][]byte{}
	for line := range bytes.Lines(labels) {
		var label struct {
			Set  string `json:"set"`
			Kind string `json:"page_type"`
		}
		if err := json.Unmarshal(line, &label); err != nil {
			return nil, err
		}
		kind := cmp.Or(label.Kind, label.Set)
		parts[kind] = append(parts[kind], line...)
	}
	return parts, nil
}
