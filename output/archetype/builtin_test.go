package archetype_test

import (
	"errors"
	"strings"
	"testing"

	"ingest/output/archetype"
	"ingest/output/frontmatter"
)

// curated returns the built-in archetype.
func curated(t testing.TB) *archetype.Archetype {
	t.Helper()
	src, err := archetype.Builtin("curated-content")
	if err != nil {
		t.Fatal(err)
	}
	a, err := archetype.Parse("curated-content.yaml", src)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// written renders an Env and writes the front matter.
func written(t testing.TB, a *archetype.Archetype, e archetype.Env) string {
	t.Helper()
	m, err := a.Render(e)
	if err != nil {
		t.Fatal(err)
	}
	b, err := frontmatter.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestSeedByteForByte(t *testing.T) {
	want, _ := seedParts(t)
	got := written(t, curated(t), seedEnv(t))
	if got != want {
		t.Errorf("front matter differs from the seed at line %d\ngot:\n%s\nwant:\n%s", firstDifference(got, want), got, want)
	}
}

// firstDifference returns the number of the first line that differs.
func firstDifference(a, b string) int {
	as, bs := strings.Split(a, "\n"), strings.Split(b, "\n")
	for i := range as {
		if i >= len(bs) || as[i] != bs[i] {
			return i + 1
		}
	}
	return len(as) + 1
}

func TestBuiltinNamesWhatThereIs(t *testing.T) {
	_, err := archetype.Builtin("curated-contend")
	var unknown *archetype.UnknownError
	if !errors.As(err, &unknown) {
		t.Fatalf("got %v, want an UnknownError", err)
	}
	if !strings.Contains(err.Error(), "curated-content") || unknown.Hint() != `did you mean "curated-content"?` {
		t.Errorf("got %q with hint %q", err, unknown.Hint())
	}
}
