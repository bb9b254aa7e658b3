package console

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"time"

	"ingest/pipeline"
)

// Table writes the report for a person. With all, unchanged items are listed
// too.
func Table(w io.Writer, r *pipeline.Report, all bool) error {
	var b strings.Builder
	items(&b, r, all)
	for _, warning := range r.Warnings {
		note(&b, "warning", warning.Text, warning.Hint)
	}
	b.WriteString(summary(r) + "\n")
	_, err := io.WriteString(w, b.String())
	return err
}

func items(b *strings.Builder, r *pipeline.Report, all bool) {
	columns := tabwriter.NewWriter(b, 0, 0, 2, ' ', 0)
	shown := 0
	for _, item := range r.Items {
		if !all && quiet(item) {
			continue
		}
		if shown == 0 {
			fmt.Fprintln(columns, "ID\tOUTCOME\tFILES\tSUBJECT")
		}
		shown++
		fmt.Fprintf(columns, "%d\t%s\t%d\t%s\n", item.ID, item.Outcome, len(item.Files), clip(item.Subject, 60))
	}
	_ = columns.Flush() // a strings.Builder does not fail
	if shown > 0 {
		b.WriteString("\n")
	}
	for _, item := range r.Items {
		if item.Error != "" {
			note(b, fmt.Sprintf("%d failed", item.ID), item.Error, item.Hint)
		}
		for _, warning := range item.Warnings {
			note(b, fmt.Sprintf("%d %s", item.ID, warningLabel(item)), warning.Text, warning.Hint)
		}
		if len(item.HandEdits) > 0 && (all || !quiet(item)) {
			fmt.Fprintf(b, "%d keeps by hand: %s\n", item.ID, clip(strings.Join(item.HandEdits, ", "), 100))
		}
	}
}

// quiet tells an item that needs no eyes, whatever a hand has written in it.
func quiet(item pipeline.ItemReport) bool {
	return item.Outcome == pipeline.Unchanged && len(item.Warnings) == 0
}

func warningLabel(item pipeline.ItemReport) string {
	if item.Outcome == pipeline.Skipped {
		return "skipped"
	}
	return "warning"
}

func note(b *strings.Builder, label, text, hint string) {
	fmt.Fprintf(b, "%s: %s\n", label, Clean(text))
	if hint != "" {
		fmt.Fprintf(b, "  hint: %s\n", Clean(hint))
	}
}

// summary counts the outcomes in one line.
func summary(r *pipeline.Report) string {
	var counts []string
	for _, outcome := range pipeline.Outcomes() {
		if n := r.Counts[outcome]; n > 0 {
			counts = append(counts, fmt.Sprintf("%d %s", n, outcome))
		}
	}
	if len(counts) == 0 {
		counts = []string{"no work packages"}
	}
	line := strings.Join(counts, ", ") + " in " + time.Duration(r.Duration).Round(time.Millisecond).String()
	if n := handEdited(r); n > 0 {
		line += fmt.Sprintf("; %d with edits made by hand", n)
	}
	if r.Error != "" {
		line = "stopped by an error: " + line
	}
	if r.DryRun {
		line = "dry run, nothing written: " + line
	}
	if r.Interrupted {
		line += "; interrupted, the rest was not looked at"
	}
	return line
}

// handEdited counts the items that keep what a person wrote in the file.
func handEdited(r *pipeline.Report) int {
	n := 0
	for _, item := range r.Items {
		if len(item.HandEdits) > 0 {
			n++
		}
	}
	return n
}

// clip shortens a text to n runes.
func clip(text string, n int) string {
	runes := []rune(Clean(text))
	if len(runes) <= n {
		return string(runes)
	}
	return string(runes[:n-1]) + "…"
}
