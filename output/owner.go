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
//
// In a mapping that begins in the first column a line "id: 3960" can be
// nothing but the key id, so for most files one look is enough; parsing all of
// a large tree would take minutes.
func owner(fm []byte) (int64, error) {
	flow := bytes.HasPrefix(bytes.TrimSpace(fm), []byte("{"))
	unsure := flow
	for line := range bytes.Lines(fm) {
		key, value, found := strings.Cut(string(line), ":")
		if !found {
			continue
		}
		if id, ok := plainID(value); ok && key == idKey && !flow {
			return id, nil
		}
		unsure = unsure || strings.Trim(key, `"'? `) == idKey
	}
	if !unsure {
		return 0, nil
	}
	m, err := frontmatter.Decode(fm)
	if err != nil {
		return 0, err
	}
	return ownerOf(m), nil
}

// ownerOf is owner for front matter that is read already.
func ownerOf(m frontmatter.Map) int64 {
	v, _ := m.Get(idKey)
	id, _ := v.(int64)
	return max(id, 0)
}

// plainID reads what follows "id:" on its line, when it is a plain number.
func plainID(value string) (int64, bool) {
	if !strings.HasPrefix(value, " ") {
		return 0, false
	}
	value, _, _ = strings.Cut(value, " #")
	value = strings.TrimSpace(value)
	id, err := strconv.ParseInt(value, 10, 64)
	return id, err == nil && id > 0 && value[0] >= '1' && value[0] <= '9'
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
