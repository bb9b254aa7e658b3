package urlclean

// The names, hosts and paths compared here are ASCII in practice; folding only
// A to Z keeps comparing free of allocation and of surprises (a Kelvin sign is
// no k).

func lower(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}

// alnum reports whether c is an ASCII letter or digit.
func alnum(c byte) bool {
	c = lower(c)
	return 'a' <= c && c <= 'z' || '0' <= c && c <= '9'
}

// foldEqual reports whether s equals the lower-case pattern, letter case aside.
func foldEqual(s, pattern string) bool {
	return len(s) == len(pattern) && foldPrefix(s, pattern)
}

// foldPrefix reports whether s begins with the lower-case pattern.
func foldPrefix(s, pattern string) bool {
	if len(s) < len(pattern) {
		return false
	}
	for i := range len(pattern) {
		if lower(s[i]) != pattern[i] {
			return false
		}
	}
	return true
}

// foldIndex is the offset of the lower-case pattern in s, or -1. Patterns are
// short rows of the table, so the product of the lengths stays linear in s.
func foldIndex(s, pattern string) int {
	small, big := pattern[0], pattern[0]
	if 'a' <= small && small <= 'z' {
		big -= 'a' - 'A'
	}
	for i := 0; i+len(pattern) <= len(s); i++ {
		if c := s[i]; (c == small || c == big) && foldPrefix(s[i+1:], pattern[1:]) {
			return i
		}
	}
	return -1
}
