package main

import (
	"fmt"
	"strings"

	"ingest/cmd/ingest/internal/console"
	"ingest/pipeline/verify"
)

func (v *verifyFlags) print(w world, r *verify.Report) error {
	text := verifyText(r)
	if v.json {
		text = jsonLine(r)
	}
	_, err := fmt.Fprint(w.stdout, text)
	return err
}

// verifyText lists the findings, each followed by its hint unless the next has
// the same, and says in the last line what was proved.
func verifyText(r *verify.Report) string {
	var b strings.Builder
	list := func(label string, findings []verify.Finding) {
		for i, f := range findings {
			fmt.Fprintf(&b, "%s: %s%s\n", console.Clean(f.File), label, console.Clean(f.Text))
			if f.Hint != "" && (i+1 == len(findings) || findings[i+1].Hint != f.Hint) {
				fmt.Fprintf(&b, "  hint: %s\n", console.Clean(f.Hint))
			}
		}
	}
	list("", r.Findings)
	list("warning: ", r.Warnings)
	for _, note := range r.Notes {
		fmt.Fprintf(&b, "not proved: %s\n", console.Clean(note.Text))
		if note.Hint != "" {
			fmt.Fprintf(&b, "  hint: %s\n", console.Clean(note.Hint))
		}
	}
	if r.Omitted > 0 {
		fmt.Fprintf(&b, "%d more findings are not listed\n", r.Omitted)
	}
	b.WriteString(verifySummary(r) + "\n")
	return b.String()
}

func verifySummary(r *verify.Report) string {
	verdict := "sound"
	switch n := len(r.Findings) + r.Omitted; {
	case n == 1:
		verdict = "1 finding"
	case n > 1:
		verdict = fmt.Sprintf("%d findings", n)
	}
	return fmt.Sprintf("%s: %d documents among %d pages, %d assets, %d addresses, %d internal offerings",
		verdict, r.Counts.Documents, r.Counts.Pages, r.Counts.Assets, r.Counts.Addresses, r.Counts.Offerings)
}
