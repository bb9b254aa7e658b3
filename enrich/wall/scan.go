package wall

import (
	"bytes"
	"strings"
	"unicode"

	"golang.org/x/net/html"
)

const (
	scanWindow = 512 << 10 // how much of a page is read, in bytes
	enough     = 3000      // letters of text of its own that make a page content
	paragraph  = 100       // letters that make a paragraph
	paragraphs = 4         // paragraphs that make a page content
	maxShown   = 4 << 10   // how much shown text, marks, code and one heading are kept, in bytes
	maxMarks   = 16 << 10
	maxCode    = 32 << 10
	maxHead    = 1 << 10
	maxHeads   = 3 // headings that are kept
)

// facts are what a page shows that bears on the question.
type facts struct {
	titles    []string // the title, then the first headings
	shown     []byte   // the beginning of all text
	marks     []byte   // ids, classes, names and addresses, one a line, in lower case
	code      []byte   // the beginning of each inline script, in lower case
	prose     int      // letters outside navigation, links and buttons
	long      int      // paragraphs of them
	password  bool     // a password is asked for
	described bool     // metadata for sharing: somebody presents this page
	article   bool     // metadata of a piece of content
	named     bool     // it says that it is an article or the like, but gives no date nor data
	fields    int      // fields to write in, but for a password
	signs

	consentProse int // of the letters, those of texts about consent
	consentLong  int // of the paragraphs, those of texts about consent
}

// rich reports whether the page has shown enough to be content.
func (f *facts) rich() bool { return f.prose >= enough || f.long >= paragraphs }

// content reports whether the page is content, whatever else it shows.
func (f *facts) content() bool { return f.rich() || f.article }

// thin reports whether it shows hardly anything.
func (f *facts) thin() bool { return f.prose < 600 && f.long == 0 }

// scanner is where scan is in a page.
type scanner struct {
	facts
	z       *html.Tokenizer
	aside   map[string]int // see cover
	covered int            // their sum
	inside  int            // open article and main elements
	cards   int            // the article elements among them
	own     int            // letters of the present paragraph
	text    *strings.Builder
	head    strings.Builder // text of the present title or heading
}

// scan reads a page up to where it has shown enough, or the window ends.
func scan(page []byte) *facts {
	s := &scanner{z: html.NewTokenizer(bytes.NewReader(page[:min(len(page), scanWindow)])), aside: map[string]int{}}
	for !s.content() {
		switch s.z.Next() {
		case html.ErrorToken:
			s.endHead()
			return &s.facts
		case html.TextToken:
			s.words(s.z.Text())
		case html.StartTagToken, html.SelfClosingTagToken:
			s.enter()
		case html.EndTagToken:
			s.leave()
		}
	}
	return &s.facts
}

func (s *scanner) enter() {
	name, more := s.z.TagName()
	switch string(name) {
	case "a":
		s.cover("a", 1) // links do not nest: one left open ends here
	case "nav", "header", "footer", "button", "select", "aside", "svg", "template":
		s.cover(string(name), s.aside[string(name)]+1)
	case "noscript":
		s.z.NextIsNotRawText() // as for a reader whose scripts are off; forums put their whole text there
	case "main": // whatever was left open before
		clear(s.aside)
		s.covered = 0
		s.inside++
		s.tag(more)
	case "article":
		s.inside++
		s.cards++
		s.articles++
		s.tag(more)
	case "time":
		s.dated = s.dated || s.covered == 0
	case "p", "span", "address":
		s.byline(string(name), more)
	case "script":
		s.script(s.attributes(more))
	case "style", "iframe", "textarea":
		if string(name) == "textarea" {
			s.fields++
		}
		s.tag(more)
		_ = s.z.Next() // its raw text, or its end
	case "meta":
		s.meta(s.attributes(more))
	case "title", "h1":
		if s.text == nil && len(s.titles) <= maxHeads && s.aside["svg"] == 0 {
			s.text = &s.head
		}
	case "input":
		s.input(s.attributes(more))
	case "html", "body", "div", "form", "section":
		s.tag(more)
	}
}

// cover notes how many elements of a name are open whose text is not the
// page's own.
func (s *scanner) cover(name string, open int) {
	s.covered += open - s.aside[name]
	s.aside[name] = open
}

func (s *scanner) leave() {
	name, _ := s.z.TagName()
	switch string(name) {
	case "a", "nav", "header", "footer", "button", "select", "aside", "svg", "template":
		s.cover(string(name), max(0, s.aside[string(name)]-1))
	case "article":
		s.cards = max(0, s.cards-1)
		s.inside = max(0, s.inside-1)
	case "main":
		s.inside = max(0, s.inside-1)
	case "title", "h1":
		s.endHead()
	}
}

func (s *scanner) endHead() {
	if title := plain(s.head.String()); title != "" {
		s.titles = append(s.titles, title)
	}
	s.head.Reset()
	s.text = nil
}

// words takes text in: to the heading it stands in, to what is shown, and to
// the page's own.
func (s *scanner) words(text []byte) {
	if s.text != nil && s.text.Len() < maxHead {
		s.text.Write(text[:min(len(text), maxHead)])
	}
	if s.aside["template"] > 0 {
		return
	}
	if len(s.shown) < maxShown {
		s.shown = append(append(s.shown, text[:min(len(text), maxShown)]...), ' ')
	}
	if s.covered > 0 {
		return
	}
	n := letters(text)
	s.prose += n
	if s.cards > 0 {
		s.told += n
	}
	consent := n >= paragraph/4 && speaksOfConsent(text)
	if consent {
		s.consentProse += n
	}
	if s.own < paragraph && s.own+n >= paragraph {
		s.paragraph(consent)
	}
	s.own += n
}

// paragraph counts one that has become long enough.
func (s *scanner) paragraph(consent bool) {
	s.long++
	if s.inside > 0 {
		s.signs.inside++
	}
	if consent {
		s.consentLong++
	}
}

// letters measures text: one of a script that writes whole syllables or words
// with a sign weighs as much as three others.
func letters(text []byte) int {
	n := 0
	for _, r := range string(text) {
		switch {
		case r >= 0x2e80 && unicode.IsLetter(r):
			n += 3
		case unicode.IsLetter(r):
			n++
		}
	}
	return n
}

// plain writes text as the patterns are written: lower case, blanks joined,
// the typographer's apostrophes straight.
func plain(text string) string {
	text = strings.NewReplacer("\u2019", "'", "\u2018", "'", "\u00a0", " ", "\u2026", "...").Replace(text)
	return strings.Join(strings.Fields(strings.ToLower(text)), " ")
}
