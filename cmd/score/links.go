package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
)

// linkScore is what the links' scorer says; shares are in percent.
type linkScore struct {
	Pairs      int                `json:"pairs"`
	Kinds      map[string]float64 `json:"accuracy"`
	All        float64            `json:"accuracy_all"`
	Recall     float64            `json:"tracker_recall"`
	Unwrapped  float64            `json:"unwrapped"`
	Broken     float64            `json:"broken"`
	Idempotent *float64           `json:"idempotent"`
}

// cleaned is one answer of `ingest clean --jsonl`.
type cleaned struct {
	ID     json.RawMessage `json:"id"`
	Input  string          `json:"input"`
	Output string          `json:"output"`
	Again  string          `json:"again"` // what cleaning the output gives
}

// links cleans every link, and every cleaned link again.
func (s *scorer) links(ctx context.Context) (score linkScore, err error) {
	pairs, err := os.ReadFile(filepath.Join(s.urls, "pairs.jsonl"))
	if err != nil {
		return score, err
	}
	once, err := s.clean(ctx, pairs)
	if err != nil {
		return score, err
	}
	var outputs bytes.Buffer
	for _, answer := range once {
		if err := json.NewEncoder(&outputs).Encode(cleaned{ID: answer.ID, Input: answer.Output}); err != nil {
			return score, err
		}
	}
	twice, err := s.clean(ctx, outputs.Bytes())
	if err != nil {
		return score, err
	}
	var answers bytes.Buffer
	for i, answer := range once {
		answer.Again = twice[i].Output
		if err := json.NewEncoder(&answers).Encode(answer); err != nil {
			return score, err
		}
	}
	return score, s.score(ctx, s.urls, "pairs.jsonl", answers.Bytes(), &score)
}

func (s *scorer) clean(ctx context.Context, lines []byte) ([]cleaned, error) {
	out, err := s.ask(ctx, s.urls, bytes.NewReader(lines), "clean", "--jsonl", "-")
	if err != nil {
		return nil, err
	}
	var answers []cleaned
	for line := range bytes.Lines(out) {
		var answer cleaned
		if err := json.Unmarshal(line, &answer); err != nil {
			return nil, err
		}
		answers = append(answers, answer)
	}
	return answers, nil
}
