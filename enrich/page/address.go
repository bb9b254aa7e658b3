package page

import (
	"net/url"
	"strings"
)

// resolve makes an address absolute against the page's base. It gives "" for what no one can open: data:,
// javascript:, fragments alone, addresses that do not parse or are absurdly long.
func (s *signals) resolve(href string) string {
	u := parseAgainst(s.base, href)
	if u == nil {
		return ""
	}
	return u.String()
}

// parseAgainst resolves href and returns it only where it is an http(s) address with a host.
func parseAgainst(base *url.URL, href string) *url.URL {
	href = strings.Map(dropLineBreaks, strings.TrimSpace(href))
	if href == "" || href[0] == '#' || len(href) > maxURL {
		return nil
	}
	href = strings.ReplaceAll(href, " ", "%20")
	href = strings.ReplaceAll(href, `\`, "/")
	u, err := url.Parse(href)
	if err != nil {
		return nil // an address that cannot be read is no address; the field goes on to its next candidate
	}
	if base != nil {
		u = base.ResolveReference(u)
	}
	if u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return nil
	}
	return u
}

// dropLineBreaks follows the URL standard, which strips tabs and newlines from an address.
func dropLineBreaks(r rune) rune {
	if r == '\n' || r == '\r' || r == '\t' {
		return -1
	}
	return r
}

// repairHost resolves an address of which some sites leave the scheme out ("www.example.org/a"), which as a
// relative path would point below the page itself.
func (s *signals) repairHost(href string) string {
	href = strings.TrimSpace(href)
	if s.served != nil && !strings.Contains(href, "://") && !strings.HasPrefix(href, "/") {
		host, _, _ := strings.Cut(href, "/")
		if strings.HasPrefix(host, "www.") || host == s.served.Host && strings.Contains(host, ".") {
			href = "//" + href
		}
	}
	return s.resolve(href)
}

// isPDFLink tells a link to a PDF file by its type or path.
func isPDFLink(a *attrs) bool {
	if a.href == "" {
		return false
	}
	if strings.EqualFold(strings.TrimSpace(a.kind), "application/pdf") {
		return true
	}
	path, _, _ := strings.Cut(a.href, "?")
	path, _, _ = strings.Cut(path, "#")
	return len(path) > 4 && strings.EqualFold(path[len(path)-4:], ".pdf")
}

// authorAddress tells a link to an author's page by a path segment that sites use for these.
func authorAddress(href string) bool {
	if len(href) < 8 || len(href) > 500 {
		return false
	}
	for at := strings.IndexByte(href, '/'); at >= 0; {
		rest := href[at+1:]
		next := strings.IndexByte(rest, '/')
		if next < 0 || next+1 >= len(rest) {
			return strings.HasPrefix(rest, "~") && len(rest) > 1
		}
		if authorPaths[rest[:next]] {
			return true
		}
		at += next + 1
	}
	return false
}

var authorPaths = map[string]bool{ //nolint:gochecknoglobals // read-only table
	"author": true, "authors": true, "autor": true, "autoren": true, "auteur": true, "auteurs": true, "autore": true, "autori": true, "by": true, "byline": true, "contributor": true, "contributors": true, //nolint:misspell // words of many languages
	"journalist": true, "journalists": true, "writers": true, "writer": true, "redaktion": true, "people": true, "staff": true, "profile": true, "profiles": true, "reporter": true, "reporters": true, "redakteure": true, "forfatter": true, "columnist": true, "columnists": true,
	"editors": true, "experts": true, "experten": true, "user": true, "users": true, "member": true, "members": true, "profil": true, "bloggers": true, "correspondents": true, "team": true,
}
