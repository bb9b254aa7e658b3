package urlclean

import "strings"

// span is a stretch of bytes of the address at hand.
type span struct{ from, to int }

// cuts lists what goes, in the order of the address. The first few live on the
// stack with their work.
type cuts struct {
	few  [6]span
	n    int
	more []span
}

func (c *cuts) add(s span) {
	if c.n < len(c.few) {
		c.few[c.n] = s
		c.n++
		return
	}
	c.more = append(c.more, s)
}

func (c *cuts) len() int { return c.n + len(c.more) }

func (c *cuts) truncate(n int) {
	c.more = c.more[:max(0, min(n-len(c.few), len(c.more)))]
	c.n = min(n, c.n)
}

// apply joins what stays of raw.
func (c *cuts) apply(raw string) string {
	var b strings.Builder
	b.Grow(len(raw))
	at := 0
	for _, s := range c.few[:c.n] {
		b.WriteString(raw[at:s.from])
		at = s.to
	}
	for _, s := range c.more {
		b.WriteString(raw[at:s.from])
		at = s.to
	}
	b.WriteString(raw[at:])
	return b.String()
}
