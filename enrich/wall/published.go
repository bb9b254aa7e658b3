package wall

import (
	"bytes"
	"slices"
	"strings"
)

// signs are what pieces of writing show and walls do not.
type signs struct {
	author bool // a byline, or the author in the metadata
	dated  bool // a date of its own
	inside int  // paragraphs within an article or main element
}

// signed reports whether the page is a piece of writing, however short: it
// names its author and its day, or one of them over several paragraphs.
func (f *facts) signed() bool {
	switch {
	case f.author && f.dated:
		return f.long >= 1
	case f.author || f.dated:
		return f.inside >= 2
	}
	return false
}

// published weighs the signs of content against those of a wall.
func (f *facts) published() int {
	if f.content() {
		return 8
	}
	n := 0
	for _, speaks := range []bool{f.named, f.inside >= 2, f.author && f.long > 0, f.dated && f.long > 0} {
		if speaks { // some frameworks name their error pages articles, too
			n += 4
		}
	}
	return min(n, 8)
}

// consentOnly reports whether the page shows hardly anything but what it says
// about cookies, advertising and subscriptions, in however many words.
func (f *facts) consentOnly() bool { return f.prose-f.consentProse < 600 && f.long-f.consentLong <= 0 }

// speaksOfConsent looks for the words that no request for consent does without.
func speaksOfConsent(text []byte) bool {
	text = bytes.ToLower(text)
	return slices.ContainsFunc([]string{"cookie", "consent", "consens", "einwillig", "zustimm", "tracking", "werbung", "advertis", "publicit",
		"pubblicit", "publicid", "partner", "partenaire", "socios", "parceiros", "pur-abo", "クッキー"}, func(word string) bool {
		return bytes.Contains(text, []byte(word))
	})
}

// sign notes a class or property by which pages mark up author and day.
func (s *scanner) sign(value []byte) {
	for _, class := range strings.Fields(strings.ToLower(string(value))) {
		switch class {
		case "byline", "author", "article-author", "post-author", "entry-author", "p-author", "c-byline", "article__author", "article__byline":
			s.author = true
		case "datepublished", "dateline", "pubdate", "entry-date", "post-date", "article-date", "published", "dt-published", "publish-date":
			s.dated = true
		}
	}
}
