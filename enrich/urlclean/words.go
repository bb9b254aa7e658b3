package urlclean

import (
	"fmt"
	"slices"
	"strings"
)

// The words of a configuration file, in the order of the constants.

func affiliateWords() []string { return []string{"drop", "keep"} }

func policyWords() []string { return []string{"leave", "strip", "closed"} }

// String is the word of a configuration file: "drop" or "keep".
func (a Affiliate) String() string { return wordOf(affiliateWords(), int(a)) }

// MarshalText writes what UnmarshalText reads.
func (a Affiliate) MarshalText() ([]byte, error) { return []byte(a.String()), nil }

// UnmarshalText reads "drop" or "keep". The error is a *WordError.
func (a *Affiliate) UnmarshalText(text []byte) error {
	i, err := indexOf("treatment of affiliate marks", affiliateWords(), text)
	*a = Affiliate(i)
	return err
}

// String is the word of a configuration file: "leave", "strip" or "closed".
func (p Policy) String() string { return wordOf(policyWords(), int(p)) }

// MarshalText writes what UnmarshalText reads.
func (p Policy) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// UnmarshalText reads "leave", "strip" or "closed". The error is a *WordError.
func (p *Policy) UnmarshalText(text []byte) error {
	i, err := indexOf("policy of a site", policyWords(), text)
	*p = Policy(i)
	return err
}

// WordError is a word of the configuration that stands for nothing.
type WordError struct {
	What  string   // "policy of a site"
	Word  string   // as written
	Known []string // what may stand there
}

func (e *WordError) Error() string { return fmt.Sprintf("no such %s: %q", e.What, e.Word) }

// Hint lists the words that may stand there.
func (e *WordError) Hint() string { return "write one of " + strings.Join(e.Known, ", ") }

func wordOf(words []string, i int) string {
	if i < len(words) {
		return words[i]
	}
	return fmt.Sprintf("unknown (%d)", i)
}

func indexOf(what string, words []string, text []byte) (int, error) {
	i := slices.Index(words, string(text))
	if i < 0 {
		return 0, &WordError{What: what, Word: string(text), Known: words}
	}
	return i, nil
}
