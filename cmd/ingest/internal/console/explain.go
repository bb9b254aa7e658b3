package console

import (
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"ingest/enrich/urlclean"
	"ingest/pipeline"
	"ingest/pipeline/explain"
)

// explainWidth is where the lines of an explanation end, in characters. Only
// addresses go beyond it, so that they can be copied.
const explainWidth = 100

// Explain writes the account of a work package for a person: what became of it,
// the walk of its link, then a block for each key.
func Explain(w io.Writer, x *explain.Explanation) error {
	p := &page{}
	p.head(x)
	if x.Link != nil {
		p.walk(x.Link)
	}
	for _, k := range x.Keys {
		p.key(k)
	}
	if len(x.Warnings) > 0 {
		p.b.WriteByte('\n')
	}
	for _, warning := range x.Warnings {
		note(&p.b, "warning", warning.Text, warning.Hint)
	}
	_, err := io.WriteString(w, p.b.String())
	return err
}

// page is the text of an explanation.
type page struct{ b strings.Builder }

// line writes one line, cut to fit. What is not text of ours has to be clean.
func (p *page) line(format string, args ...any) {
	p.b.WriteString(clip(fmt.Sprintf(format, args...), explainWidth) + "\n")
}

// whole writes a line that is not cut: it holds an address.
func (p *page) whole(format string, args ...any) {
	p.b.WriteString(Clean(fmt.Sprintf(format, args...)) + "\n")
}

// fold writes a text on as many lines as it needs, its label before the first.
func (p *page) fold(label, text string) {
	width := explainWidth - utf8.RuneCountInString(label) - 1
	for part := range fold(Clean(text), width) {
		p.b.WriteString(strings.TrimRight(label+" "+part, " ") + "\n")
		label = strings.Repeat(" ", utf8.RuneCountInString(label))
	}
}

func (p *page) head(x *explain.Explanation) {
	p.line("%d  %s", x.ID, x.Subject)
	row := func(label, text string) {
		if text != "" {
			p.fold(fmt.Sprintf("  %-9s", label), text)
		}
	}
	row("file", x.Path)
	row("address", x.Address)
	row("tracker", x.Tracker)
	last := fmt.Sprintf("%s at %s", x.Outcome, instant(x.CheckedAt))
	if !x.ReadAt.IsZero() {
		last += "; source page last read at " + instant(x.ReadAt)
	}
	row("last run", last)
	row("error", x.Error)
	if x.Error != x.Attention && len(x.Warnings) == 0 {
		row("attention", x.Attention)
	}
	if !x.NextTry.IsZero() {
		row("next try", fmt.Sprintf("%s, after %d in a row that failed or lacked something", instant(x.NextTry), x.Failures))
	}
	switch x.Next {
	case pipeline.Created, pipeline.Updated:
		row("pending", fmt.Sprintf("the file is not what it would be made today: see ingest render --dry-run --wp %d", x.ID))
	}
}

func instant(t time.Time) string { return t.UTC().Format("2006-01-02 15:04 UTC") }

func (p *page) walk(l *explain.Link) {
	p.b.WriteString("\nlink\n")
	p.whole("  %s", l.Original)
	p.cleaning(l.Removed, l.Unwrapped, l.Notes)
	for _, h := range l.Hops {
		status := fmt.Sprint(h.Status)
		if h.Status == 0 {
			status = "no answer"
		}
		p.whole("  %d. %s  (%s, %s)", h.Number, h.URL, h.Reason, status)
		p.cleaning(h.Removed, h.Unwrapped, h.Notes)
	}
	p.whole("  published as %s", l.Href)
	if l.Canonical != "" && l.Canonical != l.Href {
		p.whole("  the page calls itself %s", l.Canonical)
	}
}

// cleaning tells what was taken out of an address, and by which rule.
func (p *page) cleaning(removed []urlclean.Removal, opened []urlclean.Unwrap, notes []string) {
	for _, u := range opened {
		p.line("       opened by rule %s: %s", u.Rule, u.Why)
	}
	for _, r := range removed {
		p.line("       without %s=%s by rule %s: %s", r.Name, clip(r.Value, 24), r.Rule, r.Why)
	}
	for _, n := range notes {
		p.line("       %s", n)
	}
}

func (p *page) key(k explain.Key) {
	p.b.WriteByte('\n')
	p.line("%s: %s", k.Key, k.Value)
	for _, c := range k.Conditions {
		if c.Key == k.Key { // else it holds, as the key is there
			p.line("  %s %s", c.Form, c.Expression)
		}
	}
	if k.Expression != "" {
		p.line("  = %s", strings.Join(strings.Fields(k.Expression), " "))
	}
	p.state(k)
	for _, s := range k.From {
		p.source(k, s)
	}
}

// state tells whose a value is, where it is not simply ours.
func (p *page) state(k explain.Key) {
	switch k.State {
	case explain.Kept:
		since := "an earlier run"
		if !k.Since.IsZero() {
			since = k.Since.UTC().Format(time.DateOnly)
		}
		p.fold("  kept from "+since+":", k.Why)
		return
	case explain.Locked:
		p.line("  stays as published; today it would be %s", k.Offered)
	case explain.Pending:
		if k.Offered != nil {
			p.line("  pending: it becomes %s", k.Offered)
		}
	}
	for _, e := range k.Edits {
		p.edit(k, e)
	}
	if k.Why != "" {
		p.fold("  not had:", k.Why)
	}
}

func (p *page) edit(k explain.Key, e explain.Edit) {
	what := ""
	if e.Key != k.Key {
		what = e.Key + " "
	}
	switch {
	case e.Deleted:
		p.line("  %sremoved by hand; %s %s", what, other(k), e.Offered)
	case e.Dropped:
		p.line("  %skept by hand; the archetype has no such key", what)
	default:
		p.line("  %skept by hand; %s %s", what, other(k), e.Offered)
	}
	if e.Conflict {
		p.line("    both have changed: see ingest --take-tracker")
	}
}

// other says who would have the word without the edit.
func other(k explain.Key) string {
	for _, s := range k.From {
		switch s.Kind {
		case explain.Field, explain.WorkPackage, explain.LinkURL, explain.Attachment:
			return "the tracker has"
		}
	}
	return "without the edit it is"
}

// source tells one place that a value is made of, and what lost there.
func (p *page) source(k explain.Key, s explain.Source) {
	if s.Kind == explain.ByHand {
		return // the edit is told already
	}
	text := s.Text
	if value := s.Value.String(); s.Empty {
		text += " (empty)"
	} else if s.Value.V != nil && value != k.Value.String() {
		text += ": " + value
	}
	p.line("  from %s", text)
	if s.URL != "" && !s.Fact {
		p.whole("       %s", s.URL)
	}
	for _, c := range s.Lost {
		reason := ""
		if c.Reason != "" {
			reason = " (" + clip(c.Reason, 60) + ")"
		}
		lost := fmt.Sprintf("    lost: %s ", c.Source)
		room := explainWidth - utf8.RuneCountInString(lost) - utf8.RuneCountInString(reason) - 2
		p.line("%s%q%s", lost, clip(c.Value, max(room, 20)), reason)
	}
}
