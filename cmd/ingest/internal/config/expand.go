package config

import (
	"errors"
	"fmt"
	"strings"
)

// expand replaces ${NAME} and ${NAME:-default} in a value. The default stands
// in for a variable that is not set or is empty, as in a shell. "$${" is a
// literal "${". A name that is not set and has no default is a mistake, because
// an address or key that silently became empty is found out at night.
func expand(value string, getenv func(string) (string, bool)) (string, error) {
	var b strings.Builder
	for {
		i := strings.Index(value, "${")
		if i < 0 {
			b.WriteString(value)
			return b.String(), nil
		}
		if i > 0 && value[i-1] == '$' {
			b.WriteString(value[:i-1] + "${")
			value = value[i+2:]
			continue
		}
		b.WriteString(value[:i])
		expression, rest, closed := strings.Cut(value[i+2:], "}")
		if !closed {
			return "", fmt.Errorf("%q is not closed by }", value[i:])
		}
		replacement, err := lookUp(expression, getenv)
		if err != nil {
			return "", err
		}
		b.WriteString(replacement)
		value = rest
	}
}

// lookUp resolves what stands between the braces.
func lookUp(expression string, getenv func(string) (string, bool)) (string, error) {
	name, fallback, hasFallback := strings.Cut(expression, ":-")
	if !validName(name) {
		return "", fmt.Errorf("${%s} does not name an environment variable", expression)
	}
	value, set := getenv(name)
	switch {
	case value != "":
		return value, nil
	case hasFallback:
		return fallback, nil
	case !set:
		return "", fmt.Errorf("environment variable %s %w", name, errNotSet)
	}
	return "", nil
}

var errNotSet = errors.New("is not set")

// validName follows POSIX: letters, digits and underscore, no digit first.
func validName(name string) bool {
	for i, r := range name {
		letter := r == '_' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z'
		if !letter && (i == 0 || r < '0' || r > '9') {
			return false
		}
	}
	return name != ""
}
