package wall_test

import (
	"net/http"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"ingest/enrich/wall"
)

// Each row of the table has a line of testdata/rows.txt that meets it, and
// each of those lines has its row.
func TestEveryRow(t *testing.T) {
	b, err := os.ReadFile("testdata/rows.txt")
	if err != nil {
		t.Fatal(err)
	}
	short := strings.NewReplacer("bot |", "bot wall |", "soft |", "soft error |")
	tested := map[string]bool{}
	name := ""
	for line := range strings.Lines(string(b)) {
		sample, isSample := strings.CutPrefix(strings.TrimSuffix(line, "\n"), "\t")
		if !isSample {
			name = short.Replace(strings.TrimSuffix(line, "\n"))
			continue
		}
		tested[name] = true
		if !wall.Evidence(answerOf(t, sample))[name] {
			t.Errorf("%s is not met by %s", name, sample)
		}
	}
	rows := wall.Rows()
	for _, row := range rows {
		if !tested[row] {
			t.Errorf("%s has no line in testdata/rows.txt", row)
		}
	}
	slices.Sort(rows)
	if twice := len(rows) - len(slices.Compact(slices.Clone(rows))); twice > 0 || len(tested) != len(rows) {
		t.Errorf("%d rows, %d of them twice, %d tested", len(rows), twice, len(tested))
	}
}

// answerOf makes an answer of "what value".
func answerOf(t *testing.T, sample string) wall.Answer {
	t.Helper()
	what, value, _ := strings.Cut(sample, " ")
	value = strings.TrimSpace(value)
	a := wall.Answer{Asked: "https://short.example/x", URL: "https://harbour.example/a", Header: http.Header{}, Status: 403}
	switch what {
	case "title":
		a.HTML = []byte("<title>" + value + "</title>")
	case "html":
		a.HTML = []byte(value)
	case "header":
		name, value, _ := strings.Cut(value, ": ")
		a.Header.Set(name, value)
	case "status":
		a.Status, _ = strconv.Atoi(value) // a test file; the first run shows a mistake
	case "url":
		a.URL = value
	default:
		t.Fatalf("unknown sample %q", sample)
	}
	return a
}
