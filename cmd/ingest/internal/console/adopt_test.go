package console_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"ingest/cmd/ingest/internal/console"
	"ingest/pipeline"
	"ingest/pipeline/adopt"
)

func adopted() *adopt.Report {
	r := adopt.New(time.Time{}, "content/news")
	r.WorkPackages, r.Files, r.Adopted = 12, 40, true
	r.Known = []adopt.Document{{ID: 1, File: "a.md"}, {ID: 2, File: "b.md"}}
	r.Matched = []adopt.Match{{ID: 3, File: "c.md", Key: "link.href", IDWritten: true}, {ID: 4, File: "d\x1b[2J.md", Key: "url", Error: "no room"}}
	r.Ambiguous = []adopt.Ambiguity{{IDs: []int64{5, 6}, Files: []string{"e.md"}}, {IDs: []int64{7}, Files: []string{"f.md", "g.md"}}}
	for i := range 12 {
		r.Unknown = append(r.Unknown, adopt.Document{ID: int64(90 + i), File: fmt.Sprintf("u%d.md", i)})
	}
	r.SharedIDs = []adopt.SharedID{{ID: 8, Files: []string{"h.md", "i.md"}}}
	r.Duplicates = []adopt.Duplicate{{URL: "https://example.org/d", IDs: []int64{9, 10}}}
	r.Unreadable = []adopt.Problem{{Error: "read j.md: permission denied"}}
	r.Own = []string{"about.md"}
	run := &pipeline.Report{Counts: map[pipeline.Outcome]int{pipeline.Created: 1, pipeline.Updated: 2, pipeline.Unchanged: 3, pipeline.Failed: 1, pipeline.Skipped: 1, pipeline.Removed: 2},
		Items: []pipeline.ItemReport{{ID: 8, Outcome: pipeline.Failed, Error: "two files"}, {ID: 9, Outcome: pipeline.Skipped, Warnings: []pipeline.Warning{{Text: "no"}}}}}
	r.Preview = &adopt.Preview{Run: run, Assets: 1,
		Changes:   []adopt.Key{{Key: "title", Count: 2, Examples: []adopt.Example{{ID: 1, InFile: `"Old"`, FromTracker: `"New"`}, {ID: 2, FromTracker: "null"}}}},
		HandEdits: []adopt.Key{{Key: "(body)", Count: 1, Examples: []adopt.Example{{ID: 1}}}, {Key: "layOut", Count: 1, Examples: []adopt.Example{{ID: 1, InFile: `"wide"`}}}}}
	return r
}

func TestAdopt(t *testing.T) {
	var b bytes.Buffer
	if err := console.Adopt(&b, adopted(), false); err != nil {
		t.Fatal(err)
	}
	want := `content/news: 40 Markdown files, 12 work packages in the tracker's query
     2  with the id of a work package
     2  without an id, about the source URL of a work package without a document; the id was put into 1
        c.md: 3, by link.href
        d\x1b[2J.md: 4, by url; no room
     2  about source URLs, but it is unclear whose document
        e.md: 5 6
        f.md, g.md: 7
        hint: put the work package's id into the file that is its document
    12  with an id that the query does not find
        u0.md: 90
        u1.md: 91
        u2.md: 92
        u3.md: 93
        u4.md: 94
        u5.md: 95
        u6.md: 96
        u7.md: 97
        u8.md: 98
        u9.md: 99
        … and 2 more; -v lists all
        hint: they stay as they are; tracker.project, types and statuses say what the query finds
     1  id that stands in several files
        8: h.md, i.md; none of them is written
        hint: remove all but one of the files
     1  source URL that several work packages share
        https://example.org/d: 9 10
        hint: close all but one of them in the tracker, or correct its source URL
     1  that cannot be read and are never touched
        read j.md: permission denied
     1  of the site's own, never touched (-v lists them)

The first run would create 1, update 2 and leave 3 as they are.
It would write 1 asset.
It would remove 2 documents.
It would change these keys of documents that are there:
     2  title
        1: "Old" → "New"
        2: nothing → null
These keys keep what the file has, as edits made by hand:
     1  (body)
     1  layOut
        1: "wide" in the file, nothing from the tracker
hint: --take-tracker KEY lets the tracker decide on a key; try it here first, then in the run
     1  would fail
        8: two files
It would skip 1 work package; ingest --dry-run says why.

The tree is the base from now on: what differs in it is taken for an edit made by hand and stays.
`
	if b.String() != want {
		t.Errorf("got\n%s\nwant\n%s", b.String(), want)
	}
}

func TestAdoptOfAll(t *testing.T) {
	var b bytes.Buffer
	if err := console.Adopt(&b, adopted(), true); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"        u11.md: 101\n", "     1  of the site's own, never touched\n        about.md\n"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("%q is not in\n%s", want, b.String())
		}
	}
}

func TestAdoptThatWasStopped(t *testing.T) {
	for files, want := range map[int]string{0: "", 40: "content/news: 40 Markdown files"} {
		r := adopted()
		r.Error, r.Files, r.WorkPackages = "no", files, files
		var b bytes.Buffer
		if err := console.Adopt(&b, r, false); err != nil {
			t.Fatal(err)
		}
		if got := b.String(); (want == "") != (got == "") || !strings.HasPrefix(got, want) || strings.Contains(got, "first run") || strings.Contains(got, "the base") {
			t.Errorf("with %d files: got\n%s", files, got)
		}
	}
}
