package console

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"time"

	"ingest/enrich/linkhealth"
	"ingest/pipeline"
)

// Links writes the health of links for a person: what is not well, with
// all also what is; with dead only what is dead.
func Links(w io.Writer, report *pipeline.Report, dead, all bool) error {
	var b strings.Builder
	columns := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	shown := 0
	for _, item := range report.Links.Items {
		if dead && item.State != linkhealth.Dead || !all && item.State == linkhealth.OK {
			continue
		}
		if shown == 0 {
			fmt.Fprintln(columns, "STATE\tSINCE\tREASON\tID\tURL\tPROPOSAL")
		}
		shown++
		fmt.Fprintf(columns, "%s\t%s\t%s\t%d\t%s\t%s\n", item.State, day(item.Since), Clean(item.Reason), item.ID, Clean(item.URL), Clean(proposal(item)))
	}
	_ = columns.Flush() // a strings.Builder does not fail
	if shown > 0 {
		b.WriteString("\n")
	}
	for _, warning := range report.Warnings {
		note(&b, "warning", warning.Text, warning.Hint)
	}
	b.WriteString(linksSummary(report) + "\n")
	_, err := io.WriteString(w, b.String())
	return err
}

func day(t time.Time) string {
	if t.IsZero() {
		return "-"
	}
	return t.Format(time.DateOnly)
}

// proposal is what an editor may link to instead, "" when nothing is known.
func proposal(item pipeline.LinkItem) string {
	switch {
	case item.Proposal != "":
		return item.Proposal
	case item.Archived != nil:
		return fmt.Sprintf("%s (of %s)", item.Archived.URL, day(item.Archived.At))
	}
	return ""
}

func linksSummary(report *pipeline.Report) string {
	var counts []string
	for _, state := range linkhealth.States() {
		if n := report.Links.States[state]; n > 0 {
			counts = append(counts, fmt.Sprintf("%d %s", n, state))
		}
	}
	if len(counts) == 0 {
		counts = []string{"no links"}
	}
	line := fmt.Sprintf("%s; %d checked in %s", strings.Join(counts, ", "), report.Links.Checked, time.Duration(report.Duration).Round(time.Millisecond))
	if report.Links.Left > 0 {
		line += fmt.Sprintf(", %d more are due", report.Links.Left)
	}
	if report.Interrupted {
		line += "; interrupted, what was found out is kept"
	}
	if report.Error != "" {
		line = "stopped by an error: " + line
	}
	return line
}
