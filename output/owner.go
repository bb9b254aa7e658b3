package output

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"path"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"ingest/output/frontmatter"
)

// defaultIDKey is the key of front matter that says whose document a file is.
const defaultIDKey = "id"

// maxHead bounds the bytes that are read of a file to find its front matter.
const maxHead = 1 << 20

// head reads a file as far as its front matter goes. It returns nil for a file
// that has none.
func head(r io.Reader) ([]byte, error) {
	buf := make([]byte, 0, 8<<10)
	for {
		n, err := io.ReadFull(r, buf[len(buf):cap(buf)])
		buf = buf[:len(buf)+n]
		whole := errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
		if err != nil && !whole {
			return nil, err
		}
		file, err := frontmatter.Split(buf)
		switch {
		case whole:
			return file.FrontMatter, err
		case err == nil && !file.Found():
			return nil, nil
		case err == nil && bytes.HasSuffix(file.Close, []byte("\n")):
			return file.FrontMatter, nil
		case len(buf) >= maxHead:
			return nil, fmt.Errorf("the front matter is longer than %d bytes", maxHead)
		}
		buf = append(make([]byte, 0, 4*cap(buf)), buf...)
	}
}

// owner returns the work package that front matter belongs to; 0 for none. The
// error is about front matter that had to be parsed to tell and could not be.
func owner(fm []byte, idKey string) (int64, error) {
	id, sure := glance(fm, strings.Split(idKey, "."))
	if sure {
		return id, nil
	}
	m, err := frontmatter.Decode(fm)
	if err != nil {
		return 0, err
	}
	return ownerOf(m, idKey), nil
}

// ownerOf is owner for front matter that is read already.
func ownerOf(m frontmatter.Map, idKey string) int64 {
	v, _ := lookup(m, idKey)
	id, ok := frontmatter.Whole(v)
	if !ok {
		return 0
	}
	return max(id, 0)
}

// plainID reads what follows the key on its line; 0 when it is no plain number,
// in quotes or not. A number in another style is left to the parser.
func plainID(value string) int64 {
	digits, _, _ := strings.Cut(value, " #")
	digits = unquoted(strings.TrimSpace(digits))
	id, err := strconv.ParseInt(digits, 10, 64)
	if err != nil || id <= 0 || value[0] != ' ' || digits[0] < '1' || digits[0] > '9' {
		return 0
	}
	return id
}

// unquoted takes a pair of quotes from around a text.
func unquoted(s string) string {
	if last := len(s) - 1; last > 0 && (s[0] == '"' || s[0] == '\'') && s[last] == s[0] {
		return s[1:last]
	}
	return s
}

// nameOf returns the name of an existing document: the stem of its file when
// that is a UUID, else the stem of mdName in the front matter, else the stem,
// which for an index.md is that of its folder.
func nameOf(file string, fm []byte) string {
	if isUUID(stemOf(file)) {
		return stemOf(file)
	}
	return nameIn(file, pick(fm, "mdName"))
}

// nameIn is nameOf for front matter that is read already.
func nameIn(file string, m frontmatter.Map) string {
	if stem := stemOf(file); isUUID(stem) {
		return stem
	}
	v, _ := m.Get("mdName")
	if mdName, ok := v.(string); ok && checkName(mdName) == nil {
		if name := strings.TrimSuffix(mdName, path.Ext(mdName)); name != "" {
			return name
		}
	}
	return stemOf(file)
}

// stemOf is the name of a file without its extension, that of its folder for an
// index.md.
func stemOf(file string) string {
	stem := strings.TrimSuffix(path.Base(file), path.Ext(file))
	if isIndex(stem) {
		return path.Base(path.Dir(file))
	}
	return stem
}

// isIndex tells the page that stands for its folder.
func isIndex(stem string) bool { return stem == "index" || stem == "_index" }

// isUUID tells whether s is a UUID in its usual form.
func isUUID(s string) bool { return len(s) == 36 && uuid.Validate(s) == nil }

// isMadeUUID tells whether s can be a name that was made of a source URL: a
// UUIDv5. Other programs name their files by random ones.
func isMadeUUID(s string) bool { return isUUID(s) && s[len("xxxxxxxx-xxxx-")] == '5' }
