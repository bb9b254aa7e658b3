package frontmatter

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"go.yaml.in/yaml/v4"
	"go.yaml.in/yaml/v4/plugin/loaderlimits"
)

// parse returns the one node of a YAML text, or nil if there is none.
func parse(fm []byte) (root *yaml.Node, err error) {
	limits := loaderlimits.New(loaderlimits.DepthFunc(checkDepth), loaderlimits.AliasNone())
	loader, err := yaml.NewLoader(bytes.NewReader(keepDots(fm)), yaml.WithPlugin(limits))
	if err != nil {
		return nil, &DecodeError{Err: err}
	}
	var document, second yaml.Node
	switch err := loader.Load(&document); {
	case errors.Is(err, io.EOF):
		return nil, nil
	case err != nil:
		return nil, syntaxError(fm, err)
	}
	switch err := loader.Load(&second); {
	case err == nil:
		return nil, at(&second, ErrDocuments)
	case !errors.Is(err, io.EOF):
		return nil, syntaxError(fm, err)
	}
	return document.Content[0], nil
}

// checkDepth stops the library before it builds nodes without end. The reader counts again, with aliases followed.
func checkDepth(depth int, _ *yaml.DepthContext) error {
	if depth > MaxDepth {
		return ErrTooDeep
	}
	return nil
}

// syntaxError keeps the place and the message of the YAML library. Where it knows only the offset in bytes, the line is
// counted.
func syntaxError(fm []byte, err error) error {
	var load *yaml.LoadError
	if !errors.As(err, &load) {
		return &DecodeError{Err: fmt.Errorf("%w: %w", ErrSyntax, err)}
	}
	line, column := load.Mark.Line, load.Mark.Column
	if load.Stage == yaml.ReaderStage {
		line, column = 1+bytes.Count(fm[:min(load.Mark.Index, len(fm))], []byte("\n")), 0
	}
	message := load.Message
	if load.ContextMsg != "" {
		message = load.ContextMsg + ": " + message
	}
	return &DecodeError{Line: line, Column: column, Err: fmt.Errorf("%w: %s", ErrSyntax, message)}
}

// keepDots makes a key of the outermost mapping readable that begins with three dots and a blank. js-yaml, and so our
// writer, does not quote it, although YAML takes such a line for the end of the document. It does so only where the
// line begins: so the whole text is moved one column to the right.
func keepDots(fm []byte) []byte {
	const dots = "... "
	if !bytes.HasPrefix(fm, []byte(dots)) && !bytes.Contains(fm, []byte("\n"+dots)) {
		return fm
	}
	moved := make([]byte, 0, len(fm)+bytes.Count(fm, []byte("\n")))
	for line := range bytes.Lines(fm) {
		if line[0] != '\n' {
			moved = append(moved, ' ')
		}
		moved = append(moved, line...)
	}
	return moved
}
