package access

import (
	"encoding/json"
	"slices"
	"strings"
)

// claims are what a provider says of somebody. Providers differ in types, and a
// claim of another type counts as missing.
type claims struct {
	Subject  string   `json:"sub"`
	Email    string   `json:"email"`
	Verified yes      `json:"email_verified"`
	Groups   textList `json:"groups"`
}

// yes is true, or "true" as some providers write it.
type yes bool

func (y *yes) UnmarshalJSON(b []byte) error {
	*y = string(b) == `true` || string(b) == `"true"`
	return nil
}

// textList is a list of strings, or a single one.
type textList []string

func (s *textList) UnmarshalJSON(b []byte) error {
	var one string
	if json.Unmarshal(b, &one) == nil && one != "" {
		*s = textList{one}
		return nil
	}
	var many []string
	if json.Unmarshal(b, &many) == nil {
		*s = many
	}
	return nil
}

// admits says whether somebody is on one of the lists.
func (o OIDC) admits(c claims) bool {
	if slices.Contains(o.Users, c.Subject) {
		return true
	}
	for _, group := range c.Groups {
		if slices.Contains(o.Groups, group) {
			return true
		}
	}
	email := asciiLower(c.Email)
	_, domain, _ := strings.Cut(email, "@")
	if !bool(c.Verified) || domain == "" || strings.Contains(domain, "@") {
		return false
	}
	return slices.ContainsFunc(o.Allow, func(entry string) bool {
		entry = asciiLower(entry)
		return entry == email || entry == domain
	})
}

// name is what somebody is called in logs and on pages.
func (c claims) name() string {
	if bool(c.Verified) && c.Email != "" {
		return c.Email
	}
	return c.Subject
}

// asciiLower leaves letters outside ASCII alone: Unicode's rules make the Kelvin
// sign a k, and with it another mailbox ours.
func asciiLower(s string) string {
	return strings.Map(func(c rune) rune {
		if 'A' <= c && c <= 'Z' {
			return c + 'a' - 'A'
		}
		return c
	}, s)
}
