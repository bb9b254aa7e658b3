package output

import (
	"bytes"
	"slices"

	"ingest/output/frontmatter"
)

// compose puts a document's text together. A new file ends with a line feed.
// A file that was there (old) keeps the line ends at its very end, so that a
// difference in those alone is no change.
func compose(fm frontmatter.Map, body string, old []byte) ([]byte, error) {
	matter, err := frontmatter.Marshal(fm)
	if err != nil {
		return nil, err
	}
	text := frontmatter.Join(matter, []byte(body))
	if old == nil {
		if text[len(text)-1] != '\n' {
			text = append(text, '\n')
		}
		return text, nil
	}
	core, oldCore := bytes.TrimRight(text, lineEnds), bytes.TrimRight(old, lineEnds)
	if bytes.Equal(core, oldCore) {
		return old, nil
	}
	end := old[len(oldCore):]
	if len(end) == 0 && len(core) < len(text)-len(body) { // the closing fence is a line
		end = []byte("\n")
	}
	return slices.Concat(core, end), nil
}

const lineEnds = "\r\n"
