package pipeline

import "errors"

// HintOf is what an error, or one that it wraps, advises whoever has to mend it;
// "" where none of them says anything.
func HintOf(err error) string {
	if e, ok := errors.AsType[interface {
		error
		Hint() string
	}](err); ok {
		return e.Hint()
	}
	return ""
}
