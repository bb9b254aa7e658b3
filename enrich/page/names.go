package page

import (
	"net"
	"strings"

	"golang.org/x/net/publicsuffix"
)

// siteName is one name under which the site is known, used to take it off titles and out of bylines.
type siteName struct {
	Candidate
	key string // its letters
}

// siteNames collects what the page and its address call the site, owners included: for recognising a name any
// of them will do. Which one is shown is decided in sitename.go.
func (s *signals) siteNames() []siteName {
	titled := s.titleKeys()
	var all []siteName
	add := func(source, value string) {
		value = plain(value)
		key := letters(value)
		if key == "" || len(value) > 80 || unfilled(value) || titled[key] && !s.dom.backs(value) {
			return
		}
		all = append(all, siteName{Candidate{Value: value, Source: source}, key})
		if short := strings.TrimPrefix(key, "the"); short != key && len(short) > 3 {
			all = append(all, siteName{Candidate{Value: value, Source: source}, short})
		}
	}
	for _, name := range siteNameMetas {
		add(name, s.meta(name))
	}
	for _, e := range s.graph.entities {
		if e.is(siteKinds) > 0 {
			add("json-ld", e.first("name"))
			add("json-ld", e.first("alternateName"))
		}
	}
	for _, e := range s.subjects() {
		s.graph.each(e.node["publisher"], func(t string, n node) { add("publisher", firstOf(t, n.first("name"))) })
		s.graph.each(e.node["isPartOf"], func(_ string, n node) {
			if n.is(siteKinds) > 0 {
				add("isPartOf", n.first("name"))
			}
		})
	}
	add("twitter:site", strings.TrimPrefix(s.meta("twitter:site"), "@"))
	return all
}

// titleKeys are the letters of the page's titles: some sites write these where their name belongs.
func (s *signals) titleKeys() map[string]bool {
	keys := map[string]bool{}
	if s.isHome() {
		return keys
	}
	for _, v := range []string{s.meta("og:title"), s.meta("twitter:title"), s.title} {
		if key := letters(plain(v)); len(key) > 12 {
			keys[key] = true
		}
	}
	return keys
}

var siteNameMetas = []string{ //nolint:gochecknoglobals // read-only table
	"og:site_name", "application-name", "apple-mobile-web-app-title", "al:ios:app_name", "al:android:app_name", "dc.publisher", "publisher",
	"citation_journal_title", "cre", "copyright", "article:publisher", "og:sitename", "site_name", "sitename", "twitter:app:name:iphone", "msapplication-tooltip",
}

var siteKinds = map[string]int{ //nolint:gochecknoglobals // read-only table
	"WebSite": 1, "Organization": 1, "NewsMediaOrganization": 1, "Corporation": 1, "Blog": 1, "LocalBusiness": 1, "Periodical": 1, "Newspaper": 1,
}

// domain is the page's host in the forms that names are compared with.
type domain struct {
	host  string // without "www."
	core  string // the registrable part without its suffix, letters only: "nytimes"
	full  string // the registrable domain's letters: "nytimescom"
	whole string // the host's letters
	subs  []string
}

func (s *signals) domain() domain {
	if s.served == nil {
		return domain{}
	}
	host := strings.ToLower(s.served.Hostname())
	d := domain{host: strings.TrimPrefix(host, "www.")}
	d.whole = letters(d.host)
	if net.ParseIP(host) != nil {
		return d
	}
	site, err := publicsuffix.EffectiveTLDPlusOne(host)
	if err != nil {
		site = host // a bare suffix or a local name stands for itself
	}
	core, _, _ := strings.Cut(site, ".")
	d.core, d.full = letters(core), letters(site)
	if sub := strings.TrimSuffix(strings.TrimSuffix(d.host, site), "."); sub != "" {
		for _, label := range strings.Split(sub, ".") {
			d.subs = append(d.subs, letters(label))
		}
	}
	return d
}

// names tells whether a text (in letters) is the domain's own name: the core, the whole domain, or for a host like
// blog.example.org also the label in front.
func (d domain) names(key string) bool {
	if len(key) < 2 || d.core == "" {
		return false
	}
	trimmed := strings.TrimPrefix(key, "the")
	if key == d.core || trimmed == d.core || key == d.full || key == d.whole || trimmed == d.full {
		return true
	}
	for word := range lex().sitewords {
		if rest, found := strings.CutSuffix(trimmed, word); found && (rest == d.core || rest == d.core+"s") {
			return true // "Example Blog" at example.org
		}
	}
	for _, sub := range d.subs {
		if len(sub) > 2 && (key == sub || key == sub+d.core || key == d.core+sub) {
			return true
		}
	}
	return false
}

// abbreviates tells whether the domain's core is made of beginnings of the words of a name in order, as in
// "nytimes" for The New York Times or "dw" for Deutsche Welle. Words may be passed over if they are small.
func (d domain) abbreviates(name string) bool {
	ws := words(name)
	if len(d.core) < 2 || len(d.core) > 63 || len(ws) < 2 || len(ws) > 8 || strings.Contains(name, ": ") {
		return false
	}
	// reached has bit i set where core[:i] is made of beginnings of the words so far.
	reached := uint64(1)
	for i, w := range ws {
		w = letters(w)
		next := uint64(0)
		if len(w) <= 3 {
			next = reached
		}
		for at := range len(d.core) {
			if reached&(1<<at) == 0 {
				continue
			}
			for n := 1; n <= len(w) && at+n <= len(d.core) && w[n-1] == d.core[at+n-1]; n++ {
				next |= 1 << (at + n)
			}
		}
		reached = next
		if i >= len(ws)-2 && i > 0 && reached&(1<<len(d.core)) != 0 {
			return true // a last word may be missing: "… Online", "… Magazine"
		}
	}
	return false
}

// isSiteName tells whether a text is a name of the site.
func (s *signals) isSiteName(text string) bool {
	key := letters(text)
	if key == "" {
		return false
	}
	for _, n := range s.names {
		if n.key == key {
			return true
		}
	}
	return s.dom.names(key)
}
