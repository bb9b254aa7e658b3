package feedback

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"ingest/enrich/fetch"
	"ingest/pipeline"
)

// forEditors says whether a warning of a step is about something that lasts and
// that an editor can see or mend. The others tell of the state, of names and of
// what a write replaced: once, or to those who run the program.
func forEditors(w pipeline.Warning) bool {
	switch w.Step {
	case "state", "name", "tree", "feedback":
		return false
	}
	return true
}

// advise makes a warning one paragraph: what is the matter, and what helps.
func advise(text, hint string) string {
	said := sentence(Brief(text))
	if hint == "" {
		return said
	}
	if technical.MatchString(hint) {
		return said + " *For those who run the program:* " + sentence(hint)
	}
	return said + " *What helps:* " + sentence(hint)
}

var (
	// technical finds hints that speak of settings and commands.
	technical = regexp.MustCompile(`\b(tracker|links|scrape|offerings|output|site|body|prune|server|feedback|link_health)\.[a-z_]+|(^| )--[a-z]|\bingest\b|TMPDIR`)
	// fetched finds what a fetch.Error says: the address, which the work package has
	// anyway, and the kind with its details.
	fetched = regexp.MustCompile(`fetch https?://\S+(?: \(from \S+\))?: ([a-zA-Z ]+\b)?(: [^;]*)?`)
	// endpoint and resolver find the ends of a connection and a name server.
	endpoint = regexp.MustCompile(`\b(dial|read|write) (tcp|udp)[46]? \S+: `)
	resolver = regexp.MustCompile(` on \S+:53\b`)
)

// Brief is a warning, or several joined by semicolons, in an editor's words: without
// what differs from night to night or says nothing to an editor, and without
// everything after its first line.
func Brief(text string) string {
	text, _, _ = strings.Cut(strings.TrimSpace(text), "\n")
	text = fetched.ReplaceAllStringFunc(text, func(said string) string {
		part := fetched.FindStringSubmatch(said)
		if words := trouble(fetch.Kind(part[1])); words != "" {
			return words
		}
		return part[1] + strings.TrimPrefix(part[2], ": ")
	})
	return resolver.ReplaceAllString(endpoint.ReplaceAllString(text, ""), "")
}

// trouble puts a failure on the web into an editor's words, "" for one that is known
// by its status.
func trouble(kind fetch.Kind) string {
	switch kind {
	case fetch.BadURL, fetch.Scheme:
		return "the address is not one of a web page"
	case fetch.Blocked:
		return "the address leads into a private network"
	case fetch.DNS:
		return "no site has this name"
	case fetch.Refused, fetch.Reset, fetch.Network:
		return "the site does not answer"
	case fetch.Timeout:
		return "the site does not answer in time"
	case fetch.TLS:
		return "the site's certificate or encryption is not accepted"
	case fetch.TooLarge:
		return "it is too large"
	case fetch.TooManyHops, fetch.Loop:
		return "its redirects lead nowhere"
	case fetch.Encoding, fetch.Truncated:
		return "what the site sends is broken"
	case fetch.Disallowed:
		return "the site asks programs not to read it"
	}
	return ""
}

// sentence makes a foreign message a sentence.
func sentence(text string) string {
	text = strings.TrimRight(flat(text), ". ")
	if first, size := utf8.DecodeRuneInString(text); first != utf8.RuneError {
		text = string(unicode.ToUpper(first)) + text[size:]
	}
	end := "."
	if last, _ := utf8.DecodeLastRuneInString(text); strings.ContainsRune("!?…", last) {
		end = ""
	}
	return plain(text + end)
}
