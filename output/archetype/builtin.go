package archetype

import (
	"embed"
	"fmt"
	"slices"
	"strings"
)

//go:embed *.yaml
var sources embed.FS

// Builtins names the archetypes that come with the program, in alphabetical
// order.
func Builtins() []string {
	entries, err := sources.ReadDir(".")
	if err != nil {
		panic(err) // the compiler has put it in
	}
	var names []string
	for _, e := range entries {
		names = append(names, strings.TrimSuffix(e.Name(), ".yaml"))
	}
	slices.Sort(names)
	return names
}

// Builtin returns the source of an archetype that comes with the program. Its
// file, for Parse, is called name + ".yaml". The error lists the names.
func Builtin(name string) ([]byte, error) {
	if !slices.Contains(Builtins(), name) {
		return nil, &UnknownError{Name: name, Known: Builtins()}
	}
	return sources.ReadFile(name + ".yaml")
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
