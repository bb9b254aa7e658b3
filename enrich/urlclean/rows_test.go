package urlclean_test

import (
	"flag"
	"math/bits"
	"os"
	"slices"
	"strings"
	"testing"

	"ingest/enrich/urlclean"
)

var update = flag.Bool("update", false, "rewrite golden files")

const golden = "testdata/rows.golden"

// TestRows cleans an address for every row, every name and every host of the
// table. The golden file holds them, so that a row that is lost, or a name of
// it, is missed; a row that is new has to be put there with -update.
func TestRows(t *testing.T) {
	cleaner := newCleaner(t, urlclean.Options{})
	examples := examples(t)
	if *update {
		writeGolden(t, examples)
	}
	want := readGolden(t)
	for input, output := range want {
		if got := cleaner.Clean(input); got.Output != output {
			t.Errorf("%s\n got  %s\n want %s", input, got.Output, output)
		}
	}
	for _, e := range examples {
		if _, ok := want[e.Input]; !ok {
			t.Errorf("%s: no golden line for %s: run go test -update and look at what it adds", e.Row, e.Input)
		}
	}
	if len(examples) != len(want) {
		t.Errorf("%d examples made from the table, %d golden lines", len(examples), len(want))
	}
}

// TestExceptionsAreNeeded shows that each keep and leave row changes what
// becomes of an address: where the configuration lifts them, something goes.
func TestExceptionsAreNeeded(t *testing.T) {
	var hosts []string
	for _, e := range examples(t) {
		hosts = append(hosts, strings.Split(e.Input, "/")[2])
	}
	slices.Sort(hosts)
	hosts = slices.Compact(hosts)
	lifted := newCleaner(t, urlclean.Options{Sites: []urlclean.Site{{Hosts: hosts, Policy: urlclean.Strip}}})
	for _, e := range examples(t) {
		if !e.Exception {
			continue
		}
		if got := lifted.Clean(e.Input); !got.Changed() {
			t.Errorf("%s: nothing to hold back in %s", e.Row, e.Input)
		}
	}
}

// TestRowsAreNeeded takes rows away and shows that their examples then fail: a
// row that another one covers would not be missed. Half of the drop rows go at
// a time, or half of all others, once for each value of each bit of the row's
// number, so that any two are parted some time.
func TestRowsAreNeeded(t *testing.T) {
	examples := examples(t)
	last := examples[len(examples)-1].Number
	for half := range 4 * bits.Len(uint(last)) {
		bit, value, drops := half/4, half/2%2, half%2 == 0
		gone := func(number int, d bool) bool { return d == drops && number>>bit&1 == value }
		cleaner, err := urlclean.Partial(func(number int, d bool) bool { return !gone(number, d) })
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range examples {
			if gone(e.Number, e.Drops) && cleaner.Clean(e.Input).Output == e.Output {
				t.Errorf("%s: %s comes out the same without the row", e.Row, e.Input)
			}
		}
	}
}

// TestRemovalsSayWhy looks at the report of every removal and every redirect.
func TestRemovalsSayWhy(t *testing.T) {
	cleaner := newCleaner(t, urlclean.Options{})
	for _, e := range examples(t) {
		got := cleaner.Clean(e.Input)
		for _, r := range got.Removed {
			if r.Name == "" || r.Rule == "" || r.Why == "" || !strings.Contains(e.Input, r.Name) {
				t.Errorf("%s: removal %+v", e.Input, r)
			}
		}
		for _, u := range got.Unwrapped {
			if u.From != e.Input || u.To == "" || u.Rule == "" || u.Why == "" {
				t.Errorf("%s: unwrapped %+v", e.Input, u)
			}
		}
	}
}

func newCleaner(t testing.TB, o urlclean.Options) *urlclean.Cleaner {
	t.Helper()
	cleaner, err := urlclean.New(o)
	if err != nil {
		t.Fatal(err)
	}
	return cleaner
}

func examples(t *testing.T) []urlclean.Sample {
	t.Helper()
	all, err := urlclean.Samples()
	if err != nil {
		t.Fatal(err)
	}
	seen := make(map[string]bool)
	var unique []urlclean.Sample
	for _, e := range all {
		if !seen[e.Input] {
			unique = append(unique, e)
		}
		seen[e.Input] = true
	}
	return unique
}

func writeGolden(t *testing.T, examples []urlclean.Sample) {
	t.Helper()
	var b strings.Builder
	b.WriteString("# Made from table " + urlclean.Version + " by go test -update: what goes in, what comes out (= for the same).\n")
	row := ""
	for _, e := range examples {
		if e.Row != row {
			row = e.Row
			b.WriteString("\n# " + row + "\n")
		}
		if e.Output == e.Input {
			e.Output = "="
		}
		b.WriteString(e.Input + "\t" + e.Output + "\n")
	}
	if err := os.WriteFile(golden, []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}

func readGolden(t *testing.T) map[string]string {
	t.Helper()
	text, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	want := make(map[string]string)
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSuffix(line, "\n")
		in, out, ok := strings.Cut(line, "\t")
		if !ok {
			continue
		}
		if out == "=" {
			out = in
		}
		want[in] = out
	}
	return want
}
