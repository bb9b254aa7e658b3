package frontmatter

import (
	"errors"
	"fmt"
)

// What can be wrong with a value or with a block of front matter. They are wrapped by [ValueError] when writing and
// by [DecodeError] when reading.
var (
	// ErrType: a value of a Go type that is none of those named at [Value].
	ErrType = errors.New("no front matter has a value of this type")
	// ErrDuplicateKey: a mapping has the same key twice, so a reader would lose one of the two values.
	ErrDuplicateKey = errors.New("the key stands twice in one mapping")
	// ErrTooDeep: more than [MaxDepth] lists and mappings inside each other.
	ErrTooDeep = fmt.Errorf("more than %d levels of lists and mappings", MaxDepth)
	// ErrSyntax: the text is not YAML, or not UTF-8.
	ErrSyntax = errors.New("not valid YAML")
	// ErrNotMapping: the front matter is a list or a single value, not a mapping of fields.
	ErrNotMapping = errors.New("not a mapping of fields")
	// ErrKey: a key is a list or a mapping.
	ErrKey = errors.New("a key must be a single value")
	// ErrTag: an explicit tag such as !!int stands before a value that is none.
	ErrTag = errors.New("the value is not what its tag says")
	// ErrMerge: the merge key << has a value that is no mapping and no list of mappings.
	ErrMerge = errors.New("the merge key << needs a mapping")
	// ErrAliases: the aliases of the text stand for more than [MaxAliasCost].
	ErrAliases = errors.New("the aliases stand for too much text")
	// ErrDocuments: the text holds a second YAML document.
	ErrDocuments = errors.New("more than one YAML document")
)

// ValueError says which value could not be written. Path leads to it from the outermost mapping, for instance
// `relatedOfferings[2].label`.
type ValueError struct {
	Path string
	Err  error
}

func (e *ValueError) Error() string {
	return fmt.Sprintf("write front matter value %q: %v", e.Path, e.Err)
}

func (e *ValueError) Unwrap() error { return e.Err }

// DecodeError says where a block of front matter could not be read. Line and Column count from 1 within the block, so
// the line in the file is one more; 0 means unknown.
type DecodeError struct {
	Line, Column int
	Err          error
}

func (e *DecodeError) Error() string {
	switch {
	case e.Line == 0:
		return fmt.Sprintf("read front matter: %v", e.Err)
	case e.Column == 0:
		return fmt.Sprintf("read front matter: line %d: %v", e.Line, e.Err)
	}
	return fmt.Sprintf("read front matter: line %d, column %d: %v", e.Line, e.Column, e.Err)
}

func (e *DecodeError) Unwrap() error { return e.Err }

// Hint says how a person can mend the file.
func (e *DecodeError) Hint() string {
	switch {
	case errors.Is(e.Err, ErrDuplicateKey):
		return "remove one of the two fields"
	case errors.Is(e.Err, ErrNotMapping):
		return `write the fields between the two --- lines as "key: value"`
	case errors.Is(e.Err, ErrSyntax):
		return "put values that contain YAML characters in quotes and check the indentation"
	}
	return "simplify the front matter at that place"
}

// UnclosedError says that a file begins with a line `---` that no later line `---` or `...` answers.
type UnclosedError struct{}

func (*UnclosedError) Error() string {
	return "front matter opened by --- on line 1 is never closed"
}

// Hint says how a person can mend the file.
func (*UnclosedError) Hint() string {
	return "put a line --- after the last field, or remove the first line if the file has no front matter"
}
