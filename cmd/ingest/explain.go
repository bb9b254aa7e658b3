package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"ingest/cmd/ingest/internal/config"
	"ingest/cmd/ingest/internal/console"
	"ingest/pipeline/explain"
)

type explainFlags struct {
	json bool
	keys []string
}

func newExplain(w world, f *runFlags) *cobra.Command {
	flags := &explainFlags{}
	cmd := &cobra.Command{
		Use:   "explain ID",
		Short: "Say where every value of a document came from",
		Long: `explain says of every key of a document's front matter which field of the tracker,
tag of the source page, attachment, setting or hand's edit its value came from, what
was there besides and lost, and which parameters left the link by which rule.

ID is that of the work package, or the path of its file, or its source URL. It reads
the state and the content tree, asks neither the tracker nor the web, and writes
nothing.`,
		Example: `  ingest explain 3960
  ingest explain --key title --key featuredImage 3960
  ingest explain content/news/9bf856a5-6f9e-58b5-8e47-1c4e6b8a6a3a.md
  ingest explain --json 'https://example.org/article?utm_source=mail'`,
		Args: func(cmd *cobra.Command, args []string) error {
			if err := cobra.ExactArgs(1)(cmd, args); err != nil {
				return &usageError{errors.New("explain needs one work package: its id, its file or its source URL")}
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			dry := &runFlags{config: f.config, verbose: f.verbose, quiet: f.verbose == 0, dryRun: true}
			return flags.run(cmd.Context(), w, dry, args[0])
		},
	}
	cmd.Flags().BoolVar(&flags.json, "json", false, "print the explanation as JSON")
	cmd.Flags().StringSliceVar(&flags.keys, "key", nil, "only these front-matter `keys` and what is below them")
	return cmd
}

func (e *explainFlags) run(ctx context.Context, w world, f *runFlags, asked string) (err error) {
	c, err := config.Load(f.config, w.lookupEnv)
	if err != nil {
		return err
	}
	r, err := assemble(ctx, c, w, f)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, r.close()) }()
	x, err := r.explain(ctx, asked)
	if err != nil {
		return err
	}
	if err := e.check(x); err != nil {
		return err
	}
	x.Narrow(e.keys...)
	if e.json {
		return writeJSON(w.stdout, x)
	}
	return console.Explain(w.stdout, x)
}

// check makes sure that the document has the keys that were asked for. One that
// was never published has none.
func (e *explainFlags) check(x *explain.Explanation) error {
	known := make([]string, 0, len(x.Keys))
	for _, k := range x.Keys {
		known = append(known, k.Key)
	}
	for _, key := range e.keys {
		if names := outward(known); len(known) > 0 && !slices.Contains(names, key) {
			return &unknownKeyError{fmt.Sprintf("work package %d", x.ID), key, names}
		}
	}
	return nil
}

// explain accounts for what was asked about.
func (r *rooms) explain(ctx context.Context, asked string) (*explain.Explanation, error) {
	if r.store == nil {
		return nil, &noStateError{asked}
	}
	if err := r.recallOfferings(ctx); err != nil {
		return nil, err
	}
	id, err := r.find(ctx, asked)
	if err != nil {
		return nil, err
	}
	retraced, err := r.pipeline.Retrace(ctx, id)
	if err != nil {
		return nil, err
	}
	return explain.Of(retraced, r.cleaner.Clean), nil
}

// find resolves an id, a source URL or a path to a work package.
func (r *rooms) find(ctx context.Context, asked string) (int64, error) {
	if id, err := strconv.ParseInt(asked, 10, 64); err == nil {
		if id < 1 {
			return 0, &usageError{fmt.Errorf("%d: ids of work packages are positive", id)}
		}
		return id, nil
	}
	if strings.Contains(asked, "://") {
		return r.findURL(ctx, asked)
	}
	return r.findFile(asked)
}

// findURL finds the work package of a source or canonical URL.
func (r *rooms) findURL(ctx context.Context, asked string) (int64, error) {
	bare := strings.TrimSuffix(r.cleaner.Clean(asked).Output, "?")
	for _, address := range []string{bare, bare + "?", asked} { // links.keep_empty_query leaves the mark to links that had a query
		ids, err := r.store.WithURL(ctx, address)
		switch {
		case err != nil:
			return 0, err
		case len(ids) > 1:
			return 0, &usageError{fmt.Errorf("work packages %s are about %s; name one of them", strings.Trim(fmt.Sprint(ids), "[]"), asked)}
		case len(ids) == 1:
			return ids[0], nil
		}
	}
	return 0, &unknownPlaceError{asked}
}

// findFile finds the work package of a document by its path, from where the
// command stands or in the content folder.
func (r *rooms) findFile(asked string) (int64, error) {
	places := []string{filepath.ToSlash(filepath.Clean(asked))}
	if file, err := filepath.Abs(asked); err == nil {
		dir, err := filepath.Abs(r.config.Output.ContentDir)
		if place, outside := filepath.Rel(dir, file); err == nil && outside == nil {
			places = append(places, filepath.ToSlash(place))
		}
	}
	for _, place := range places {
		for _, e := range r.tree.Entries() {
			if e.Path == place {
				return e.ID, nil
			}
		}
	}
	return 0, &unknownPlaceError{asked}
}

// noStateError says that there is nothing to explain or render from.
type noStateError struct{ asked string }

func (e *noStateError) Error() string {
	return "nothing is remembered: there is no state file yet, or nothing in it, or the configuration's state is empty"
}

// Hint says how to change that.
func (e *noStateError) Hint() string {
	if id, err := strconv.ParseInt(e.asked, 10, 64); err == nil {
		return fmt.Sprintf("run ingest --wp %d first", id)
	}
	return "run ingest first"
}

// unknownPlaceError is a file or URL that no work package is known for.
type unknownPlaceError struct{ asked string }

func (e *unknownPlaceError) Error() string {
	return fmt.Sprintf("no work package is known for %s", e.asked)
}

// Hint says what may be asked for.
func (e *unknownPlaceError) Hint() string {
	return "give the id of the work package, the path of its document, or its source URL; a new one is known after ingest --wp ID"
}
