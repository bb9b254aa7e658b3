package urlclean

// name is a parameter's name made comparable: escapes taken off, ASCII letters
// lowered, blanks trimmed, a leading "?" and what an HTML entity left behind
// dropped. It lives on the stack.
type name struct {
	buf [maxName]byte
	len int
}

func (n *name) bytes() []byte { return n.buf[:n.len] }

// set fills n from a raw name. A longer name than any of the table is cut: its
// beginning is enough for the prefix families.
func (n *name) set(raw string) {
	n.len = 0
	for i := 0; i < len(raw) && n.len < maxName; i++ {
		c := raw[i]
		switch {
		case c == '+':
			c = ' '
		case c == '%' && i+2 < len(raw) && hexDigit(raw[i+1]) && hexDigit(raw[i+2]):
			c = unhex(raw[i+1])<<4 | unhex(raw[i+2])
			i += 2
		}
		if n.len == 0 && (c <= ' ' || c == '?') {
			continue
		}
		n.buf[n.len] = lower(c)
		n.len++
		if c == ';' && n.len == 4 {
			n.dropEntity()
		}
	}
	for n.len > 0 && n.buf[n.len-1] <= ' ' {
		n.len--
	}
}

// dropEntity empties n when it holds the rest of a literal "&amp;" or "&#038;",
// the latter seen where "#" cut the address.
func (n *name) dropEntity() {
	if s := string(n.buf[:4]); s == "amp;" || s == "038;" {
		n.len = 0
	}
}

func hexDigit(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= lower(c) && lower(c) <= 'f'
}

// unhex is the value of a hex digit.
func unhex(c byte) byte {
	if c <= '9' {
		return c - '0'
	}
	return lower(c) - 'a' + 10
}
