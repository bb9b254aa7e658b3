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
	result := Result{Input: raw, Output: raw, Removed: []Removal{}, Unwrapped: []Unwrap{}, Notes: []string{}}
	if c.err != nil {
		result.Notes = append(result.Notes, c.err.Error())
		return result
	}
	w := work{options: &c.options, result: &result}
	for {
		a, ok := parse(result.Output)
		if !ok {
			result.Notes = append(result.Notes, "not an http or https address with a host")
			return result
		}
		w.scope.set(c.table, a)
		if next, ok := w.unwrap(); ok {
			if len(result.Unwrapped) == maxWrapped {
				return untouched(raw, "more than "+strconv.Itoa(maxWrapped)+" redirects inside one another")
			}
			result.Unwrapped = append(result.Unwrapped, next)
			result.Output = next.To
			continue
		}
		if !w.strip() {
			return result
		}
	}
}

func untouched(raw, note string) Result {
	return Result{Input: raw, Output: raw, Removed: []Removal{}, Unwrapped: []Unwrap{}, Notes: []string{note}}
}
