package archetype

import (
	"fmt"
	"reflect"
	"time"

	"github.com/expr-lang/expr"
)

// functions returns the functions archetypes may call beside the engine's
// own. Each has its Go signatures, so a wrong argument is found when the
// archetype is loaded.
func functions() []expr.Option {
	return []expr.Option{
		expr.Function("slug", slugArgs, new(func(string) string)),
		expr.Function("truncate", truncateArgs, new(func(string, int) string)),
		expr.Function("after", afterArgs, new(func(string, string) string)),
		expr.Function("default", defaultArgs, new(func(any, any) any)),
		expr.Function("string", stringArgs, new(func(any) string)),
		expr.Function("date", dateArgs,
			new(func(*time.Time, string, ...string) any), new(func(time.Time, string, ...string) any)),
	}
}

// functionNames are the names of functions, for suggestions.
func functionNames() []string {
	return []string{"slug", "truncate", "after", "default", "string", "date"}
}

// builtins are the engine's own functions that stay switched on: those whose
// result depends on their arguments alone, whose order is certain and whose
// size is bounded by what they are given.
func builtins() []string {
	return []string{
		"abs", "all", "any", "ceil", "concat", "count", "filter", "find", "findIndex",
		"findLast", "findLastIndex", "first", "flatten", "float", "floor", "get", "groupBy",
		"hasPrefix", "hasSuffix", "indexOf", "int", "join", "last", "lastIndexOf", "len",
		"lower", "map", "max", "min", "none", "one", "replace", "reverse", "round", "sort",
		"sortBy", "split", "sum", "take", "trim", "trimPrefix", "trimSuffix", "type", "uniq",
		"upper",
	}
}

// switchedOff says why a function of the engine that people know is missing.
func switchedOff() map[string]string {
	const random = "is switched off because the order of a map is not certain"
	const memory = "is switched off because its result could fill the memory"
	return map[string]string{
		"now":      "is switched off because what is written must not depend on the clock",
		"keys":     random,
		"values":   random,
		"toPairs":  random,
		"repeat":   memory,
		"reduce":   memory,
		"timezone": "is switched off: give date() the zone's name as its third argument",
	}
}

func slugArgs(args ...any) (any, error) {
	s, err := text("slug", args[0])
	return Slug(s), err
}

func truncateArgs(args ...any) (any, error) {
	s, err := text("truncate", args[0])
	if err != nil {
		return nil, err
	}
	n, ok := args[1].(int)
	if !ok || n < 0 {
		return nil, misuse("truncate() needs a length of 0 or more, got %s", show(args[1]))
	}
	return Truncate(s, n), nil
}

func afterArgs(args ...any) (any, error) {
	s, err := text("after", args[0])
	if err != nil {
		return nil, err
	}
	sep, err := text("after", args[1])
	if err != nil {
		return nil, err
	}
	return after(s, sep), nil
}

func defaultArgs(args ...any) (any, error) {
	if empty(args[0]) {
		return args[1], nil
	}
	return args[0], nil
}

// stringArgs replaces the engine's string(), which would show the memory
// addresses of objects.
func stringArgs(args ...any) (any, error) {
	switch reflect.ValueOf(args[0]).Kind() {
	case reflect.String, reflect.Bool, reflect.Float32, reflect.Float64,
		reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64,
		reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return fmt.Sprint(args[0]), nil
	}
	return nil, misuse("string() needs a text, a number or a bool, got %s", show(args[0]))
}

// text returns an argument that must be a text.
func text(function string, arg any) (string, error) {
	s, ok := arg.(string)
	if !ok {
		return "", misuse("%s() needs a text, got %s", function, show(arg))
	}
	return s, nil
}

// misuseError is a complaint of our own functions, told from the engine's,
// whose words are put into ours.
type misuseError struct{ text string }

func (e *misuseError) Error() string { return e.text }

func misuse(format string, args ...any) error {
	return &misuseError{fmt.Sprintf(format, args...)}
}
