package page

import (
	"net/url"
	"path"
	"regexp"
	"strings"
	"unicode"
)

// placeholder is why a value is refused that some template left unfilled.
const placeholder = "placeholder"

// templateMarks are the places that templates leave for a value, as they stand in a page that was never rendered: of Mustache
// and its kin, of Jinja and Liquid, of JavaScript, of ERB and ASP, of batch files, of Drupal, and of older editors; and what
// JavaScript makes of an object.
var templateMarks = regexp.MustCompile(`\{\{[^{}]*\}\}|\{%[^{}]*%\}|\$\{[^{}]*\}|<%.*?%>|%[A-Za-z][A-Za-z_]*%|\[[a-z][a-z_-]*(?::[a-z_-]+)+\]|#[A-Z][A-Z_]+#|\[object [A-Za-z]+\]`)

// unfilled tells a declared value that says nothing: a program's word for "no value", or a template's mark for it.
func unfilled(v string) bool {
	switch strings.ToLower(strings.Trim(v, "()<> ")) {
	case "null", "undefined", "none", "nan":
		return true
	}
	return isTemplate(v)
}

// isTemplate tells a text with a template's mark in it and no word beside; a text about templates has words of its own.
func isTemplate(v string) bool {
	if !strings.ContainsAny(v, "{[<%#") {
		return false
	}
	rest := templateMarks.ReplaceAllString(v, "")
	return rest != v && !strings.ContainsFunc(rest, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
}

// unfilledText is the reason to refuse a declared text; empty where it says something.
func unfilledText(v string) string {
	if unfilled(v) {
		return placeholder
	}
	return ""
}

// unfilledAddress is the reason to refuse an address whose last part says nothing: scripts write "null" where a link belongs,
// which resolves to a page of that name.
func unfilledAddress(u *url.URL) string {
	if last := path.Base(u.Path); unfilled(last) || unfilled(u.Host) {
		return placeholder
	}
	return ""
}
