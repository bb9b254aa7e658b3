package page

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"
)

// FuzzReadJSON: what encoding/json accepts comes out with the same meaning and unmended, and whatever comes out of any
// text can be written as JSON.
func FuzzReadJSON(f *testing.F) {
	for _, seed := range []string{`{"a":[1,-0,2.5e-3,"\u00e9\ud83d\ude00\n",true,null]}`, `[[[]]]`, `{"a":1,}`, `"x`, "{\"a\":\"\x01\"}", `{"a":1,"a":2}`, "// c\n1", `123456789012345678901234567890`, "<!--{}-->"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) {
			return
		}
		values, mended, err := readJSON(text)
		for _, v := range values {
			if _, err := json.Marshal(v); err != nil {
				t.Fatalf("cannot be written: %v", err)
			}
		}
		var want any
		if json.Unmarshal([]byte(text), &want) != nil || depthOf(text) > maxJSONDepth {
			return
		}
		if err != nil || mended || len(values) != 1 {
			t.Fatalf("sound JSON %q: got %v, mended %v, error %v", text, values, mended, err)
		}
		if got, want := normal(t, values[0]), normal(t, want); !bytes.Equal(got, want) {
			t.Errorf("%q: got %s, want %s", text, got, want)
		}
	})
}

func depthOf(text string) int { return strings.Count(text, "[") + strings.Count(text, "{") }

// normal writes a value with all numbers as float64, as encoding/json reads them.
func normal(t *testing.T, v any) []byte {
	t.Helper()
	once, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	var plain any
	if err := json.Unmarshal(once, &plain); err != nil {
		t.Fatal(err)
	}
	twice, err := json.Marshal(plain)
	if err != nil {
		t.Fatal(err)
	}
	return twice
}
