package console_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"ingest/cmd/ingest/internal/console"
	"ingest/output"
	"ingest/pipeline"
)

func report() *pipeline.Report {
	r := &pipeline.Report{}
	r.Items = []pipeline.ItemReport{
		{ID: 1, Subject: "Quiet", Outcome: pipeline.Unchanged},
		{ID: 2, Subject: "New\x1b[31m red \u202etxt", Outcome: pipeline.Created, Files: []pipeline.File{{Path: "a"}, {Path: "b"}}},
		{ID: 3, Subject: strings.Repeat("long ", 30), Outcome: pipeline.Failed, Error: "two\nlines", Hint: "mend it"},
		{ID: 4, Subject: "Not wanted", Outcome: pipeline.Skipped, Warnings: []pipeline.Warning{{Text: "no source URL", Hint: "give one"}}},
		{ID: 5, Subject: "Warned", Outcome: pipeline.Unchanged, Warnings: []pipeline.Warning{{Step: "follow", Text: "page not read"}}},
	}
	r.Counts = map[pipeline.Outcome]int{pipeline.Created: 1, pipeline.Unchanged: 2, pipeline.Failed: 1, pipeline.Skipped: 1}
	r.Duration = pipeline.Duration(1500 * time.Millisecond)
	r.Warnings = []pipeline.Warning{{Step: "tree", Text: "an odd file", Hint: "look"}}
	return r
}

func TestTable(t *testing.T) {
	var b bytes.Buffer
	if err := console.Table(&b, report(), false); err != nil {
		t.Fatal(err)
	}
	want := `ID  OUTCOME    FILES  SUBJECT
2   created    2      New\x1b[31m red \u202etxt
3   failed     0      long long long long long long long long long long long long…
4   skipped    0      Not wanted
5   unchanged  0      Warned

3 failed: two lines
  hint: mend it
4 skipped: no source URL
  hint: give one
5 warning: page not read
warning: an odd file
  hint: look
1 created, 2 unchanged, 1 skipped, 1 failed in 1.5s
`
	if b.String() != want {
		t.Errorf("got\n%s\nwant\n%s", b.String(), want)
	}
}

func TestTableOfAll(t *testing.T) {
	var b bytes.Buffer
	if err := console.Table(&b, report(), true); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(b.String(), "\n1   unchanged  0      Quiet\n") {
		t.Errorf("item 1 is not listed:\n%s", b.String())
	}
}

// TestHandEdits: what a hand has written is named where the item is listed anyway,
// and else counted.
func TestHandEdits(t *testing.T) {
	r := report()
	for _, i := range []int{0, 1, 4} {
		r.Items[i].HandEdits = []string{"title", "(body)", "a\x1bb"}
	}
	for all, want := range map[bool]string{
		false: "2 keeps by hand: title, (body), a\\x1bb\n5 keeps by hand: title, (body), a\\x1bb\n",
		true:  "1 keeps by hand: title, (body), a\\x1bb\n2 keeps by hand: title, (body), a\\x1bb\n5 keeps by hand: title, (body), a\\x1bb\n",
	} {
		var b bytes.Buffer
		if err := console.Table(&b, r, all); err != nil {
			t.Fatal(err)
		}
		var got string
		for line := range strings.Lines(b.String()) {
			if strings.Contains(line, "by hand: ") {
				got += line
			}
		}
		if got != want || !strings.HasSuffix(b.String(), " in 1.5s; 3 with edits made by hand\n") {
			t.Errorf("all %v: got\n%s\nwant\n%s", all, b.String(), want)
		}
	}
}

func TestSummary(t *testing.T) {
	tests := map[string]struct {
		change func(*pipeline.Report)
		want   string
	}{
		"dry run":     {func(r *pipeline.Report) { r.DryRun = true }, "dry run, nothing written: 1 created, 2 unchanged, 1 skipped, 1 failed in 1.5s\n"},
		"interrupted": {func(r *pipeline.Report) { r.Interrupted = true }, "1 created, 2 unchanged, 1 skipped, 1 failed in 1.5s; interrupted, the rest was not looked at\n"},
		"stopped":     {func(r *pipeline.Report) { r.Error = "no" }, "stopped by an error: 1 created, 2 unchanged, 1 skipped, 1 failed in 1.5s\n"},
		"nothing":     {func(r *pipeline.Report) { r.Counts = nil }, "no work packages in 1.5s\n"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			r := report()
			tt.change(r)
			var b bytes.Buffer
			if err := console.Table(&b, r, false); err != nil {
				t.Fatal(err)
			}
			if !strings.HasSuffix(b.String(), "\n"+tt.want) {
				t.Errorf("got\n%s\nwant at its end %q", b.String(), tt.want)
			}
		})
	}
}

func TestDiff(t *testing.T) {
	var b bytes.Buffer
	err := console.Diff(&b, []output.Change{
		{Root: output.Assets, Asset: true, File: "static/x.png", Kind: output.Created, NewSize: 12},
		{Root: output.Content, Asset: true, File: "static/y.png", Kind: output.Updated, NewSize: 13},
		{Root: output.Content, File: "content/x.md", Kind: output.Created, New: []byte("a\n")},
		{Root: output.Content, File: "content/y.md", Kind: output.Updated, Old: []byte("a\nb\n"), New: []byte("a\nc\n")},
		{Root: output.Content, File: "content/z.md", Kind: output.Removed, Old: []byte("a\n")},
		{Root: output.Assets, Asset: true, File: "static/z.png", Kind: output.Removed, OldSize: 14},
	}, false)
	if err != nil {
		t.Fatal(err)
	}
	want := `new asset static/x.png (12 bytes)
changed asset static/y.png (13 bytes)
--- /dev/null
+++ b/content/x.md
@@ -0,0 +1 @@
+a
--- a/content/y.md
+++ b/content/y.md
@@ -1,2 +1,2 @@
 a
-b
+c
--- a/content/z.md
+++ /dev/null
@@ -1 +0,0 @@
-a
removed asset static/z.png (14 bytes)
`
	if b.String() != want {
		t.Errorf("got\n%s\nwant\n%s", b.String(), want)
	}
}

// What a title holds must not move the cursor of whoever looks at a dry run; a
// file or pipe gets the bytes as they are, for patch.
func TestDiffOnATerminal(t *testing.T) {
	changes := []output.Change{{Root: output.Content, File: "content/x.md", Kind: output.Created, New: []byte("a\x1b[2J\tb\r\n")}}
	for screen, want := range map[bool]string{true: "+a\\x1b[2J\tb\r\n", false: "+a\x1b[2J\tb\r\n"} {
		var b bytes.Buffer
		if err := console.Diff(&b, changes, screen); err != nil {
			t.Fatal(err)
		}
		if !strings.HasSuffix(b.String(), want) {
			t.Errorf("screen %v: got %q, want at its end %q", screen, b.String(), want)
		}
	}
}

func TestProgressShowsAndGoes(t *testing.T) {
	var b bytes.Buffer
	p := console.NewProgress(&b, 2)
	for _, outcome := range []pipeline.Outcome{pipeline.Failed, pipeline.Created} {
		if err := p.Step(pipeline.ItemReport{Outcome: outcome}); err != nil {
			t.Fatal(err)
		}
	}
	if err := p.Finish(); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(b.String(), "1 failed") {
		t.Errorf("the line never told of the failure: %q", b.String())
	}
	var silent console.Progress
	if err := silent.Step(pipeline.ItemReport{}); err != nil || silent.Finish() != nil {
		t.Errorf("the zero Progress: %v", err)
	}
}

func TestCard(t *testing.T) {
	var b bytes.Buffer
	rows := []console.Row{
		{Label: "Title", Text: "Short\x1b[31m", Source: "h1"},
		{Label: "Description", Text: strings.TrimSpace(strings.Repeat("twelve chars ", 10)), Source: "og:description"},
		{Label: "Image", Text: "https://example.org/" + strings.Repeat("a", 120)},
	}
	if err := console.Card(&b, rows); err != nil {
		t.Fatal(err)
	}
	want := `Title        Short\x1b[31m [h1]
Description  twelve chars twelve chars twelve chars twelve chars twelve chars twelve chars twelve
             chars twelve chars twelve chars twelve chars [og:description]
Image        https://example.org/` + strings.Repeat("a", 120) + "\n"
	if b.String() != want {
		t.Errorf("got\n%s\nwant\n%s", b.String(), want)
	}
}
