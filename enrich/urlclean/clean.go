package urlclean

import (
	"strconv"
	"sync"
)

// Cleaner takes trackers out of addresses and opens redirects that carry their
// target. The zero value follows the table; New adds options. A Cleaner never
// changes and may be used by many goroutines, but not copied.
type Cleaner struct {
	options Options
	once    sync.Once
	table   *table
	err     error
}

// New returns a Cleaner with options. The error is a *RuleError that names the
// wrong rule.
func New(o Options) (*Cleaner, error) {
	c := &Cleaner{options: o}
	c.once.Do(c.build)
	if c.err != nil {
		return nil, c.err
	}
	return c, nil
}

// build reads the table. Should it be unreadable, which the tests rule out, a
// zero Cleaner leaves every address alone and says so.
func (c *Cleaner) build() {
	rows, err := c.options.rows()
	if err == nil {
		var table []row
		table, err = builtin()
		rows = append(rows, table...)
	}
	if err == nil {
		c.table, err = compile(rows)
	}
	c.err = err
}

// maxWrapped bounds how many redirects may lie inside one another.
const maxWrapped = 5

// Clean cleans one address. It never fails: what is no http or https address
// comes back as it was, with a note. Cleaning the output again changes nothing.
func (c *Cleaner) Clean(raw string) Result {
	c.once.Do(c.build)
	if c.err != nil {
		return untouched(raw, c.err.Error())
	}
	w := work{options: &c.options, result: untouched(raw)}
	for {
		a, ok := parse(w.result.Output)
		if !ok {
			return untouched(raw, "not an http or https address with a host")
		}
		w.scope.set(c.table, a)
		if next, ok := w.unwrap(); ok {
			if len(w.result.Unwrapped) == maxWrapped {
				return untouched(raw, "more than "+strconv.Itoa(maxWrapped)+" redirects inside one another")
			}
			w.result.Unwrapped = append(w.result.Unwrapped, next)
			w.result.Output = next.To
			continue
		}
		if !w.strip() {
			return w.result
		}
	}
}

// untouched is the result for an address that comes back as it was.
func untouched(raw string, notes ...string) Result {
	if notes == nil {
		notes = []string{}
	}
	return Result{Input: raw, Output: raw, Removed: []Removal{}, Unwrapped: []Unwrap{}, Notes: notes}
}
