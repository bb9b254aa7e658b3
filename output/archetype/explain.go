package archetype

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
)

// The engine's messages that are put into the words of archetypes.
var (
	unknownName  = regexp.MustCompile(`^unknown name (\S+)$`)
	unknownField = regexp.MustCompile(`^type \*?archetype\.(\w+) has no (?:field|method) (\S+)$`)
	wrongType    = regexp.MustCompile(`^interface conversion: interface \{\} is (.+), not (.+)$`)
	goType       = regexp.MustCompile(`\*?archetype\.\w+|\*?time\.Time|map\[string\]interface \{\}|\[\]string|\[\]interface \{\}|interface \{\}|\bstring\b|<nil>|\bnil\b`)
	nullField    = regexp.MustCompile(`reflect: call of reflect\.Value\.\w+ on zero Value|^cannot (?:fetch|get) \S+ from `)
)

// mistake puts what the engine found at load time into words, with a hint.
func mistake(message string, s scope) (text, hint string) {
	if m := unknownName.FindStringSubmatch(message); m != nil {
		return message, nameHint(m[1], s)
	}
	if m := unknownField.FindStringSubmatch(message); m != nil {
		t, ok := objects()[m[1]]
		if !ok {
			return message, ""
		}
		names := fields(t)
		hint = didYouMean(m[2], names)
		if hint == "" {
			hint = "there are " + strings.Join(names, ", ")
		}
		return fmt.Sprintf("unknown field %s of %s", m[2], words("archetype."+m[1])), hint
	}
	return words(message), ""
}

func nameHint(name string, s scope) string {
	if name == element {
		return "it is the element inside a mapping with $each"
	}
	if reason, off := switchedOff()[name]; off {
		return name + "() " + reason
	}
	return didYouMean(name, s.names())
}

// failure puts what an expression met at run time into words.
func failure(err error) error {
	var own *misuseError
	if errors.As(err, &own) {
		return own
	}
	_, _, message := place(err)
	if m := wrongType.FindStringSubmatch(message); m != nil {
		return fmt.Errorf("needs a %s, got %s", words(m[2]), words(m[1]))
	}
	if nullField.MatchString(message) {
		return errors.New("a field is read from null")
	}
	return errors.New(words(message))
}

// words renames Go's types for people who write archetypes.
func words(message string) string {
	return goType.ReplaceAllStringFunc(strings.TrimSpace(message), func(t string) string {
		if name, ok := typeNames()[t]; ok {
			return name
		}
		_, name, _ := strings.Cut(t, ".")
		return strings.ToLower(strings.ReplaceAll(name, "WorkPackage", "work package"))
	})
}

func typeNames() map[string]string {
	return map[string]string{
		"string": "text", "nil": "null", "<nil>": "null", "interface {}": "any",
		"[]string": "list of texts", "[]interface {}": "list",
		"map[string]interface {}": "mapping", "time.Time": "time", "*time.Time": "time",
	}
}
