package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"runtime"
	"strings"

	"github.com/spf13/cobra"

	"ingest/cmd/ingest/internal/config"
	"ingest/cmd/ingest/internal/console"
	"ingest/enrich"
	"ingest/enrich/fetch"
	"ingest/enrich/page"
	"ingest/enrich/urlclean"
)

type scrapeFlags struct {
	json    bool
	html    string
	url     string
	jsonl   string
	workers int
}

func newScrape(w world, f *runFlags) *cobra.Command {
	flags := &scrapeFlags{}
	cmd := &cobra.Command{
		Use:   "scrape [URL | --html FILE --url URL | --jsonl FILE]",
		Short: "Read the metadata of a page",
		Long: `scrape reads what a page says about itself: title, authors, dates, image and the
rest. It cleans the URL, follows redirects and reads the page as a run does, and
prints a card; --json prints everything, with the place that each value came from
and the candidates that lost.

With --html it reads a saved page (gzip or plain, - for standard input) that was
served from --url, and asks nothing of any network. With --jsonl it reads many:
objects with id, url and html_file (or no html_file, to fetch the page), and
charset where the bytes are in another than they say, one a line. Each gives one
line, in the same order; a page that fails gives its error.

It follows the parts links and scrape of the configuration, where there is one.`,
		Example: `  ingest scrape https://example.org/article
  ingest scrape --json --html saved.html --url https://example.org/article
  ingest scrape --jsonl - < pages.jsonl > metadata.jsonl`,
		RunE: func(cmd *cobra.Command, args []string) error { return flags.run(cmd.Context(), w, f, args) },
	}
	cmd.Flags().BoolVar(&flags.json, "json", false, "print one JSON object with every value, its source and the losing candidates")
	cmd.Flags().StringVar(&flags.html, "html", "", "read the page from `file` instead of the web")
	cmd.Flags().StringVar(&flags.url, "url", "", "the `address` that --html was served from")
	cmd.Flags().StringVar(&flags.jsonl, "jsonl", "", "read many pages, listed in `file`, one JSON object a line")
	cmd.Flags().IntVar(&flags.workers, "workers", min(runtime.GOMAXPROCS(0), config.MaxWorkers), "with --jsonl: read `n` pages at once")
	return cmd
}

func (s *scrapeFlags) run(ctx context.Context, w world, f *runFlags, args []string) error {
	if err := s.check(args); err != nil {
		return err
	}
	r, err := newPageReader(w, f)
	if err != nil {
		return err
	}
	defer r.web.Close()
	if s.jsonl != "" {
		return r.stream(ctx, w, s)
	}
	read := func() (*reading, error) { return r.fetch(ctx, args[0]) }
	if s.html != "" {
		read = func() (*reading, error) { return readSaved(w.stdin, s.html, s.url, "") }
	}
	found, err := read()
	if errors.Is(err, fs.ErrNotExist) {
		err = &usageError{err}
	}
	if err != nil {
		return err
	}
	if s.json {
		_, err = io.WriteString(w.stdout, jsonLine(found))
		return err
	}
	return console.Card(w.stdout, found.card())
}

// check says whether the flags and arguments name one thing to read.
func (s *scrapeFlags) check(args []string) error {
	named := len(args)
	for _, flag := range []string{s.html, s.jsonl} {
		if flag != "" {
			named++
		}
	}
	switch {
	case named != 1:
		return &usageError{errors.New("scrape wants one URL, or --html with --url, or --jsonl")}
	case (s.html == "") != (s.url == ""):
		return &usageError{errors.New("--html and --url belong together: a page and the address it was served from")}
	case s.workers < 1 || s.workers > config.MaxWorkers:
		return &usageError{fmt.Errorf("--workers %d is not between 1 and %d", s.workers, config.MaxWorkers)}
	}
	return nil
}

// pageReader reads pages as a run does: cleaned, through the guarded door.
type pageReader struct {
	cleaner *urlclean.Cleaner
	web     *fetch.Client
}

func newPageReader(w world, f *runFlags) (*pageReader, error) {
	c, err := config.LoadPart(f.config, f.given, w.lookupEnv, "links", "scrape")
	if err != nil {
		return nil, err
	}
	cleaner, web, err := newWeb(c, w, w.logger(f))
	if err != nil {
		return nil, err
	}
	return &pageReader{cleaner: cleaner, web: web}, nil
}

// reading is a page with how it was reached.
type reading struct {
	URL     string             `json:"url"` // as asked for
	Clean   string             `json:"clean,omitempty"`
	Removed []urlclean.Removal `json:"removed,omitempty"`
	Hops    []hop              `json:"hops,omitempty"`
	Charset string             `json:"charset,omitempty"` // of a saved page
	*page.Page
}

// fetch walks a URL through the first steps of a run.
func (r *pageReader) fetch(ctx context.Context, address string) (*reading, error) {
	item := &enrich.Item{Source: address}
	defer item.Close() //nolint:errcheck // a page leaves no file, and a file that is no page is of no use here
	steps := []interface {
		Apply(context.Context, *enrich.Item) error
	}{enrich.Clean{Cleaner: r.cleaner, Required: true}, enrich.Follow{Web: r.web}, enrich.Scrape{}}
	for _, step := range steps {
		err := step.Apply(ctx, item)
		if _, ok := errors.AsType[*enrich.Skip](err); ok {
			err = &usageError{fmt.Errorf("%q is not the address of a page", address)}
		}
		if err != nil {
			return nil, err
		}
	}
	if item.Page == nil {
		return nil, &noPageError{address: address, warnings: item.Warnings}
	}
	for _, warning := range item.Warnings {
		item.Page.Notes = append(item.Page.Notes, warning.Text)
	}
	return &reading{URL: address, Clean: item.Link.Clean, Removed: item.Link.Removed, Hops: hopsOf(item.Link), Page: item.Page}, nil
}

// hop is one address on the way to a page.
type hop struct {
	URL    string       `json:"url"` // as visited
	Reason fetch.Reason `json:"reason"`
	Status int          `json:"status"`
}

func hopsOf(link *enrich.Link) []hop {
	hops := make([]hop, 0, len(link.Hops))
	for _, h := range link.Hops {
		hops = append(hops, hop{URL: h.Visited, Reason: h.Reason, Status: h.Status})
	}
	return hops
}

// redacted hides the password in an address that is shown.
func redacted(address string) string {
	if u, err := url.Parse(address); err == nil && u.User != nil {
		return u.Redacted()
	}
	return address
}

// noPageError says why an address gave no page.
type noPageError struct {
	address  string
	warnings []enrich.Warning
}

func (e *noPageError) Error() string {
	texts := make([]string, 0, len(e.warnings))
	for _, warning := range e.warnings {
		texts = append(texts, warning.Text)
	}
	return redacted(e.address) + ": " + cmp.Or(strings.Join(texts, "; "), "is a file, not a page")
}

func (e *noPageError) Hint() string {
	for _, warning := range e.warnings {
		if warning.Hint != "" {
			return warning.Hint
		}
	}
	return ""
}
