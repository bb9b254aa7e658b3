package page

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

func isDomainLike(v string) bool {
	i := strings.LastIndexByte(v, '.')
	return i > 0 && !strings.Contains(v, " ") && len(v)-i >= 3 && len(v)-i <= 5
}

func hasRole(piece string) bool { return lex().roles.has(piece) }

func isAgency(piece string) bool { return lex().agencies[strings.ToLower(piece)] }

// persons keeps the names of a byline that look like people.
func (s *signals) persons(b byline) []string {
	if b.kind == organization {
		return nil
	}
	var kept []string
	for _, n := range b.names {
		if s.personLike(n) || b.kind == person && !s.isOutlet(n) {
			kept = append(kept, n)
		}
	}
	if b.kind == person && len(kept) > 0 && len(b.names) > 1 {
		return b.names // stated one by one as persons, the desk among them
	}
	return kept
}

// isOutlet tells the names of organisations and role accounts.
func (s *signals) isOutlet(name string) bool {
	if s.isSiteName(name) || isAgency(name) || hasRole(name) || isDomainLike(name) {
		return true
	}
	return lex().outlets.has(name)
}

// personLike tells names of people from organisations, role accounts and log-in names.
func (s *signals) personLike(name string) bool {
	if s.isOutlet(name) {
		return false
	}
	fields := strings.Fields(name)
	first, _ := utf8.DecodeRuneInString(name)
	if first > 0x2e80 {
		return utf8.RuneCountInString(name) <= 12
	}
	if len(fields) < 2 || len(fields) > 6 || hasDigit(name) {
		return false
	}
	capital := 0
	for _, f := range fields {
		r, _ := utf8.DecodeRuneInString(f)
		if unicode.IsUpper(r) || !unicode.IsLower(r) {
			capital++
		}
	}
	return capital*2 >= len(fields)
}
