package output

import (
	"fmt"
	"sync"
)

// claims knows which places in the content folder and which addresses on the
// site are whose. Both are compared folded: in lower case and NFC.
type claims struct {
	mu     sync.Mutex
	files  map[string]int64 // 0: of a page without an id
	broken map[string]error // places of files that cannot be read
	given  map[int64]claim
	urls   map[string]int64
	held   map[int64][]string // addresses of the documents that are there
}

// claim is an answer of ClaimFile.
type claim struct {
	file string
	err  error
}

// init enters what the tree holds. Of two pages with one address that of no work
// package has it, then that of the oldest.
func (c *claims) init(x *index, chosen map[int64]existing) {
	c.files, c.urls = make(map[string]int64, len(x.pages)), map[string]int64{}
	c.given, c.held, c.broken = map[int64]claim{}, map[int64][]string{}, x.places
	for _, p := range x.pages {
		c.files[fold(p.path)] = p.id
		for _, u := range p.urls {
			key := urlKey(u)
			if other, taken := c.urls[key]; !taken || p.id < other {
				c.urls[key] = p.id
			}
		}
		if e, ok := chosen[p.id]; ok && e.path == p.path && len(p.urls) > 0 {
			c.held[p.id] = p.urls
		}
	}
}

// TakenError is the warning that a place or an address that a document should
// have is another's.
type TakenError struct {
	ID int64
	// Owner is the work package that has it, 0 if it is a page without an id.
	Owner int64
	// What is the place or address, URL which of them. Free is what the document
	// gets instead; "" if it keeps what it has.
	What string
	URL  bool
	Free string
}

func (e *TakenError) Error() string {
	kind, owner := "file name", "a page without an id"
	if e.URL {
		kind = "address"
	}
	if e.Owner != 0 {
		owner = fmt.Sprintf("work package %d", e.Owner)
	}
	text := fmt.Sprintf("work package %d: the %s %s is that of %s", e.ID, kind, e.What, owner)
	if e.Free != "" {
		text += "; it gets " + e.Free
	}
	return text
}

// Hint says how to mend it.
func (e *TakenError) Hint() string {
	return "give one of the two another title, or close one of them in the tracker if they are the same"
}

// check makes sure that a document takes nobody's addresses. For its URL that is an error, for an alias a warning.
func (c *claims) check(d Document) ([]error, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	taken := func(u string) error {
		owner, known := c.urls[urlKey(u)]
		if u == "" || !known || owner == d.ID || c.holds(d.ID, u) {
			return nil
		}
		return &TakenError{ID: d.ID, Owner: owner, What: u, URL: true}
	}
	if err := taken(d.URL); err != nil {
		return nil, err
	}
	var warnings []error
	for _, u := range d.Aliases {
		if err := taken(u); err != nil {
			warnings = append(warnings, err)
		}
	}
	return warnings, nil
}

// enter notes the addresses of a document that was written.
func (c *claims) enter(d Document, file string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.files[fold(file)] = d.ID
	for _, u := range append([]string{d.URL}, d.Aliases...) {
		if _, taken := c.urls[urlKey(u)]; u != "" && !taken {
			c.urls[urlKey(u)] = d.ID
		}
	}
}

// leave frees the addresses of a document that was removed.
func (c *claims) leave(id int64, file string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.files, fold(file))
	for _, u := range c.held[id] {
		if c.urls[urlKey(u)] == id {
			delete(c.urls, urlKey(u))
		}
	}
	delete(c.held, id)
}
