package fetch

import (
	"bytes"
	"strings"

	"golang.org/x/net/html"
)

// refreshWindow is how much of an HTML body is searched for a meta refresh,
// in bytes. The head of a page with inlined styles may be this long.
const refreshWindow = 256 << 10

// metaRefresh finds the first valid refresh of a page in UTF-8; as in
// browsers, later ones do not count. Comments, scripts, styles, attribute
// values and templates hold none. noscript is read, as by a browser whose
// scripts are off.
func metaRefresh(page []byte) (refresh, bool) {
	if !hasPragma(page) {
		return refresh{}, false
	}
	scan := refreshScan{z: html.NewTokenizer(bytes.NewReader(page))}
	for {
		switch scan.z.Next() {
		case html.ErrorToken:
			return refresh{}, false
		case html.EndTagToken:
			scan.leave()
		case html.StartTagToken, html.SelfClosingTagToken:
			if r, ok := scan.enter(); ok {
				return r, true
			}
		}
	}
}

// hasPragma reports whether "http-equiv" stands anywhere in the page, in any
// letter case. Most pages have none and are spared the tokenizer; names of
// attributes have no other spelling.
func hasPragma(page []byte) bool {
	const name, dash = "http-equiv", len("http")
	for rest := page; ; {
		i := bytes.IndexByte(rest, '-')
		if i < 0 {
			return false
		}
		if i >= dash && len(rest) >= i-dash+len(name) && bytes.EqualFold(rest[i-dash:i-dash+len(name)], []byte(name)) {
			return true
		}
		rest = rest[i+1:]
	}
}

// refreshScan is where metaRefresh is in a page.
type refreshScan struct {
	z         *html.Tokenizer
	base      string
	noscript  bool // within noscript
	templates int  // how many templates we are within
}

func (s *refreshScan) enter() (refresh, bool) {
	switch name, _ := s.z.TagName(); string(name) {
	case "noscript":
		s.noscript = true
		s.z.NextIsNotRawText()
	case "template":
		s.templates++
	case "base":
		if s.base == "" {
			s.base = attributes(s.z)["href"]
		}
	case "meta":
		return s.meta(attributes(s.z))
	}
	return refresh{}, false
}

func (s *refreshScan) leave() {
	switch name, _ := s.z.TagName(); string(name) {
	case "noscript":
		s.noscript = false
	case "template":
		s.templates = max(0, s.templates-1)
	}
}

func (s *refreshScan) meta(meta map[string]string) (refresh, bool) {
	if s.templates > 0 || !strings.EqualFold(strings.Trim(meta["http-equiv"], blanks), "refresh") {
		return refresh{}, false
	}
	r, ok := parseRefresh(meta["content"])
	r.base, r.reason = s.base, MetaRefresh
	if s.noscript {
		r.reason = NoscriptRefresh
	}
	return r, ok
}

// attributes gives the current tag's attributes; of doubles the tokenizer keeps the first.
func attributes(z *html.Tokenizer) map[string]string {
	all := map[string]string{}
	for more := true; more; {
		var key, value []byte
		key, value, more = z.TagAttr()
		all[string(key)] = string(value)
	}
	return all
}
