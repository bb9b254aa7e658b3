package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// quality is all that was measured.
type quality struct {
	links linkScore
	pages pageScore
	kinds map[string]pageScore
	costs []cost
}

// markdown lays the figures out. It names no day and no machine, so that the
// file changes only when a figure does.
func (q quality) markdown() string {
	var b strings.Builder
	b.WriteString(`# Quality

Written by ` + "`make score`" + ` (cmd/score); do not edit. The links and pages are real ones that nobody in this project wrote, in two folders besides the
repository (` + "`CORPUS=../shared/corpus URLS=../shared/urls`" + ` are the defaults). Each folder has a scorer of its own, which gives these figures, in percent.
This part of the corpora was open while the rules were written; a larger part with other sites and links was not, and figures on it are lower. The peers'
figures are those on the larger part, where each line names the best peer of that line alone.

## Links

`)
	q.writeLinks(&b)
	b.WriteString("\nRepeat: `ingest clean --jsonl - < pairs.jsonl > answers.jsonl`, then `python3 score.py pairs.jsonl answers.jsonl`.\n\n## Pages\n\n")
	q.writePages(&b)
	q.writeKinds(&b)
	b.WriteString("\nRepeat, in the folder of the pages: `ingest scrape --jsonl - < labels.jsonl > answers.jsonl`, then `python3 score.py labels.jsonl answers.jsonl`.\n" +
		"Accuracy counts a field that is rightly empty as right; n is the number of pages with a label. Labels are noisy by 1 to 4 %.\n\n## Cost\n\n")
	q.writeCosts(&b)
	return b.String()
}

func (q quality) writeLinks(b *strings.Builder) {
	idempotent := "not asked"
	if q.links.Idempotent != nil {
		idempotent = fmt.Sprintf("%.1f", *q.links.Idempotent)
	}
	fmt.Fprintf(b, "%d links.\n\n| | ours | goal | best peer |\n|---|---|---|---|\n", q.links.Pairs)
	fmt.Fprintf(b, "| all right, byte for byte | %.1f | ≥ 97 | 87.5 |\n", q.links.All)
	for _, kind := range []string{"tracker-removed", "must-keep", "redirect-unwrapped", "malformed"} {
		fmt.Fprintf(b, "| … %s | %.1f | | |\n", kind, q.links.Kinds[kind])
	}
	fmt.Fprintf(b, "| tracking parameters found | %.1f | ≥ 97 | 90.4 |\n", q.links.Recall)
	fmt.Fprintf(b, "| links broken | %.1f | ≤ 0.5 | 2.3 |\n", q.links.Broken)
	fmt.Fprintf(b, "| redirects opened | %.1f | ≥ 93 | 74.7 |\n", q.links.Unwrapped)
	fmt.Fprintf(b, "| cleaning again changes nothing | %s | 100 | |\n", idempotent)
}

func (q quality) writePages(b *strings.Builder) {
	best, goal := bestPages(), goals()
	fmt.Fprintf(b, "%d pages.\n\n| field | n | precision | recall | accuracy | goal | best peer |\n|---|---|---|---|---|---|---|\n", q.pages.Pages)
	for _, name := range fieldOrder() {
		f := q.pages.Fields[name]
		fmt.Fprintf(b, "| %s | %d | %.1f | %.1f | %.1f | ≥ %s | %s |\n", strings.ReplaceAll(name, "_", " "), f.N,
			100*f.Precision, 100*f.Recall, 100*f.Accuracy, goal[name], best[name])
	}
	fmt.Fprintf(b, "| **overall** | | | | **%.1f** | ≥ %s | %s |\n", 100*q.pages.Overall, goal["overall"], best["overall"])
}

// writeKinds shows the accuracy by kind of page, or by collection where the kind
// is not known. A field without labels in a kind has no figure.
func (q quality) writeKinds(b *strings.Builder) {
	b.WriteString("\nAccuracy by kind of page, or by collection where the kind is not known:\n\n| kind | pages |")
	for _, name := range fieldOrder() {
		fmt.Fprintf(b, " %s |", strings.ReplaceAll(name, "_", " "))
	}
	b.WriteString("\n|---|---|" + strings.Repeat("---|", len(fieldOrder())) + "\n")
	for _, kind := range slices.Sorted(maps.Keys(q.kinds)) {
		fmt.Fprintf(b, "| %s | %d |", kind, q.kinds[kind].Pages)
		for _, name := range fieldOrder() {
			if f := q.kinds[kind].Fields[name]; f.N > 0 {
				fmt.Fprintf(b, " %.1f |", 100*f.Accuracy)
			} else {
				b.WriteString(" |")
			}
		}
		b.WriteString("\n")
	}
}

func (q quality) writeCosts(b *strings.Builder) {
	b.WriteString("One thread. Reading the metadata of a page is given as a multiple of a bare `goquery.NewDocumentFromReader` of the same bytes, the median over the corpus,\n" +
		"both taken in turn in one run; the goal is 1.35. On the same scale metascraper takes 14, go-trafilatura 10, go-readability 6, the cheapest peer that reads only\n" +
		"the head 1.7. The goals of a link are 1 µs without a query, 2 µs and two allocations for a typical one\n(five parameters, three of them trackers); opening a redirect and cleaning what was in it takes four.\n\n| benchmark | figures |\n|---|---|\n")
	for _, c := range q.costs {
		fmt.Fprintf(b, "| %s | %s |\n", c.name, c.figures)
	}
	b.WriteString("\nRepeat: `go test ./enrich/urlclean -run '^$' -bench Clean -benchmem -cpu 1` and `CORPUS=… go test ./enrich/page -run '^$' -bench Corpus -benchtime 1x -cpu 1`.\n")
}
