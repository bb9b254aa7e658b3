package fetch

import (
	"bytes"
	"strings"

	"golang.org/x/net/html"
)

// declaredWindow is how much of a page is searched for its charset, in bytes.
// The standard asks authors to name it within 1,024; many do not.
const declaredWindow = 64 << 10

// declared is what a page says of itself that bears on its charset.
type declared struct {
	charset string // by its standard name; empty if not declared
	lang    string // of the html element, such as "ru" or "zh-TW"
}

// declaredIn searches the XML declaration and the head. Markup is ASCII in
// every charset that can be declared this way.
func declaredIn(body []byte) declared {
	body = body[:min(len(body), declaredWindow)]
	d := declared{charset: xmlCharset(body)}
	z := html.NewTokenizer(bytes.NewReader(body))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return d
		case html.StartTagToken, html.SelfClosingTagToken:
			switch name, _ := z.TagName(); string(name) {
			case "html":
				d.lang = attributes(z)["lang"]
			case "meta":
				if d.charset == "" {
					d.charset = metaCharset(attributes(z))
				}
			case "body":
				return d
			}
		}
	}
}

// metaCharset reads <meta charset> or its older form. A page that could be
// read thus far is not in UTF-16, nor in a charset of its own (HTML, 13.2.3.2).
func metaCharset(meta map[string]string) string {
	label, ok := meta["charset"]
	if !ok && strings.EqualFold(strings.Trim(meta["http-equiv"], blanks), "content-type") {
		label = labelIn(meta["content"], "charset")
	}
	return asciiBased(label)
}

func asciiBased(label string) string {
	switch name := standardName(label); name {
	case "utf-16be", "utf-16le":
		return utf8Name
	case "x-user-defined":
		return "windows-1252"
	default:
		return name
	}
}

// xmlCharset reads <?xml version="1.0" encoding="koi8-r"?>.
func xmlCharset(body []byte) string {
	if !bytes.HasPrefix(body, []byte("<?xml")) {
		return ""
	}
	decl, _, ok := bytes.Cut(body[:min(len(body), 1024)], []byte("?>"))
	if !ok {
		return ""
	}
	return asciiBased(labelIn(string(decl), "encoding"))
}

// labelIn gives the value of name=value, quoted or not, within s, in lower case.
func labelIn(s, name string) string {
	s = strings.ToLower(s)
	for {
		i := strings.Index(s, name)
		if i < 0 {
			return ""
		}
		s = s[i+len(name):]
		value, ok := strings.CutPrefix(strings.TrimLeft(s, blanks), "=")
		if !ok {
			continue
		}
		value = strings.TrimLeft(value, blanks)
		if value != "" && (value[0] == '"' || value[0] == '\'') {
			return unquote(value)
		}
		value, _, _ = strings.Cut(value, ";")
		return strings.Trim(value, blanks)
	}
}
