package console

import (
	"fmt"
	"io"
	"strings"

	"ingest/pipeline"
	"ingest/pipeline/adopt"
)

// maxLines is how many lines of one kind are printed unless all are asked for.
const maxLines = 10

// Adopt writes what was found in a content tree. With all, lists are whole and
// the site's own files are named.
func Adopt(w io.Writer, r *adopt.Report, all bool) error {
	p := &adoptPrinter{all: all}
	if r.Error == "" || r.WorkPackages > 0 { // else the error came before there was anything to tell
		p.found(r)
	}
	if r.Error == "" && r.Preview != nil {
		p.preview(r)
	}
	for _, warning := range r.Warnings {
		note(&p.Builder, "warning", warning.Text, warning.Hint)
	}
	if r.Error == "" {
		p.end(r)
	}
	_, err := io.WriteString(w, p.String())
	return err
}

type adoptPrinter struct {
	strings.Builder
	all bool
}

func (p *adoptPrinter) line(format string, args ...any) {
	fmt.Fprintln(p, Clean(fmt.Sprintf(format, args...)))
}

// section writes how many of something there are, and a line for each.
func (p *adoptPrinter) section(n int, what string, line func(i int) string, hint string) {
	if n == 0 {
		return
	}
	p.line("%6d  %s", n, what)
	shown := n
	if !p.all && n > maxLines {
		shown = maxLines
	}
	for i := range shown {
		p.line("        %s", line(i))
	}
	if shown < n {
		p.line("        … and %d more; -v lists all", n-shown)
	}
	if hint != "" {
		p.line("        hint: %s", hint)
	}
}

func (p *adoptPrinter) found(r *adopt.Report) {
	p.line("%s: %s, %s in the tracker's query", r.ContentDir, count(r.Files, "Markdown file"), count(r.WorkPackages, "work package"))
	if n := len(r.Known); n > 0 {
		p.line("%6d  with the id of a work package", n)
	}
	p.matched(r)
	p.section(len(r.Ambiguous), "about source URLs, but it is unclear whose document", func(i int) string {
		return strings.Join(r.Ambiguous[i].Files, ", ") + ": " + numbers(r.Ambiguous[i].IDs)
	}, "put the work package's id into the file that is its document")
	p.section(len(r.Unknown), "with an id that the query does not find", func(i int) string {
		return fmt.Sprintf("%s: %d", r.Unknown[i].File, r.Unknown[i].ID)
	}, "they stay as they are; tracker.project, types and statuses say what the query finds")
	p.section(len(r.SharedIDs), plural(len(r.SharedIDs), "id that stands", "ids that stand")+" in several files", func(i int) string {
		s := r.SharedIDs[i]
		used := "none of them is written"
		if s.Used != "" {
			used = s.Used + " is taken for the document"
		}
		return fmt.Sprintf("%d: %s; %s", s.ID, strings.Join(s.Files, ", "), used)
	}, "remove all but one of the files")
	p.section(len(r.Duplicates), plural(len(r.Duplicates), "source URL", "source URLs")+" that several work packages share", func(i int) string {
		return r.Duplicates[i].URL + ": " + numbers(r.Duplicates[i].IDs)
	}, "close all but one of them in the tracker, or correct its source URL")
	p.section(len(r.Unreadable), "that cannot be read and are never touched", func(i int) string { return r.Unreadable[i].Error }, "")
	if n := len(r.Own); n > 0 && !p.all {
		p.line("%6d  of the site's own, never touched (-v lists them)", n)
	} else {
		p.section(n, "of the site's own, never touched", func(i int) string { return r.Own[i] }, "")
	}
}

// matched tells of the files that were found by their source URL.
func (p *adoptPrinter) matched(r *adopt.Report) {
	written, failed := 0, false
	for _, m := range r.Matched {
		if m.IDWritten {
			written++
		}
		failed = failed || m.Error != ""
	}
	what, hint := "without an id, about the source URL of a work package without a document", ""
	switch {
	case written > 0:
		what += fmt.Sprintf("; the id was put into %d", written)
	case len(r.Matched) > 0 && !failed:
		hint = "--write-ids puts the id into them; until then they are taken for the site's own"
	}
	p.section(len(r.Matched), what, func(i int) string {
		m := r.Matched[i]
		line := fmt.Sprintf("%s: %d, by %s", m.File, m.ID, m.Key)
		if m.Error != "" {
			line += "; " + m.Error
		}
		return line
	}, hint)
}

func (p *adoptPrinter) preview(r *adopt.Report) {
	run := r.Preview.Run
	p.line("")
	p.line("The first run would create %d, update %d and leave %d as they are.",
		run.Counts[pipeline.Created], run.Counts[pipeline.Updated], run.Counts[pipeline.Unchanged])
	if n := r.Preview.Assets; n > 0 {
		p.line("It would write %s.", count(n, "asset"))
	}
	if n := run.Counts[pipeline.Removed]; n > 0 {
		p.line("It would remove %s.", count(n, "document"))
	}
	p.keys(r.Preview.Changes, "It would change these keys of documents that are there:", func(e adopt.Example) string {
		return fmt.Sprintf("%s → %s", orNone(e.InFile), orNone(e.FromTracker))
	})
	p.keys(r.Preview.HandEdits, "These keys keep what the file has, as edits made by hand:", func(e adopt.Example) string {
		return fmt.Sprintf("%s in the file, %s from the tracker", orNone(e.InFile), orNone(e.FromTracker))
	})
	if len(r.Preview.HandEdits) > 0 {
		p.line("hint: --take-tracker KEY lets the tracker decide on a key; try it here first, then in the run")
	}
	p.troubles(run)
}

// keys lists keys with their counts and examples.
func (p *adoptPrinter) keys(keys []adopt.Key, title string, show func(adopt.Example) string) {
	if len(keys) == 0 {
		return
	}
	p.line("%s", title)
	for i, key := range keys {
		if !p.all && i == 2*maxLines {
			p.line("        … and %d more keys; -v lists all", len(keys)-i)
			return
		}
		p.line("%6d  %s", key.Count, key.Key)
		for _, e := range key.Examples {
			if e.InFile != "" || e.FromTracker != "" {
				p.line("        %d: %s", e.ID, show(e))
			}
		}
	}
}

// troubles tells of the items that failed, and how many were skipped or had
// warnings.
func (p *adoptPrinter) troubles(run *pipeline.Report) {
	var failed []string
	skipped, warnings := run.Counts[pipeline.Skipped], 0
	for _, item := range run.Items {
		if item.Error != "" {
			failed = append(failed, fmt.Sprintf("%d: %s", item.ID, item.Error))
		}
		if item.Outcome != pipeline.Skipped {
			warnings += len(item.Warnings)
		}
	}
	p.section(len(failed), "would fail", func(i int) string { return failed[i] }, "")
	if skipped > 0 {
		p.line("It would skip %s; ingest --dry-run says why.", count(skipped, "work package"))
	}
	if warnings > 0 {
		p.line("It would give %s; ingest --dry-run tells them.", count(warnings, "warning"))
	}
}

func (p *adoptPrinter) end(r *adopt.Report) {
	p.line("")
	switch {
	case r.Adopted:
		p.line("The tree is the base from now on: what differs in it is taken for an edit made by hand and stays.")
	case r.DryRun:
		p.line("Dry run: nothing was written, and nothing is remembered.")
	}
}

// orNone shows a value that may not be there.
func orNone(value string) string {
	if value == "" {
		return "nothing"
	}
	return value
}

func count(n int, what string) string { return fmt.Sprintf("%d %s", n, plural(n, what, what+"s")) }

func plural(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

func numbers(ids []int64) string { return strings.Trim(fmt.Sprint(ids), "[]") }
