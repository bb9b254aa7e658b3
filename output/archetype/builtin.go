package archetype

import (
	_ "embed"
	"fmt"
	"maps"
	"slices"
	"strings"
)

//go:embed curated-content.yaml
var curatedContent string

// Builtin returns the source of an archetype that comes with the program. Its
// file, for Parse, is called name + ".yaml". The error lists the names.
func Builtin(name string) ([]byte, error) {
	all := map[string]string{"curated-content": curatedContent}
	src, ok := all[name]
	if !ok {
		return nil, &UnknownError{Name: name, Known: slices.Sorted(maps.Keys(all))}
	}
	return []byte(src), nil
}

// UnknownError is returned by Builtin for a name it does not have.
type UnknownError struct {
	Name string
	// Known are the names there are, sorted.
	Known []string
}

func (e *UnknownError) Error() string {
	return fmt.Sprintf("no built-in archetype is called %q, there is %s", e.Name, strings.Join(e.Known, ", "))
}

// Hint says how to mend it.
func (e *UnknownError) Hint() string {
	if hint := didYouMean(e.Name, e.Known); hint != "" {
		return hint
	}
	return "an archetype of your own is named by its file: a path that ends in .yaml or .yml"
}
