package urlclean_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"ingest/enrich/urlclean"
)

// TestTableIsInOrder keeps the files readable: within a section rows stand in
// the order of their scopes, names in a row in alphabetical order, in lower
// case, and no name for every host is in a second row, of a site or not.
func TestTableIsInOrder(t *testing.T) {
	rows, err := urlclean.TableRows()
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) < 500 {
		t.Errorf("%d rows: the table is not whole", len(rows))
	}
	everywhere := make(map[string]string)
	for i, r := range rows {
		ordered := !strings.HasPrefix(r.Section, "open") && !strings.HasPrefix(r.Section, "sign")
		file, _, _ := strings.Cut(r.Where, ":")
		if i > 0 && ordered && rows[i-1].Section == r.Section && strings.HasPrefix(rows[i-1].Where, file) && rows[i-1].Scope > r.Scope {
			t.Errorf("%s: %q stands behind %q", r.Where, r.Scope, rows[i-1].Scope)
		}
		if !strings.HasPrefix(r.Section, "drop") {
			continue
		}
		bare := func(name string) string { return strings.TrimLeft(name, "#*") }
		if !slices.IsSortedFunc(r.Items, func(a, b string) int { return strings.Compare(bare(a), bare(b)) }) {
			t.Errorf("%s: names out of order", r.Where)
		}
		for _, name := range r.Items {
			if name != strings.ToLower(name) {
				t.Errorf("%s: %s is not in lower case", r.Where, name)
			}
			if at := everywhere[name]; at != "" {
				t.Errorf("%s: %s is in %s already", r.Where, name, at)
			}
			if r.Scope == "*" {
				everywhere[name] = r.Where
			}
		}
	}
}

// TestTableErrors shows that a mistake in a file is named with its line.
func TestTableErrors(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"row before a section", "* | a | b", "test.txt:1: a row before the first section"},
		{"section unknown", "[remove]", "test.txt:1: no such section: [remove]"},
		{"class unknown", "\n[drop spam]", "test.txt:2: no such section: [drop spam]"},
		{"columns missing", "[drop mail]\n* | a", "test.txt:2: 2 columns, want 3"},
		{"columns too many", "[leave]\nexample.com | a | b", "test.txt:2: 3 columns, want 2"},
		{"no reason", "[drop mail]\n* | a |", "test.txt:2: no reason given"},
		{"no names", "[drop mail]\n* | | b", "test.txt:2: the middle column is empty"},
		{"no host", "[drop mail]\n/a | a | b", "test.txt:2: no host"},
		{"host with capital", "[drop mail]\nExample.com | a | b", `test.txt:2: "Example.com" is no host`},
		{"host without a dot", "[drop mail]\nexample | a | b", `test.txt:2: "example" is no host`},
		{"host with star inside", "[drop mail]\nexample*.com | a | b", `test.txt:2: "example*.com" is no host`},
		{"star and host", "[drop mail]\n* example.com | a | b", "test.txt:2: * stands for every host, others beside it are of no use"},
		{"test of nothing", "[drop mail]\nexample.com ~ | a | b", `test.txt:2: "~" tests nothing`},
		{"drop with path needs a host", "[drop mail]\n* /a | a | b", "test.txt:2: such a rule needs a host"},
		{"leave every address", "[leave]\n* | b", "test.txt:2: a row that leaves addresses on every host alone tests the path"},
		{"leave by prefix everywhere", "[leave]\n* /a | b", "test.txt:2: such a test of the path needs a host"},
		{"star in a name", "[drop mail]\n* | a*b | c", `test.txt:2: "a*b" is no parameter name`},
		{"star alone", "[drop mail]\n* | * | c", `test.txt:2: "*" is no parameter name`},
		{"name too long", "[drop mail]\n* | " + strings.Repeat("a", 65) + " | c", "is longer than 64 bytes"},
		{"test of a value unknown", "[drop mail]\n* | a~b | c", `test.txt:2: "a~b": no such test of a value`},
		{"class to keep unknown", "[keep]\n* | @spam | c", `test.txt:2: "spam" is no class`},
		{"three groups", "[sign]\n* | a + b + c | d", "test.txt:2: more than two groups of names"},
		{"place unknown", "[open]\nexample.com | url | c", `test.txt:2: "url" is no place for a target`},
		{"step unknown", "[open]\nexample.com | ?url rot13 | c", `test.txt:2: no such step: "rot13"`},
		{"segment unknown", "[open]\nexample.com /a/ | /first | c", `test.txt:2: "/first" is no place for a target`},
		{"name of a signature missing", "[sign]\n* | a,,b | c", "test.txt:2: a name is missing"},
		{"path to follow missing", "[open]\nexample.com | / | c", `test.txt:2: "/" needs one path to follow`},
		{"open everywhere", "[open]\n* | ?url | c", "test.txt:2: such a rule needs a host"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := urlclean.FromTable(c.text)
			var rule *urlclean.RuleError
			if !errors.As(err, &rule) || !strings.Contains(err.Error(), c.want) {
				t.Fatalf("got  %v\nwant %s", err, c.want)
			}
			if rule.Hint() == "" {
				t.Error("no hint")
			}
		})
	}
}

// TestTableForms holds for what a row may say although none says it now.
func TestTableForms(t *testing.T) {
	cleaner, err := urlclean.FromTable(`
[drop mail]
* | moon | our mailer
tides.example | wave | our site
[keep]
* ~embed | @global | an interface
* ~print | *oon | a sheet
`)
	if err != nil {
		t.Fatal(err)
	}
	check(t, cleaner, []address{
		{"every host's rows held back on every host", "https://tides.example/embed/?moon=1&wave=2", "https://tides.example/embed/?moon=1"},
		{"not on another path", "https://tides.example/embedded/?moon=1&wave=2", "https://tides.example/embedded/"},
		{"by the end of a name", "https://tides.example/print/?moon=1", same},
	})
}
