package access

import (
	"crypto/sha256"
	"crypto/subtle"
	"fmt"
	"net/http"
	"strings"
)

// minToken is the shortest token in bytes: 128 bits as hexadecimal digits are 32,
// and 20 letters and digits at random still more than 100 bits.
const minToken = 20

type tokens []tokenEntry

type tokenEntry struct {
	digest    [sha256.Size]byte
	principal Principal
}

func newTokens(list []Token, wrong *mistakes) tokens {
	seen := map[[sha256.Size]byte]bool{}
	out := make(tokens, 0, len(list))
	for i, t := range list {
		key := fmt.Sprintf("tokens[%d]", i)
		digest := sha256.Sum256([]byte(t.Token.Reveal()))
		scopes, err := parseScopes(t.Scopes)
		switch {
		case CheckName(t.Name) != nil:
			wrong.addName(key, t.Name)
		case len(t.Token) < minToken || strings.ContainsFunc(t.Token.Reveal(), func(c rune) bool { return c <= ' ' || c > '~' }):
			wrong.add(key+".token", fmt.Sprintf("a token has at least %d characters, all of them ASCII, no spaces", minToken), "make one with: openssl rand -hex 32")
		case seen[digest]:
			wrong.add(key+".token", "two tokens are the same", "give each program its own")
		case err != nil:
			wrong.add(key+".scopes", err.Error(), "scopes are read and run; run includes read")
		}
		seen[digest] = true
		out = append(out, tokenEntry{digest, Principal{Name: t.Name, Kind: Bearer, Scopes: scopes}})
	}
	return out
}

// find compares with every token, so that the time tells nothing.
func (ts tokens) find(token string) (Principal, bool) {
	digest := sha256.Sum256([]byte(token))
	found := -1
	for i := range ts {
		found = subtle.ConstantTimeSelect(subtle.ConstantTimeCompare(digest[:], ts[i].digest[:]), i, found)
	}
	if found < 0 {
		return Principal{}, false
	}
	return ts[found].principal, true
}

// bearer returns the token of the Authorization header, and whether the request
// claims to have one. A second header makes the claim void: the token is then
// empty, which nobody has.
func bearer(r *http.Request) (token string, claimed bool) {
	values := r.Header.Values("Authorization")
	for _, value := range values {
		scheme, rest, _ := strings.Cut(value, " ")
		if strings.EqualFold(scheme, "Bearer") {
			token, claimed = strings.TrimSpace(rest), true
		}
	}
	if len(values) > 1 {
		token = ""
	}
	return token, claimed
}
