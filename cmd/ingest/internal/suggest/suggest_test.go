package suggest_test

import (
	"testing"

	"ingest/cmd/ingest/internal/suggest"
)

func TestDidYouMean(t *testing.T) {
	known := []string{"Source URL", "Clean URL", "Medigy Topics", "Via"}
	tests := map[string]struct{ name, want string }{
		"one letter missing":     {"Sorce URL", `did you mean "Source URL"?`},
		"case only":              {"source url", `did you mean "Source URL"?`},
		"separator only":         {"source_url", `did you mean "Source URL"?`},
		"nothing near":           {"Telephone", "known: Source URL, Clean URL, Medigy Topics, Via"},
		"short name stays exact": {"Abc", "known: Source URL, Clean URL, Medigy Topics, Via"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if got := suggest.DidYouMean(tt.name, known); got != tt.want {
				t.Errorf("DidYouMean(%q) = %q, want %q", tt.name, got, tt.want)
			}
		})
	}
	if got := suggest.DidYouMean("x", nil); got != "" {
		t.Errorf("DidYouMean without candidates = %q, want nothing", got)
	}
}
