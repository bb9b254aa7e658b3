package verify

import (
	"iter"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/google/uuid"

	"ingest/output"
	"ingest/output/frontmatter"
)

// named lists the assets that a document names, sorted.
func (r *run) named(page output.Page, matter frontmatter.Map, text string) []string {
	var names []string
	for _, p := range r.places {
		for _, value := range p.values(matter) {
			value = strings.TrimPrefix(value, "./")
			if !p.offering && !strings.Contains(value, "/") { // else it is on the web, or elsewhere on the site
				names = append(names, value)
			}
		}
	}
	if !r.bundled(page) { // else its assets have names that say nothing
		for word := range words(text) {
			if r.ours(word) {
				names = append(names, word)
			}
		}
	}
	for target := range targets(text) {
		if name, ok := r.linked(page, target); ok {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// bundled tells a document that has a folder of its own.
func (r *run) bundled(page output.Page) bool {
	return r.shape.At(page.Path).Bundle
}

// role is the end of the names of our assets, see archetype.Role and
// enrich.InlineFile.
var role = regexp.MustCompile(`-(featuredImage|featuredPdf|favIconImage|attachment-[0-9]+)\.[a-z0-9]+$`)

// ours tells whether a word is the name of an asset of a document in the tree:
// the document's name and what the asset is to it. Behind a UUID anything may
// stand, since nothing else begins with it.
func (r *run) ours(word string) bool {
	const length = 36 // of a UUID
	if !publishable(word) {
		return false
	}
	if len(word) > length && word[length] == '-' && r.names[word[:length]] {
		return uuid.Validate(word[:length]) == nil
	}
	at := role.FindStringIndex(word)
	return at != nil && r.names[word[:at[0]]]
}

// words yields what may be names of files: words of plain characters, written as
// they are or with %20 and the like.
func words(text string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for word := range strings.FieldsFuncSeq(text, notPlain) {
			if strings.Contains(word, "-") && !yield(decoded(word)) {
				return
			}
		}
	}
}

// link is how Markdown and HTML open the target of a link.
var link = regexp.MustCompile(`(?:\]\(<?|\]: +<?|(?:src|href)=["'])([^\s"'<>()?#]+)`)

// targets yields the targets of links in a text.
func targets(text string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, match := range link.FindAllStringSubmatch(text, -1) {
			if !yield(match[1]) {
				return
			}
		}
	}
}

// linked is the name of the asset that a link leads to, if it leads to one: into
// the folder of the assets, or from a bundle to what lies beside it.
func (r *run) linked(page output.Page, target string) (name string, ok bool) {
	folder := r.shape.At(page.Path).AssetAddress(r.Site, "")
	name, inside := strings.CutPrefix(target, folder)
	name = decoded(name)
	ok = (inside && folder != "" || r.bundled(page)) && !strings.Contains(name, "/") && publishable(name)
	return name, ok
}

// notPlain tells characters at which words end.
func notPlain(r rune) bool {
	return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && !strings.ContainsRune("-._~%", r)
}

func decoded(word string) string {
	word = strings.Trim(word, ".")
	if plain, err := url.PathUnescape(word); err == nil {
		return plain
	}
	return word
}

// publishable tells names that end as those of assets do.
func publishable(name string) bool {
	ext := strings.ToLower(strings.TrimPrefix(path.Ext(name), "."))
	return formatOf(ext) != "" || slices.Contains([]string{"csv", "docx", "epub", "mp3", "mp4", "odp", "ods", "odt", "pptx", "txt", "webm", "xlsx", "zip"}, ext)
}
