package output

import (
	"context"
	"fmt"
	"strings"

	"ingest/output/frontmatter"
)

// IDError is a page that no id can be put into. It is left as it is.
type IDError struct {
	File string
	ID   int64
	// Key is the path of the id in front matter.
	Key    string
	Reason string
}

func (e *IDError) Error() string {
	return fmt.Sprintf("%s: %s: %d cannot be put into the front matter: %s", e.File, e.Key, e.ID, e.Reason)
}

// Hint says how to mend it.
func (e *IDError) Hint() string {
	return fmt.Sprintf("put %s: %d into it by hand, if it is the work package's document", strings.ReplaceAll(e.Key, ".", ": "), e.ID)
}

// WriteID makes a page the document of a work package: it puts the id into its
// front matter. Every other byte stays, and the file is replaced whole or not at
// all. A page that has the id already is not written; one that has another gives
// a *ForeignError, one whose front matter has no room for it an *IDError, one that
// is gone a *FileError.
func (s *Survey) WriteID(ctx context.Context, p Page, id int64) error {
	plan, err := s.planID(p, id)
	if err != nil || plan.document.same {
		return err
	}
	return plan.put(ctx)
}

// PlanID tells what WriteID would do, as a DryRun does.
func (s *Survey) PlanID(p Page, id int64) (Change, error) {
	plan, err := s.planID(p, id)
	if err != nil {
		return Change{}, err
	}
	c := plan.document.change()
	c.Old, c.New = plan.old, plan.text
	return c, nil
}

func (s *Survey) planID(page Page, id int64) (*plan, error) {
	p, err := s.read(page)
	if err != nil {
		return nil, err
	}
	parts, matter, err := p.parse()
	if err != nil {
		return nil, err
	}
	switch ownerOf(matter, s.idKey) {
	case id:
		p.text, p.document.same = p.old, true
		return p, nil
	case 0:
	default:
		return nil, &ForeignError{File: s.File(page), ID: id, Key: s.idKey}
	}
	path := strings.Split(s.idKey, ".")
	fail := func(reason string) error { return &IDError{File: s.File(page), ID: id, Key: s.idKey, Reason: reason} }
	if v, taken := inTheWay(matter, path); taken {
		return nil, fail("there is " + brief(v) + " already")
	}
	spliced, err := parts.Insert(path, id)
	if err != nil {
		return nil, fail(err.Error())
	}
	if spliced.Whole != nil {
		return nil, fail(spliced.Whole.Reason)
	}
	p.text = spliced.Bytes()
	p.document.newLen = int64(len(p.text))
	return p, nil
}

// inTheWay finds what stands where an id is to be put.
func inTheWay(m frontmatter.Map, path []string) (any, bool) {
	v, there := m.Get(path[0])
	if !there || isGap(v) {
		return nil, false
	}
	if inner, ok := v.(frontmatter.Map); ok && len(path) > 1 {
		return inTheWay(inner, path[1:])
	}
	return v, true
}
