package state

import (
	"slices"
	"strings"
	"time"

	"ingest/enrich/linkhealth"
	"ingest/pipeline"
)

// Standing is how an entry stands with its editor.
type Standing string

// The standings. Each entry has one.
const (
	Attention Standing = "attention" // published, but something is lacking or wrong
	Failed    Standing = "failed"    // the last run could not bring it up to date
	Skipped   Standing = "skipped"   // not wanted on the site
	Published Standing = "published" // all is well
	Gone      Standing = "gone"      // taken off the site
)

// StandingOf tells the standing of an entry.
func StandingOf(e *pipeline.Entry) Standing {
	switch {
	case e.Outcome == pipeline.Removed:
		return Gone
	case e.Outcome == pipeline.Failed:
		return Failed
	case e.Outcome == pipeline.Skipped:
		return Skipped
	case e.Attention != "":
		return Attention
	}
	return Published
}

// Choice says which entries are listed. The zero value lists none of all.
type Choice struct {
	// Standings are those of the entries; none is any.
	Standings []Standing
	// Text is words, all of which an entry has: in its subject or its clean or
	// canonical URL, or as its id. Letters of ASCII match in either case; a word with
	// others matches as it is, in lower, in upper and in title case. Of a long text
	// only the first MaxWords words count.
	Text string
	// Link is the health of its link; "" is any.
	Link linkhealth.State
	// IDs are those of the entries; nil is any.
	IDs []int64
	// Offset entries are passed over, at most Limit listed.
	Offset, Limit int
}

// MaxWords bounds the words of a Choice.
const MaxWords = 10

// Line is an entry without what it is long for.
type Line struct {
	ID                   int64
	Subject              string
	UpdatedAt, CheckedAt time.Time
	Standing             Standing
	Outcome              pipeline.Outcome
	Error, Attention     string
	Clean, Canonical     string
	Path                 string
	Link                 linkhealth.State // "" when nothing is known of it
}

// Listing is a part of the entries that were chosen, the latest change of a work
// package first, and their number.
type Listing struct {
	Lines []Line
	Total int
}

// words are those of a text, each in the forms that are looked for.
func words(text string) [][]string {
	fields := strings.Fields(strings.ToValidUTF8(text, " "))
	var all [][]string
	for _, word := range fields[:min(len(fields), MaxWords)] {
		all = append(all, forms(word))
	}
	return all
}

// forms are a word, and for letters whose case SQLite does not know, the word in
// other cases.
func forms(word string) []string {
	if isASCII(word) {
		return []string{word}
	}
	initial := []rune(strings.ToLower(word))
	title := strings.ToTitle(string(initial[:1])) + string(initial[1:])
	all := []string{word, strings.ToLower(word), strings.ToUpper(word), title}
	slices.Sort(all)
	return slices.Compact(all)
}

// lower puts letters of ASCII into lower case, as those that SQLite's LIKE takes
// for equal.
func lower(s string) string {
	return strings.Map(func(r rune) rune {
		if 'A' <= r && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	}, s)
}

func isASCII(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r > 127 }) < 0
}
