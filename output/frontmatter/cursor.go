package frontmatter

// cursor walks over the parts of a number or a date. A part that does not fit fails it for good.
type cursor struct {
	rest   string
	failed bool
}

// done reports whether everything fitted and nothing is left.
func (c *cursor) done() bool { return !c.failed && c.rest == "" }

// while skips bytes as long as they fit and returns how many.
func (c *cursor) while(fits func(byte) bool) int {
	n := 0
	for n < len(c.rest) && fits(c.rest[n]) {
		n++
	}
	c.rest = c.rest[n:]
	return n
}

// digits demands between least and most digits.
func (c *cursor) digits(least, most int) {
	n := 0
	for n < most && n < len(c.rest) && isDigit(c.rest[n]) {
		n++
	}
	c.rest = c.rest[n:]
	c.failed = c.failed || n < least
}

// try skips one byte if it is one of set.
func (c *cursor) try(set string) bool {
	if c.rest == "" || !contains(set, c.rest[0]) {
		return false
	}
	c.rest = c.rest[1:]
	return true
}

// must demands one byte of set.
func (c *cursor) must(set string) {
	c.failed = !c.try(set) || c.failed
}

func contains(set string, b byte) bool {
	for i := range len(set) {
		if set[i] == b {
			return true
		}
	}
	return false
}

func isBlank(b byte) bool { return b == ' ' || b == '\t' }
