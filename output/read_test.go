package output_test

import (
	"errors"
	"os"
	"testing"

	"ingest/output"
)

func TestReadShowsTheFileAsItIsNow(t *testing.T) {
	s := newSite(t)
	file := s.put(t, "a.md", "---\r\nid: 7\r\ntitle: T\r\n---\r\nText.\r\n")
	tree := s.open(t)
	m, body, found, err := tree.Read(7)
	if title, _ := m.Get("title"); title != "T" || body != "Text." || !found || err != nil {
		t.Errorf("got %v, %q, %v, %v", m, body, found, err)
	}
	if _, _, found, err := (output.DryRun{Tree: tree}).Read(8); found || err != nil {
		t.Errorf("without a document: found %v, error %v", found, err)
	}
	for text, isWrong := range map[string]func(error) bool{
		"---\nid: 8\n---\n":  func(err error) bool { _, ok := errors.AsType[*output.ForeignError](err); return ok },
		"---\nid: [7\n---\n": func(err error) bool { _, ok := errors.AsType[*output.UnparsableError](err); return ok },
		"---\nid: 7\nt: {\n": func(err error) bool { _, ok := errors.AsType[*output.UnparsableError](err); return ok },
	} {
		s.put(t, "a.md", text)
		if _, _, found, err := tree.Read(7); found || !isWrong(err) {
			t.Errorf("%q: found %v, error %v", text, found, err)
		}
	}
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	if _, _, found, err := tree.Read(7); found || err != nil {
		t.Errorf("a file that is gone: found %v, error %v", found, err)
	}
}
