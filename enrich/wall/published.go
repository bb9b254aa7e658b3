package wall

import (
	"bytes"
	"slices"
	"strings"
)

// signs are what pieces of writing show and walls do not.
type signs struct {
	author   bool // a byline, or the author in the metadata
	dated    bool // a date of its own
	inside   int  // paragraphs within an article or main element
	told     int  // letters within an article element
	articles int  // article elements
}

// published weighs the signs of content against those of a wall: most where a
// page names its author and its day. Those of a list of articles are not its
// own: a page that says that it is none often ends with such a list.
func (f *facts) published(kind Kind) int {
	if f.content() {
		return 8
	}
	own := f.long > 0 && (kind != SoftError || f.articles < 2)
	if own && f.author && f.dated {
		return 12
	}
	n := 0
	for _, speaks := range []bool{f.named, own && f.inside >= 2, own && f.author, own && f.dated} {
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
	return slices.ContainsFunc([]string{"cookie", "consent", "consens", "einwillig", "zustimm", "tracking", "werbung", "advertising", "publicit",
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
