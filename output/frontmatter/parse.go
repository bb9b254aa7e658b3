package frontmatter

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"go.yaml.in/yaml/v4"
	"go.yaml.in/yaml/v4/plugin/loaderlimits"
)

// parse returns the one node of a YAML text, or nil if there is none. The library panics where its own parts disagree;
// no text is known that makes it do so, and none shall stop a run.
func parse(fm []byte) (root *yaml.Node, err error) {
	defer func() {
		if cause := recover(); cause != nil {
			root, err = nil, &DecodeError{Err: fmt.Errorf("%w: the parser gave up: %v", ErrSyntax, cause)}
		}
	}()
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
	if load.Message == ErrTooDeep.Error() { // the library keeps no more of checkDepth's error
		return &DecodeError{Line: line, Column: column, Err: ErrTooDeep}
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
	moved := make([]byte, 0, len(fm)+bytes.Count(fm, []byte("\n"))+1)
	for line := range bytes.Lines(fm) {
		moved = append(append(moved, ' '), line...)
	}
	return moved
}
