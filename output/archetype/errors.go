package archetype

import (
	"fmt"
	"strings"
)

// Error is one mistake in an archetype. Parse joins all it finds.
type Error struct {
	// File is the name Parse was given.
	File string
	// Line and Column count from 1, columns in characters. For an expression
	// they point into it where that is exact, else at the value's beginning.
	Line, Column int
	// Text says what is wrong.
	Text string

	hint string
}

func (e *Error) Error() string {
	return fmt.Sprintf("%s:%d:%d: %s", e.File, e.Line, e.Column, e.Text)
}

// Hint says how to mend it, or "".
func (e *Error) Hint() string { return e.hint }

// RenderError is an expression that failed for one document.
type RenderError struct {
	// File and Line say where the expression stands.
	File string
	Line int
	// Key is the path of the value: featuredImage.alt, tags[1].
	Key string
	// Expression is its source.
	Expression string
	// Err is what the expression met.
	Err error
}

func (e *RenderError) Error() string {
	return fmt.Sprintf("%s:%d: %s: %s: %v", e.File, e.Line, e.Key, e.Expression, e.Err)
}

func (e *RenderError) Unwrap() error { return e.Err }

// Hint says how to mend it, or "".
func (e *RenderError) Hint() string {
	switch text := e.Err.Error(); {
	case strings.HasPrefix(text, "index out of range"):
		return "first(list) and last(list) are null where a list is empty"
	case strings.HasSuffix(text, "null"):
		return "?. passes a null on, ?? and default(x, y) put another value in its place"
	}
	return ""
}
