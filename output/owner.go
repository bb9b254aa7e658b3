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

// idKey is the key of front matter that says whose document a file is.
const idKey = "id"

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
func owner(fm []byte) (int64, error) {
	id, sure := glance(fm)
	if sure {
		return id, nil
	}
	m, err := frontmatter.Decode(fm)
	if err != nil {
		return 0, err
	}
	return ownerOf(m), nil
}

// glance finds the id without parsing, which for a large tree would take
// minutes. In a block mapping a line "id: 3960" that begins in the first
// column, and is not continued in the next, can be nothing but the key id, and
// most keys are plain words; everything else is left to the parser.
func glance(fm []byte) (id int64, sure bool) {
	sure = !bytes.HasPrefix(bytes.TrimSpace(fm), []byte("{"))
	for line := range bytes.Lines(fm) {
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		if id != 0 {
			return id, sure && line[0] != ' ' && line[0] != '\t'
		}
		key, value, _ := strings.Cut(string(line), ":")
		if key == idKey {
			id = plainID(value)
		}
		hidden := strings.Trim(key, "\"' \t") == idKey || bytes.ContainsAny(line[:1], "?!&*<:")
		if id == 0 && hidden {
			sure = false
		}
	}
	return id, sure
}

// ownerOf is owner for front matter that is read already.
func ownerOf(m frontmatter.Map) int64 {
	v, _ := m.Get(idKey)
	id, _ := v.(int64)
	return max(id, 0)
}

// plainID reads what follows "id:" on its line; 0 when it is no plain number.
func plainID(value string) int64 {
	digits, _, _ := strings.Cut(value, " #")
	digits = strings.TrimSpace(digits)
	id, err := strconv.ParseInt(digits, 10, 64)
	if err != nil || id <= 0 || value[0] != ' ' || digits[0] < '1' || digits[0] > '9' {
		return 0
	}
	return id
}

// nameOf returns the name of an existing document: the stem of its file when
// that is a UUID, else the stem of mdName in the front matter, else the stem,
// which for an index.md is that of its folder.
func nameOf(file string, fm []byte) string {
	stem := strings.TrimSuffix(path.Base(file), path.Ext(file))
	if isUUID(stem) {
		return stem
	}
	if m, err := frontmatter.Decode(fm); err == nil {
		v, _ := m.Get("mdName")
		if mdName, ok := v.(string); ok && checkName(mdName) == nil {
			if name := strings.TrimSuffix(mdName, path.Ext(mdName)); name != "" {
				return name
			}
		}
	}
	if stem == "index" || stem == "_index" {
		return path.Base(path.Dir(file))
	}
	return stem
}

// isUUID tells whether s is a UUID in its usual form.
func isUUID(s string) bool { return len(s) == 36 && uuid.Validate(s) == nil }
