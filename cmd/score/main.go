// Command score measures the link cleaner and the metadata reader on corpora
// of real links and pages, and writes what it finds to docs/quality.md.
//
// It runs from the root of the repository, as `make score`. The corpora are
// folders besides the project, each with its own scorer (Python, standard
// library only): the links' one holds pairs.jsonl, the pages' one labels.jsonl.
// Both are read through the commands that a user has, `ingest clean` and
// `ingest scrape`, as processes of their own.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	s := &scorer{}
	flag.StringVar(&s.corpus, "corpus", "../shared/corpus", "`folder` with labels.jsonl, score.py and the pages")
	flag.StringVar(&s.urls, "urls", "../shared/urls", "`folder` with pairs.jsonl and score.py")
	out := flag.String("out", "docs/quality.md", "`file` to write")
	flag.Parse()
	if err := s.run(ctx, *out); err != nil {
		fmt.Fprintln(os.Stderr, "score:", err)
		os.Exit(1) //nolint:gocritic // stop has nothing left to do
	}
}

// scorer is one measurement of both corpora.
type scorer struct {
	corpus, urls string // absolute once run began
	dir          string // for the program and its answers
	ingest       string // the program under test
}

func (s *scorer) run(ctx context.Context, out string) (err error) {
	if s.dir, err = os.MkdirTemp("", "score-"); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(s.dir)) }()
	if s.corpus, err = filepath.Abs(s.corpus); err != nil {
		return err
	}
	if s.urls, err = filepath.Abs(s.urls); err != nil {
		return err
	}
	s.ingest = filepath.Join(s.dir, "ingest")
	if _, err = s.output(ctx, "", "go", "build", "-o", s.ingest, "./cmd/ingest"); err != nil {
		return err
	}
	var q quality
	if q.links, err = s.links(ctx); err != nil {
		return fmt.Errorf("links: %w", err)
	}
	if q.pages, q.kinds, err = s.pages(ctx); err != nil {
		return fmt.Errorf("pages: %w", err)
	}
	if q.costs, err = s.costs(ctx); err != nil {
		return fmt.Errorf("benchmarks: %w", err)
	}
	return os.WriteFile(out, []byte(q.markdown()), 0o644) //nolint:gosec // a document of the repository
}
