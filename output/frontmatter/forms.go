package frontmatter

// isDecimal recognizes 1, 1., 1.5, 1e3, +1.5e-3 and .5e3.
func isDecimal(s string) bool {
	c := cursor{rest: s}
	if c.try(".") {
		c.failed = c.while(isDigit) == 0
	} else {
		c.try("+-")
		c.failed = c.while(isDigit) == 0
		if c.try(".") {
			c.while(isDigit)
		}
	}
	if c.try("eE") {
		c.try("+-")
		c.failed = c.while(isDigit) == 0 || c.failed
	}
	return c.done()
}

// isTimestamp recognizes YAML 1.1's dates: 2020-12-15, and with a time 2020-1-5 3:04:05.25 +01:00.
func isTimestamp(s string) bool {
	if len(s) < len("2020-1-5t3:04:05") && len(s) != len("2020-12-15") {
		return false
	}
	c := cursor{rest: s}
	c.digits(4, 4)
	c.must("-")
	c.digits(1, 2)
	c.must("-")
	c.digits(1, 2)
	if c.rest == "" {
		return c.done()
	}
	if !c.try("Tt") {
		c.failed = c.while(isBlank) == 0 || c.failed
	}
	c.clock()
	c.zone()
	return c.done()
}

func (c *cursor) clock() {
	c.digits(1, 2)
	c.must(":")
	c.digits(2, 2)
	c.must(":")
	c.digits(2, 2)
	if c.try(".") {
		c.while(isDigit)
	}
}

func (c *cursor) zone() {
	if c.rest == "" {
		return
	}
	c.while(isBlank)
	if c.try("Z") {
		return
	}
	c.must("+-")
	c.digits(1, 2)
	if c.try(":") {
		c.digits(2, 2)
	}
}

// isBase60 recognizes numbers of two or more groups, as in 1:30 and -12:30:45.5. The groups may hold underscores.
func isBase60(s string) bool {
	if !numeral(s) && (s == "" || s[0] != '_') {
		return false
	}
	c := cursor{rest: s}
	c.try("+-")
	c.failed = c.while(isGroup) == 0
	c.must(":")
	c.failed = c.while(isGroup) == 0 || c.failed
	for c.try(":") {
		c.failed = c.while(isGroup) == 0 || c.failed
	}
	if c.try(".") {
		c.while(isGroup)
	}
	return c.done()
}

func isGroup(b byte) bool { return isDigit(b) || b == '_' }
