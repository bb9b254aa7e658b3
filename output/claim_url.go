package output

import (
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"
)

// ClaimURL gives an entry an address on the site: the proposed one if it is free
// or its own, else the proposed one with "-" and the id behind its last part,
// and a *TakenError for a warning. An address that the existing document has
// stays, with a warning, even if another page has it too. Addresses are compared
// folded, without the slash at their end.
//
// The first to ask for an address has it, after those that are in the tree: see
// ClaimFile.
func (t *Tree) ClaimURL(id int64, proposed string) (string, error) {
	c := &t.claims
	c.mu.Lock()
	defer c.mu.Unlock()
	for free := proposed; ; free = suffixedURL(free, id) {
		owner, taken := c.urls[urlKey(free)]
		own := taken && owner != id && c.holds(id, free)
		if taken && owner != id && !own {
			continue
		}
		if !own {
			c.urls[urlKey(free)] = id
		}
		switch {
		case own:
			return free, &TakenError{ID: id, Owner: owner, What: free, URL: true}
		case free != proposed:
			return free, &TakenError{ID: id, Owner: c.urls[urlKey(proposed)], What: proposed, URL: true, Free: free}
		}
		return free, nil
	}
}

// holds tells whether the existing document has an address.
func (c *claims) holds(id int64, u string) bool {
	return slices.ContainsFunc(c.held[id], func(h string) bool { return urlKey(h) == urlKey(u) })
}

// URLs returns the addresses of the existing document as Options.URLOf read them
// when the tree was opened.
func (t *Tree) URLs(id int64) []string {
	t.claims.mu.Lock()
	defer t.claims.mu.Unlock()
	return slices.Clone(t.claims.held[id])
}

// suffixedURL puts an id behind the last part of an address.
func suffixedURL(u string, id int64) string {
	trimmed := strings.TrimRight(u, "/")
	slash := u[len(trimmed):]
	ext := path.Ext(trimmed)
	if slash != "" {
		ext = "" // a dot in a title
	}
	return strings.TrimSuffix(trimmed, ext) + "-" + strconv.FormatInt(id, 10) + ext + slash
}

// urlKey is an address as it is compared.
func urlKey(u string) string {
	if decoded, err := url.PathUnescape(u); err == nil {
		u = decoded
	}
	return fold("/" + strings.Trim(strings.TrimSuffix(u, "/index.html"), "/"))
}
