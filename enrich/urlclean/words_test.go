package urlclean_test

import (
	"encoding"
	"errors"
	"fmt"
	"testing"

	"ingest/enrich/urlclean"
)

func TestWordsOfTheConfiguration(t *testing.T) {
	for _, c := range []struct {
		word string
		into encoding.TextUnmarshaler
		want encoding.TextMarshaler
	}{
		{"drop", new(urlclean.Affiliate), urlclean.Drop},
		{"keep", new(urlclean.Affiliate), urlclean.Keep},
		{"leave", new(urlclean.Policy), urlclean.Leave},
		{"strip", new(urlclean.Policy), urlclean.Strip},
		{"closed", new(urlclean.Policy), urlclean.Closed},
	} {
		if err := c.into.UnmarshalText([]byte(c.word)); err != nil {
			t.Errorf("%s: %v", c.word, err)
		}
		if got, want := fmt.Sprint(c.into), fmt.Sprint(c.want); got != want {
			t.Errorf("%s: read as %s, want %s", c.word, got, want)
		}
		if text, err := c.want.MarshalText(); err != nil || string(text) != c.word {
			t.Errorf("%s: written as %q, %v", c.word, text, err)
		}
	}
}

func TestUnknownWordsOfTheConfiguration(t *testing.T) {
	for _, c := range []struct {
		name, word, want, hint string
		into                   encoding.TextUnmarshaler
	}{
		{"affiliate", "remove", `no such treatment of affiliate marks: "remove"`, "write one of drop, keep", new(urlclean.Affiliate)},
		{"empty", "", `no such policy of a site: ""`, "write one of leave, strip, closed", new(urlclean.Policy)},
		{"capitals", "Leave", `no such policy of a site: "Leave"`, "write one of leave, strip, closed", new(urlclean.Policy)},
	} {
		t.Run(c.name, func(t *testing.T) {
			err := c.into.UnmarshalText([]byte(c.word))
			var word *urlclean.WordError
			if !errors.As(err, &word) || err.Error() != c.want || word.Hint() != c.hint {
				t.Errorf("got  %v\nwant %s (%s)", err, c.want, c.hint)
			}
		})
	}
}
