package output

import (
	"bytes"
	"slices"
	"strings"

	"ingest/output/frontmatter"
)

// compose puts a new document's text together. It ends with a line feed.
func compose(fm frontmatter.Map, body string) ([]byte, error) {
	matter, err := frontmatter.Marshal(fm)
	if err != nil {
		return nil, err
	}
	text := frontmatter.Join(matter, []byte(body))
	if text[len(text)-1] != '\n' {
		text = append(text, '\n')
	}
	return text, nil
}

const lineEnds = "\r\n"

// sameText tells whether two texts differ in nothing but the line ends at their
// very ends.
func sameText(a, b []byte) bool {
	return bytes.Equal(bytes.TrimRight(a, lineEnds), bytes.TrimRight(b, lineEnds))
}

// plainBody is a body as far as it is compared: with line feeds for line ends,
// none at its end, and as UTF-8.
func plainBody(body string) string {
	body = strings.ReplaceAll(body, "\r\n", "\n")
	return strings.ToValidUTF8(strings.TrimRight(body, lineEnds), "\ufffd")
}

// withBody puts another body under front matter, with the line ends of the file:
// those its old body has throughout, or else, if they are CRLF, those of its
// front matter. What stands at the very end stays.
func withBody(f frontmatter.File, body string) frontmatter.File {
	if newline := lineEnd(f); newline != "" {
		body = strings.ReplaceAll(strings.ReplaceAll(body, "\r\n", "\n"), "\n", newline)
	}
	old := f.Bytes()
	end := old[len(bytes.TrimRight(old, lineEnds)):]
	body = strings.TrimRight(body, lineEnds)
	switch {
	case body == "" && len(end) == 0, body != "" && !bytes.HasSuffix(f.Close, []byte("\n")): // the closing fence is a line
		f.Close = slices.Concat(bytes.TrimRight(f.Close, lineEnds), []byte(f.Newline()))
	case body == "": // the line ends at the end are those of the fence
		f.Close = bytes.TrimRight(f.Close, lineEnds)
	}
	f.Body = append([]byte(body), end...)
	return f
}

// lineEnd is the line end of a file whose body is written anew; "" leaves the
// body's own.
func lineEnd(f frontmatter.File) string {
	lines := bytes.Count(f.Body, []byte("\n"))
	crlf := bytes.Count(f.Body, []byte("\r\n"))
	switch {
	case lines > 0 && crlf == lines:
		return "\r\n"
	case lines > 0 && crlf == 0:
		return "\n"
	case f.Newline() == "\r\n":
		return "\r\n"
	}
	return ""
}
