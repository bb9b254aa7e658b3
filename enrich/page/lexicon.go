package page

import (
	"embed"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// wordFiles are the words by which names, dates and titles are told apart, a file for each kind. A line gives a language (or
// "mul" for words of several, or a month, or a part of a date), a colon, and its words or phrases between bars.
//
//go:embed words/*.txt
var wordFiles embed.FS

// lex gives the words, read once.
var lex = sync.OnceValue(readLexicon) //nolint:gochecknoglobals // read-only tables, made once

// wordSet is a set of words in lower case.
type wordSet map[string]bool

// has tells whether one of the words of a text is in the set.
func (set wordSet) has(text string) bool {
	return slices.ContainsFunc(words(text), func(w string) bool { return set[w] })
}

// leadTable has phrases by their first byte in lower case, the longest first, so that a text is held against a few of them only.
type leadTable [256][]string

// lexicon holds the words; each field is described at the head of its file.
type lexicon struct {
	leads, phrases, prepositions, helpers leadTable

	agencies, credentials, labels, outlets, placeholders, roles, surnames, writing wordSet
	changed, clock, deadlines, published, weekdays                                 wordSet
	counted, headings, sitewords                                                   wordSet

	ordinals, dateLinks, yearSigns, monthSigns wordSet

	endings, events, mastheads []string
	months                     map[string]int
	languages                  []string         // the tags of stopwords.txt in its order
	stopwords                  map[string][]int // word to its languages, as places in languages
}

func readLexicon() *lexicon {
	l := &lexicon{
		leads: byFirst("leads"), phrases: byFirst("phrases"), prepositions: byFirst("prepositions"), helpers: byFirst("helpers"),
		agencies: setOf("agencies"), credentials: setOf("credentials"), labels: setOf("labels"), outlets: setOf("outlets"),
		placeholders: setOf("placeholders"), roles: setOf("roles"), surnames: setOf("surnames"), writing: setOf("writing"),
		changed: setOf("changed"), clock: setOf("clock"), deadlines: setOf("deadlines"), published: setOf("published"), weekdays: setOf("weekdays"),
		counted: setOf("counted"), headings: setOf("headings"), sitewords: setOf("sitewords"),
		endings: listOf("endings"), events: listOf("events"), mastheads: listOf("mastheads"),
		ordinals: wordSet{}, dateLinks: wordSet{}, yearSigns: wordSet{}, monthSigns: wordSet{},
		months: map[string]int{}, stopwords: map[string][]int{},
	}
	parts := map[string]wordSet{"ordinal": l.ordinals, "link": l.dateLinks, "year": l.yearSigns, "month": l.monthSigns}
	eachWord("dateparts", func(part, word string) { parts[part][word] = true })
	eachWord("months", func(month, word string) { l.months[word], _ = strconv.Atoi(month) })
	eachWord("stopwords", func(tag, word string) {
		if n := len(l.languages); n == 0 || l.languages[n-1] != tag {
			l.languages = append(l.languages, tag)
		}
		l.stopwords[word] = append(l.stopwords[word], len(l.languages)-1)
	})
	return l
}

// eachWord calls visit for every word of a file, in its order, with the key of its line.
func eachWord(file string, visit func(key, word string)) {
	data, _ := wordFiles.ReadFile("words/" + file + ".txt") // embedded: a missing file fails the test of the files
	for line := range strings.Lines(string(data)) {
		key, list, found := strings.Cut(strings.TrimSpace(line), ": ")
		if !found || strings.HasPrefix(key, "#") {
			continue
		}
		for word := range strings.SplitSeq(list, " | ") {
			visit(key, word)
		}
	}
}

func setOf(file string) wordSet {
	set := wordSet{}
	eachWord(file, func(_, word string) { set[word] = true })
	return set
}

func listOf(file string) []string {
	var list []string
	eachWord(file, func(_, word string) { list = append(list, word) })
	return list
}

func byFirst(file string) (table leadTable) {
	list := listOf(file)
	slices.SortStableFunc(list, func(a, b string) int { return len(b) - len(a) })
	for _, lead := range slices.Compact(list) {
		table[lead[0]] = append(table[lead[0]], lead)
	}
	return table
}

// monthOf is the month of a lower-cased name, 0 for other words.
func monthOf(word string) int {
	if len(word) > 40 || len(word) < 2 {
		return 0
	}
	return lex().months[word]
}
