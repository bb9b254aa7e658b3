package access

import (
	"context"
	"fmt"
	"slices"
)

// Scope is what somebody may do.
type Scope string

const (
	// Read lets see everything.
	Read Scope = "read"
	// Run lets start work, and includes Read.
	Run Scope = "run"
)

// parseScopes reads the scopes of a token. None at all is a mistake: it would
// let nothing pass.
func parseScopes(names []string) ([]Scope, error) {
	scopes := make([]Scope, 0, len(names))
	for _, name := range names {
		scope := Scope(name)
		if scope != Read && scope != Run {
			return nil, fmt.Errorf("there is no scope %q", name)
		}
		scopes = append(scopes, scope)
	}
	if len(scopes) == 0 {
		return nil, fmt.Errorf("it has no scope")
	}
	return scopes, nil
}

// Kind is how somebody proved who they are.
type Kind string

const (
	// Session is an editor who signed in.
	Session Kind = "session"
	// Bearer is a program with a token.
	Bearer Kind = "token"
	// Local is anybody, where nothing guards.
	Local Kind = "local"
)

// Principal is who asks.
type Principal struct {
	// Name is the editor's name or email address, the token's name, or "local".
	// A provider chose part of these: escape it like any text from outside.
	Name   string
	Kind   Kind
	Scopes []Scope
}

// May says whether the principal has a scope, Run standing for Read as well.
func (p Principal) May(scope Scope) bool {
	return slices.Contains(p.Scopes, scope) || scope == Read && slices.Contains(p.Scopes, Run)
}

// everything is what editors, and everybody at an open guard, may do.
func everything() []Scope { return []Scope{Read, Run} }

type principalKey struct{}

// From returns who asks, and false when nobody proved anything.
func From(ctx context.Context) (Principal, bool) {
	p, ok := ctx.Value(principalKey{}).(Principal)
	return p, ok
}

// With returns a context in which p asks. Wrap does this; tests of handlers may.
func With(ctx context.Context, p Principal) context.Context {
	return context.WithValue(ctx, principalKey{}, p)
}
