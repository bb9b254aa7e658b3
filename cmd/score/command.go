package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// output runs a program in dir ("" is here) and returns what it printed.
func (s *scorer) output(ctx context.Context, dir, name string, args ...string) ([]byte, error) {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "CORPUS="+s.corpus)
	return result(cmd)
}

func result(cmd *exec.Cmd) ([]byte, error) {
	var out, problems bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &problems
	if err := cmd.Run(); err != nil {
		return nil, fmt.Errorf("%s: %w\n%s%s", strings.Join(cmd.Args, " "), err, tail(out.Bytes()), problems.Bytes())
	}
	return out.Bytes(), nil
}

// tail is the end of a long output, where its error stands.
func tail(b []byte) []byte { return b[max(0, len(b)-2000):] }

// ask runs the program under test in dir on lines of JSON. An empty
// configuration keeps that of whoever runs this out of the figures.
func (s *scorer) ask(ctx context.Context, dir string, lines io.Reader, args ...string) ([]byte, error) {
	empty := filepath.Join(s.dir, "empty.yaml")
	if err := os.WriteFile(empty, nil, 0o600); err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, s.ingest, append([]string{"--config", empty}, args...)...)
	cmd.Dir, cmd.Stdin = dir, lines
	return result(cmd)
}

// score runs a corpus's own scorer on answers.
func (s *scorer) score(ctx context.Context, dir, truth string, answers []byte, into any) error {
	file := filepath.Join(s.dir, "answers.jsonl")
	if err := os.WriteFile(file, answers, 0o600); err != nil {
		return err
	}
	out, err := s.output(ctx, dir, "python3", "score.py", truth, file, "--json")
	if err != nil {
		return err
	}
	return json.Unmarshal(out, into)
}
