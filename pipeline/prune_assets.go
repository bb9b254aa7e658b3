package pipeline

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"ingest/enrich"
	"ingest/output"
)

// orphans lists the assets of ours that belong to no document and that no
// document speaks of, and says how many may go at once.
func (c *census) orphans(ctx context.Context) (names []string, most int, err error) {
	if len(c.s.IDs) > 0 {
		return nil, 0, nil
	}
	all, err := c.p.Sink.Assets(ctx)
	for _, a := range all {
		if a.Orphan() {
			names = append(names, a.Name)
		}
	}
	return names, c.p.Pruning.most(len(all)), err
}

// dropOrphans reports orphans, and removes them where documents are deleted,
// unless they are more than most: then it is likelier that the content folder is
// not the one that they belong to. They stand in the report as one item with the
// id 0.
func (c *census) dropOrphans(ctx context.Context, report *Report, names []string, most int) error {
	for _, d := range c.gone { // those of a document that was on its way when a run was killed
		for _, f := range d.plan.Files {
			names = slices.DeleteFunc(names, func(name string) bool { return f.Root == output.Assets && f.Path == name })
		}
	}
	if len(names) == 0 {
		return nil
	}
	text := fmt.Sprintf("assets that belong to no document any more: %d (%s)", len(names), brief(names))
	refused := len(names) > most || c.documents == 0
	if c.p.Pruning.Mode != PruneDelete || refused {
		warning := Warning{Step: pruneStep, Text: text, Hint: "ingest prune --mode delete removes them"}
		if refused {
			warning.Hint = "see that output.content_dir is the folder whose documents they belong to; if they are to go, run ingest prune --mode delete with a larger --max-share"
		}
		report.Warnings = append(report.Warnings, warning)
		return nil
	}
	return c.p.drive(ctx, report, func(ctx context.Context, j *job) (output.Result, error) {
		j.prune(text, "")
		return c.p.Sink.Remove(ctx, output.Removal{Delete: true, Assets: names})
	}, func(ctx context.Context, hand func(*job) bool) error {
		if !hand(&job{record: &record{Subject: "assets of no document"}, item: &enrich.Item{}, done: make(chan result, 1)}) {
			return context.Cause(ctx)
		}
		return nil
	})
}

// brief joins the first names of a list.
func brief(names []string) string {
	const most = 10
	if len(names) <= most {
		return strings.Join(names, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(names[:most], ", "), len(names)-most)
}
