package body

import "strings"

// token is a tag in a piece of HTML, or the text before it.
type token struct {
	span
	name    string // in lower case; "" for a text
	closing bool
	attrs   []attr
}

// attr is an attribute of a tag. Its value is where the quotes are not.
type attr struct {
	name  string // in lower case
	value span
	quote byte // 0 without quotes
}

// attr returns an attribute by its name.
func (t token) attr(name string) (attr, bool) {
	for _, a := range t.attrs {
		if a.name == name {
			return a, true
		}
	}
	return attr{}, false
}

// scan calls found for every tag and every text between tags of src[all]. It
// passes over comments and their like, and stops at a tag that has no end, since
// all that follows would belong to it. It reads every byte once.
func scan(src string, all span, found func(token)) {
	text := all.start
	for i := all.start; i < all.end; {
		if src[i] != '<' {
			i++
			continue
		}
		end, t := tag(src, i, all.end)
		if end < 0 {
			i++
			continue
		}
		if text < i {
			found(token{span: span{text, i}})
		}
		if end > all.end {
			return
		}
		if t.name != "" {
			found(t)
		}
		i, text = end, end
	}
	if text < all.end {
		found(token{span: span{text, all.end}})
	}
}

// tag reads the tag, comment or declaration at src[i], a <. It returns its
// end; one behind the limit for one without end; -1 where nothing begins.
func tag(src string, i, limit int) (int, token) {
	rest := src[i:limit]
	for open, shut := range map[string]string{"<!--": "-->", "<?": "?>", "<![CDATA[": "]]>"} {
		if strings.HasPrefix(rest, open) {
			if n := strings.Index(rest[len(open):], shut); n >= 0 {
				return i + len(open) + n + len(shut), token{}
			}
			return limit + 1, token{}
		}
	}
	t := token{closing: strings.HasPrefix(rest, "</")}
	at := i + 1
	if t.closing {
		at++
	}
	if at >= limit || !letter(src[at]) {
		return -1, token{}
	}
	start := at
	for at < limit && !blank(src[at]) && src[at] != '>' && src[at] != '/' {
		at++
	}
	t.name = strings.ToLower(src[start:at])
	for at < limit && src[at] != '>' {
		at = t.attribute(src, at, limit)
	}
	if at >= limit {
		return limit + 1, token{}
	}
	t.span = span{i, at + 1}
	return at + 1, t
}

// attribute reads what stands at src[at] in a tag and returns where it ends.
func (t *token) attribute(src string, at, limit int) int {
	if blank(src[at]) || src[at] == '/' {
		return at + 1
	}
	start := at
	for at++; at < limit && !blank(src[at]) && strings.IndexByte("=>/", src[at]) < 0; {
		at++
	}
	a := attr{name: strings.ToLower(src[start:at])}
	sign := skipBlanks(src, at, limit)
	if sign >= limit || src[sign] != '=' {
		t.attrs = append(t.attrs, a)
		return at
	}
	at = skipBlanks(src, sign+1, limit)
	if at >= limit {
		return limit
	}
	if q := src[at]; q == '"' || q == '\'' {
		n := strings.IndexByte(src[at+1:limit], q)
		if n < 0 {
			return limit
		}
		a.quote, a.value = q, span{at + 1, at + 1 + n}
		t.attrs = append(t.attrs, a)
		return at + n + 2
	}
	a.value.start = at
	for at < limit && !blank(src[at]) && src[at] != '>' {
		at++
	}
	a.value.end = at
	t.attrs = append(t.attrs, a)
	return at
}

func skipBlanks(src string, at, limit int) int {
	for at < limit && blank(src[at]) {
		at++
	}
	return at
}

func blank(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' }

func letter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }
