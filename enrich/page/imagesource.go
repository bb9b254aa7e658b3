package page

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// The attributes in which scripts that load pictures late keep their addresses, and their lists of addresses.
var (
	lazyAddresses = []string{ //nolint:gochecknoglobals // read-only table
		"data-original", "data-src", "data-lazy-src", "data-lazy", "data-lazyload", "data-full-src", "data-large-file", "data-orig-file", "data-hi-res-src", "data-image", "data-url", "data-echo", "data-zoom-image",
	}
	lazyLists = []string{ //nolint:gochecknoglobals // read-only table
		"srcset", "data-srcset", "data-lazy-srcset",
	}
)

// imageSource is the address of the real picture behind an <img>: the lazy-loading attribute the largest of a
// srcset that holds src too, src itself, or, where that holds a placeholder, the largest of the <picture> around it.
func (s *signals) imageSource(n *html.Node) string {
	if n.DataAtom != atom.Img && n.Data != "amp-img" {
		return ""
	}
	for _, key := range lazyAddresses {
		if v := attr(n, key); v != "" {
			if abs := s.resolve(v); abs != "" {
				return abs
			}
		}
	}
	src := s.resolve(attr(n, "src"))
	if src != "" && placeholderName(src) == "" {
		// A width says that src is shown at its own size; a list without src may be left over from another picture.
		if list := attr(n, "srcset"); attr(n, "width") == "" && strings.Contains(list, strings.TrimSpace(attr(n, "src"))) {
			return firstOf(s.resolve(largest(list)), src)
		}
		return src
	}
	if abs := s.fromLists(n); abs != "" {
		return abs
	}
	if n.Parent != nil && n.Parent.DataAtom == atom.Picture {
		for c := n.Parent.FirstChild; c != nil; c = c.NextSibling {
			if c.DataAtom == atom.Source && !strings.EqualFold(attr(c, "type"), "image/avif") {
				if abs := s.fromLists(c); abs != "" {
					return abs
				}
			}
		}
	}
	return src
}

// fromLists is the largest address in an element's lists.
func (s *signals) fromLists(n *html.Node) string {
	for _, key := range lazyLists {
		if v := attr(n, key); v != "" {
			if abs := s.resolve(largest(v)); abs != "" {
				return abs
			}
		}
	}
	return ""
}
