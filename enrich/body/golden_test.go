package body_test

import (
	"flag"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ingest/enrich/body"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestHostile escapes a text full of tags for each template language. The
// golden files are what output/sites builds real sites with.
func TestHostile(t *testing.T) {
	in, err := os.ReadFile("testdata/hostile.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, tags := range []body.Tags{body.HugoTags, body.LiquidTags, body.EleventyTags} {
		got, _ := body.Rewrite(string(in), body.Options{Tags: tags})
		file := "testdata/hostile." + string(tags) + ".golden.md"
		if *update {
			if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", file, diff)
		}
	}
}
