package frontmatter_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"io"
	"math"
	"os"
	"strconv"
	"testing"

	"ingest/output/frontmatter"
)

var pairsFile = flag.String("jsyaml-pairs", "", "compare with this file of documents and js-yaml's dumps of them, made by output/testdata/jsyaml")

// TestGoldenPairs compares 300 random documents with what js-yaml made of them.
func TestGoldenPairs(t *testing.T) {
	if n := comparePairs(t, "testdata/pairs.jsonl"); n != 300 {
		t.Errorf("compared %d pairs, want 300", n)
	}
}

// TestJSYAML compares the documents of a file that output/testdata/jsyaml/compare.sh has just generated.
func TestJSYAML(t *testing.T) {
	if *pairsFile == "" {
		t.Skip("needs -jsyaml-pairs FILE, see output/testdata/jsyaml/README.md")
	}
	t.Logf("%d documents equal", comparePairs(t, *pairsFile))
}

// comparePairs checks for every document of a file that our bytes are js-yaml's and read back equal.
func comparePairs(t *testing.T, name string) int {
	t.Helper()
	file, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	decoder := json.NewDecoder(bufio.NewReader(file))
	for n := 0; ; n++ {
		var pair struct {
			document any
			dump     string
		}
		switch err := decoder.Decode(&[]any{&pair.document, &pair.dump}); {
		case errors.Is(err, io.EOF):
			return n
		case err != nil:
			t.Fatalf("%s, line %d: %v", name, n+1, err)
		}
		comparePair(t, n+1, fromJSON(t, pair.document).(frontmatter.Map), pair.dump)
	}
}

func comparePair(t *testing.T, line int, document frontmatter.Map, dump string) {
	t.Helper()
	got, err := frontmatter.Marshal(document)
	if err != nil {
		t.Fatalf("line %d: %v", line, err)
	}
	if string(got) != dump {
		t.Fatalf("line %d: our bytes differ from js-yaml's\n%s", line, firstDifference(got, []byte(dump)))
	}
	checkReadsBack(t, document, got)
}

// fromJSON undoes the encoding of generate.mjs. Of the whole numbers the even ones become int64, so that both types are
// tried.
func fromJSON(t *testing.T, v any) any {
	t.Helper()
	switch v := v.(type) {
	case []any:
		list := frontmatter.List{}
		for _, item := range v {
			list = append(list, fromJSON(t, item))
		}
		return list
	case map[string]any:
		if number, ok := v["n"].(string); ok {
			return jsNumber(t, number)
		}
		m := frontmatter.Map{}
		for _, entry := range v["m"].([]any) {
			pair := entry.([]any)
			m = append(m, frontmatter.Entry{Key: pair[0].(string), Value: fromJSON(t, pair[1])})
		}
		return m
	}
	return v
}

func jsNumber(t *testing.T, text string) any {
	t.Helper()
	f, err := strconv.ParseFloat(text, 64)
	if err != nil {
		t.Fatal(err)
	}
	const safe = 1 << 53
	if math.Mod(f, 2) == 0 && math.Abs(f) <= safe && text != "-0" {
		return int64(f)
	}
	return f
}

// firstDifference shows the lines around the first byte that differs.
func firstDifference(got, want []byte) string {
	i := 0
	for i < len(got) && i < len(want) && got[i] == want[i] {
		i++
	}
	from := max(bytes.LastIndexByte(got[:i], '\n')-80, 0)
	excerpt := func(b []byte) string { return strconv.Quote(string(b[from:min(i+120, len(b))])) }
	return "got  " + excerpt(got) + "\nwant " + excerpt(want)
}
