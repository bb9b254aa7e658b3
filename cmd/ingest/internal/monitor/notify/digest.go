package notify

import (
	"fmt"
	"strings"

	"ingest/cmd/ingest/internal/daemon"
	"ingest/pipeline"
)

// shown is how many troubles a message names.
const shown = 10

// digest is a message.
type digest struct {
	headline string // one line
	text     string // the rest, lines that end with \n
}

// runHead is what a message tells of a run.
type runHead struct {
	id, about string
}

func headOf(r daemon.Run) runHead {
	var parts []string
	if r.Report != nil {
		for _, outcome := range pipeline.Outcomes() {
			if n := r.Report.Counts[outcome]; n > 0 {
				parts = append(parts, fmt.Sprintf("%d %s", n, outcome))
			}
		}
		if l := r.Report.Links; l != nil {
			parts = append(parts, fmt.Sprintf("%d links checked", l.Checked))
		}
	}
	if len(parts) == 0 {
		parts = []string{"no work package"}
	}
	return runHead{id: r.ID, about: fmt.Sprintf("(%s, by %s): %s, %s", r.Kind, r.Trigger, r.State, strings.Join(parts, ", "))}
}

// digest makes a message of what is wrong.
func (m *memory) digest(why occasion, name, publicURL string) digest {
	troubles := m.untold()
	d := digest{headline: name + ": " + m.headline(why, troubles)}
	var b strings.Builder
	if m.run.id != "" {
		fmt.Fprintf(&b, "Run %s %s\n", m.run.id, m.run.about)
	}
	base := strings.TrimRight(publicURL, "/")
	if why == toFailing || why == toWorse || why == toBetter || why == further {
		list(&b, troubles, len(troubles), base)
		if rest := len(m.Troubles) - len(troubles); rest > 0 {
			fmt.Fprintf(&b, "\nBesides, %s that you were told of before.\n", count(rest, "trouble is left", "troubles are left"))
		}
	}
	if len(m.Dead) > 0 {
		if why != deadOnly {
			fmt.Fprintf(&b, "\n%s\n", m.deaths())
		}
		list(&b, m.Dead, len(m.Dead)+m.MoreDead, base)
	}
	if base != "" {
		fmt.Fprintf(&b, "\n%s/\n", base)
	}
	d.text = b.String()
	return d
}

func (m *memory) headline(why occasion, troubles []trouble) string {
	var parts []string
	switch why {
	case toWell:
		parts = append(parts, "all is well again")
	case toBetter:
		parts = append(parts, over(m.worstTold()))
		parts = append(parts, sum(troubles, m.Many)...)
	case toFailing, toWorse, further:
		parts = append(parts, sum(troubles, m.Many)...)
	}
	if len(m.Dead) > 0 {
		parts = append(parts, m.deaths())
	}
	return strings.Join(parts, ", ")
}

// over says that a kind of trouble with runs went.
func over(r rank) string {
	return fmt.Sprintf("no run is %s any more", map[rank]string{stopped: "stopped", missed: "missed", skipped: "skipped"}[r])
}

// sum says in a few words what kinds of trouble there are.
func sum(troubles []trouble, many bool) (parts []string) {
	var n [failed + 1]int
	for _, t := range troubles {
		n[t.Rank]++
	}
	for rank, words := range [...][2]string{stopped: {"run was stopped", "runs were stopped"}, missed: {"scheduled run was missed", "scheduled runs were missed"},
		skipped: {"run was skipped", "runs were skipped"}, failed: {"work package failed", "work packages failed"}} {
		if n[rank] > 0 {
			parts = append(parts, count(n[rank], words[0], words[1]))
		}
	}
	if many {
		parts = append(parts, fmt.Sprintf("more than %d failed in all", maxTroubles))
	}
	return parts
}

func (m *memory) deaths() string { return count(len(m.Dead)+m.MoreDead, "link died", "links died") }

func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// list writes the first troubles of so many.
func list(b *strings.Builder, troubles []trouble, total int, base string) {
	for _, t := range troubles[:min(shown, len(troubles))] {
		b.WriteString("\n")
		switch {
		case t.ID == 0:
			b.WriteString(t.What + "\n")
		case t.What == "":
			fmt.Fprintf(b, "Work package %d\n", t.ID)
		default:
			fmt.Fprintf(b, "Work package %d, %s\n", t.ID, t.What)
		}
		if t.Error != "" {
			b.WriteString("  " + t.Error + "\n")
		}
		if t.Hint != "" {
			b.WriteString("  Hint: " + t.Hint + "\n")
		}
		if t.ID != 0 && base != "" {
			fmt.Fprintf(b, "  %s/entries/%d\n", base, t.ID)
		}
	}
	if rest := total - min(shown, len(troubles)); rest > 0 {
		fmt.Fprintf(b, "\nAnd %d more.\n", rest)
	}
}
