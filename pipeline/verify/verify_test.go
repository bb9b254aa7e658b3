package verify_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ingest/output"
	"ingest/output/archetype"
	"ingest/pipeline/verify"
)

// TestSound: what the program writes is sound, with every archetype.
func TestSound(t *testing.T) {
	for _, name := range archetype.Builtins() {
		t.Run(name, func(t *testing.T) {
			s := newSite(t, name)
			got := s.prove(t)
			if !got.Sound || len(got.Findings)+len(got.Warnings)+len(got.Notes)+got.Omitted != 0 {
				t.Errorf("got %+v, want no findings, warnings or notes", got)
			}
			addresses := got.Counts.Addresses
			want := verify.Counts{Pages: 4, Documents: 3, Assets: 12, Addresses: addresses, Offerings: 3}
			if got.Counts != want || addresses < 3 {
				t.Errorf("got %+v, want %+v with 3 addresses at least", got.Counts, want)
			}
		})
	}
}

// TestDefects breaks a sound tree in one way each.
func TestDefects(t *testing.T) {
	one, two, three := nameOf(1)+".md", nameOf(2)+".md", nameOf(3)+".md"
	shown := nameOf(1) + "-attachment-7.png"
	tests := map[string]struct {
		breakIt func(*testing.T, *site)
		want    []string // "file kind: text", in order; {C} and {A} are the folders
	}{
		"front matter that does not parse": {func(t *testing.T, s *site) { s.edit(t, one, "title: Article 1", "title: [Article 1") },
			[]string{"{C}/" + one + " unparsable: read front matter: line …"}},
		"front matter of a page of the site's own that does not parse": {func(t *testing.T, s *site) { s.put(t, "about.md", "---\na: b: c\n---\n") },
			[]string{"{C}/about.md unparsable: read front matter: line …"}},
		"front matter that is never closed": {func(t *testing.T, s *site) { s.put(t, "open.md", "---\ntitle: x\n") },
			[]string{"{C}/open.md unparsable: front matter opened by --- on line 1 is never closed"}},
		"a value of another type": {func(t *testing.T, s *site) { s.edit(t, one, "mastHead: NEWS", "mastHead: 7") },
			[]string{"{C}/" + one + " shape: mastHead needs a text, this is a whole number"}},
		"an id that is gone": {func(t *testing.T, s *site) {
			for _, file := range []string{one, two, three} {
				s.edit(t, file, "\nid: ", "\nold: ")
			}
		}, []string{`{C} empty: none of its 4 pages has a work package's id under "id"`}},
		"two files with one id": {func(t *testing.T, s *site) {
			text, err := os.ReadFile(filepath.Join(s.content, one))
			if err != nil {
				t.Fatal(err)
			}
			s.put(t, "copy.md", string(text))
		}, []string{
			"{C}/" + one + " address: its address /news/example-article-1 is also the address of {C}/copy.md",
			"{C}/" + one + " alias: its alias /news/article-1 is also the alias of {C}/copy.md",
			"{C}/" + one + " shared-id: several files carry the id 1: {C}/" + one + ", {C}/copy.md; {C}/" + one + " is taken for the document",
		}},
		"an image that is gone": {func(t *testing.T, s *site) { s.remove(t, nameOf(1)+"-featuredImage.jpeg") },
			[]string{"{C}/" + one + " missing: names the asset " + nameOf(1) + "-featuredImage.jpeg, and there is no {A}/" + nameOf(1) + "-featuredImage.jpeg"}},
		"an image of the text that is gone": {func(t *testing.T, s *site) { s.remove(t, shown) },
			[]string{"{C}/" + one + " missing: names the asset " + shown + ", and there is no {A}/" + shown}},
		"an image written by hand that is not there": {func(t *testing.T, s *site) {
			s.edit(t, one, "href: "+nameOf(1)+"-featuredImage.jpeg", "href: hero.png")
		}, []string{"{C}/" + one + " missing: names the asset hero.png, and there is no {A}/hero.png"}},
		"a link into the folder of the assets": {func(t *testing.T, s *site) { s.edit(t, one, "![x](", "<img src=\"/files/hand%20made.svg\"> ![x](") },
			[]string{"{C}/" + one + " missing: names the asset hand made.svg, and there is no {A}/hand made.svg"}},
		"an asset of another document": {func(t *testing.T, s *site) { s.edit(t, one, "![x](", "[y](/elsewhere/"+nameOf(2)+"-gone.png) ![x](") },
			[]string{"{C}/" + one + " missing: names the asset " + nameOf(2) + "-gone.png, and there is no {A}/" + nameOf(2) + "-gone.png"}},
		"an empty image": {func(t *testing.T, s *site) { put(t, filepath.Join(s.assets, shown), "") },
			[]string{"{A}/" + shown + " broken: the file is empty"}},
		"an empty file of a kind not looked into": {func(t *testing.T, s *site) {
			put(t, filepath.Join(s.assets, "table.csv"), "")
			s.edit(t, one, "![x](", "[t](/files/table.csv) ![x](")
		}, []string{"{A}/table.csv broken: the file is empty"}},
		"an image cut short": {func(t *testing.T, s *site) { put(t, filepath.Join(s.assets, shown), string(pngFile()[:40])) },
			[]string{"{A}/" + shown + " broken: …"}},
		"a page in place of the image": {func(t *testing.T, s *site) { put(t, filepath.Join(s.assets, shown), "<!DOCTYPE html>") },
			[]string{"{A}/" + shown + " broken: its name says PNG, it is HTML"}},
		"another image than its name says": {func(t *testing.T, s *site) { put(t, filepath.Join(s.assets, shown), string(jpegFile())) },
			[]string{"{A}/" + shown + " broken: its name says PNG, it is JPEG"}},
		"garbage in place of the PDF": {func(t *testing.T, s *site) { put(t, filepath.Join(s.assets, nameOf(1)+"-featuredPdf.pdf"), "hello") },
			[]string{"{A}/" + nameOf(1) + "-featuredPdf.pdf broken: the file is of no supported format"}},
		"a PDF cut short": {func(t *testing.T, s *site) {
			put(t, filepath.Join(s.assets, nameOf(1)+"-featuredPdf.pdf"), string(pdfFile()[:60]))
		}, []string{"{A}/" + nameOf(1) + "-featuredPdf.pdf broken: …"}},
		"an icon without a picture": {func(t *testing.T, s *site) {
			put(t, filepath.Join(s.assets, nameOf(1)+"-favIconImage.ico"), "\x00\x00\x01\x00\x01\x00")
		}, []string{"{A}/" + nameOf(1) + "-favIconImage.ico broken: …"}},
		"an SVG that runs a script": {func(t *testing.T, s *site) {
			put(t, filepath.Join(s.assets, "drawing.svg"), `<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>`)
			s.edit(t, one, "![x](", "![d](/files/drawing.svg) ![x](")
		}, []string{"{A}/drawing.svg broken: …"}},
		"an asset that is a link": {func(t *testing.T, s *site) {
			s.remove(t, shown)
			s.link(t, filepath.Join(s.assets, shown), filepath.Join(s.assets, nameOf(2)+"-attachment-7.png"))
		}, []string{"{C}/" + one + " unreadable: the asset " + shown + ": read {A}/" + shown + ": not a plain file"}},
		"two documents with one address": {func(t *testing.T, s *site) { s.edit(t, two, "slug: example-article-2", "slug: Example-Article-1") },
			[]string{"{C}/" + min(one, two) + " address: its address /news/example-article-1 is also the address of …"}},
		"a page of the site's own with an address of ours": {func(t *testing.T, s *site) { s.put(t, "own.md", "---\nslug: example-article-3\n---\n") },
			[]string{"{C}/" + three + " address: its address /news/example-article-3 is also the address of {C}/own.md"}},
		"an alias that is the address of another": {func(t *testing.T, s *site) {
			s.edit(t, one, "aliases: /news/article-1", "aliases: [/old/, /news/example-article-3/]")
		}, []string{"{C}/" + min(one, three) + " alias: its …"}},
		"two documents with one alias": {func(t *testing.T, s *site) {
			s.edit(t, one, "aliases: /news/article-1", "aliases: /old")
			s.edit(t, two, "aliases: /news/article-2", "aliases: [/old/]")
		}, []string{"{C}/" + min(one, two) + " alias: its alias /old is also the alias of …"}},
		"an offering that the catalogue does not know": {func(t *testing.T, s *site) { s.edit(t, one, "/offering/Kwido/", "/offering/gone") },
			[]string{"{C}/" + one + " offering: the catalogue has no offering /offering/gone"}},
		"a document that is a link out of the tree": {func(t *testing.T, s *site) { s.link(t, filepath.Join(s.content, "out.md"), "/etc/hosts") },
			[]string{"{C}/out.md unreadable: read: not a plain file"}},
		"a folder named like a document": {func(t *testing.T, s *site) { s.put(t, "folder.md/x.txt", "x") }, nil},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			s := newSite(t, "curated-content")
			tt.breakIt(t, s)
			report := s.prove(t)
			if report.Sound != (len(tt.want) == 0) {
				t.Errorf("got sound %v", report.Sound)
			}
			if len(report.Warnings) > 0 {
				t.Errorf("got warnings %v, want none", report.Warnings)
			}
			s.compare(t, report.Findings, tt.want)
		})
	}
}

// compare holds findings to what is wanted; "…" at the end stands for any text.
func (s *site) compare(t *testing.T, found []verify.Finding, want []string) {
	t.Helper()
	var got, wanted []string
	for _, f := range found {
		if f.Hint == "" {
			t.Errorf("%v has no hint", f)
		}
		got = append(got, fmt.Sprintf("%s %s: %s", f.File, f.Kind, f.Text))
	}
	for i, w := range want {
		w = strings.NewReplacer("{C}", filepath.ToSlash(s.content), "{A}", filepath.ToSlash(s.assets)).Replace(w)
		if start, open := strings.CutSuffix(w, "…"); open && len(got) > i && strings.HasPrefix(got[i], start) && len(got[i]) > len(start) {
			w = got[i]
		}
		wanted = append(wanted, w)
	}
	if diff := cmp.Diff(wanted, got); diff != "" {
		t.Errorf("findings (-want +got):\n%s", diff)
	}
}

func (s *site) remove(t *testing.T, name string) {
	t.Helper()
	if err := os.Remove(filepath.Join(s.assets, name)); err != nil {
		t.Fatal(err)
	}
}

func (s *site) link(t *testing.T, file, target string) {
	t.Helper()
	if err := os.Symlink(target, file); err != nil {
		t.Skip("no links here:", err)
	}
}

// TestAddressesSetByHand: the generator's own key beats what the archetype makes
// an address of, on our documents and on the site's own pages.
func TestAddressesSetByHand(t *testing.T) {
	for _, tt := range []struct{ archetype, place, key, first string }{
		{"hugo", "article-1.md", "url", "{C}/article-1.md"},
		{"hugo-bundle", "article-1/index.md", "url", "{C}/article-1/index.md"},
		{"jekyll", "article-1.md", "permalink", "{C}/article-1.md"},
		{"eleventy", "article-1.md", "permalink", "{C}/article-1.md"},
	} {
		t.Run(tt.archetype, func(t *testing.T) {
			s := newSite(t, tt.archetype)
			s.put(t, "own.md", "---\n"+tt.key+": /news/article-1/\n---\n")
			s.compare(t, s.prove(t).Findings, []string{tt.first + " address: its address /news/article-1 is also the address of {C}/own.md"})
			if tt.key != "url" {
				return // the archetypes write it themselves
			}
			s.put(t, "own.md", "---\ntitle: x\n---\n")
			s.edit(t, tt.place, "\ntitle: ", "\nurl: /news/article-2/\ntitle: ")
			s.compare(t, s.prove(t).Findings, []string{tt.first + " address: its address /news/article-2 is also the address of …"})
		})
	}
}

// TestNoDefects: what looks like a defect and is none.
func TestNoDefects(t *testing.T) {
	tests := map[string]func(*testing.T, *site){
		"an image on the web": func(t *testing.T, s *site) {
			s.edit(t, nameOf(1)+".md", "href: "+nameOf(1)+"-featuredImage.jpeg", "href: https://example.org/a.png")
		},
		"an image elsewhere on the site": func(t *testing.T, s *site) {
			s.edit(t, nameOf(1)+".md", "href: "+nameOf(1)+"-featuredImage.jpeg", "href: /theme/a.png")
		},
		"a file name in the text": func(t *testing.T, s *site) {
			s.edit(t, nameOf(1)+".md", "![x](", "Run `/files/x.zip` with report.pdf ![x](")
		},
		"an asset of a stranger": func(t *testing.T, s *site) {
			s.edit(t, nameOf(1)+".md", "![x](", "https://example.org/"+nameOf(9)+"-a.png ![x](")
		},
		"a link to a page": func(t *testing.T, s *site) {
			s.edit(t, nameOf(1)+".md", "![x](", "[p](/files/page) [q](/files/sub/a.png) ![x](")
		},
		"a title like a file": func(t *testing.T, s *site) { s.edit(t, nameOf(1)+".md", "title: Article 1", "title: featured.pdf") },
		"ids as other dumpers write them": func(t *testing.T, s *site) {
			s.edit(t, nameOf(1)+".md", "\nid: 1\n", "\nid: \"1\"\n")
			s.edit(t, nameOf(2)+".md", "\nid: 2\n", "\nid: 2.0\n")
		},
		"a key of the site's own": func(t *testing.T, s *site) { s.edit(t, nameOf(1)+".md", "mastHead: NEWS", "mastHead: NEWS\nown: [1]") },
		"an alias that is its own": func(t *testing.T, s *site) {
			s.edit(t, nameOf(1)+".md", "aliases: /news/article-1", "aliases: /news/example-article-1/")
		},
		"own pages that share an address": func(t *testing.T, s *site) {
			s.put(t, "a.md", "---\nslug: x\n---\n")
			s.put(t, "b.md", "---\nslug: x\n---\n")
		},
		"a page without front matter": func(t *testing.T, s *site) { s.put(t, "a.md", "# Plain\n") },
		"an asset of a kind not looked into": func(t *testing.T, s *site) {
			put(t, filepath.Join(s.assets, "table.csv"), "a,b\n")
			s.edit(t, nameOf(1)+".md", "![x](", "[t](/files/table.csv#top) ![x](")
		},
		"an AVIF, whose end cannot be told": func(t *testing.T, s *site) {
			put(t, filepath.Join(s.assets, "a.avif"), "\x00\x00\x00\x20ftypavif\x00\x00\x00\x00")
			s.edit(t, nameOf(1)+".md", "![x](", "![a](/files/a.avif) ![x](")
		},
		"a name like that of an asset, of no document": func(t *testing.T, s *site) {
			s.edit(t, nameOf(1)+".md", "![x](", "https://example.org/other-featuredImage.png ![x](")
		},
		"links where the folder's address is not known": func(t *testing.T, s *site) {
			s.settings.AssetsPath = ""
			s.edit(t, nameOf(1)+".md", "![x](", "[y](gone.png) ![x](")
		},
		"an offering on another site": func(t *testing.T, s *site) { s.edit(t, nameOf(1)+".md", "/offering/Kwido/", "//shop.example/gone") },
		"a hidden folder":             func(t *testing.T, s *site) { s.put(t, ".git/x.md", "---\nopen\n") },
	}
	for name, change := range tests {
		t.Run(name, func(t *testing.T) {
			s := newSite(t, "curated-content")
			change(t, s)
			if got := s.prove(t); !got.Sound || len(got.Warnings) > 0 {
				t.Errorf("got %+v %+v, want neither findings nor warnings", got.Findings, got.Warnings)
			}
		})
	}
}

// TestBundles: the assets of a bundle have names that say nothing, and lie
// beside it.
func TestBundles(t *testing.T) {
	s := newSite(t, "hugo-bundle")
	place := "article-1/index.md"
	beside := func(name string) string { return filepath.Join(s.content, "article-1", name) }
	for _, name := range []string{"featured.jpeg", "attachment-7.png"} {
		if err := os.Remove(beside(name)); err != nil {
			t.Fatal(err)
		}
	}
	put(t, beside("document.pdf"), "")
	s.edit(t, place, "src: document.pdf", "src: ./document.pdf")
	s.edit(t, place, "![x](", "Like article-2-featuredImage.png, document.doc and other.pdf. ![y](by-hand.gif) ![x](")
	s.compare(t, s.prove(t).Findings, []string{
		"{C}/article-1/document.pdf broken: the file is empty",
		"{C}/" + place + " missing: names the asset attachment-7.png, and there is no {C}/article-1/attachment-7.png",
		"{C}/" + place + " missing: names the asset by-hand.gif, and there is no {C}/article-1/by-hand.gif",
		"{C}/" + place + " missing: names the asset featured.jpeg, and there is no {C}/article-1/featured.jpeg",
	})
}

// TestNamesThatAreWords: where documents are named by words, only the names that
// the program gives are assets.
func TestNamesThatAreWords(t *testing.T) {
	s := newSite(t, "curated-content")
	s.edit(t, nameOf(1)+".md", "mdName: "+nameOf(1)+".md", "mdName: fresh.md")
	if err := os.Rename(filepath.Join(s.content, nameOf(1)+".md"), filepath.Join(s.content, "fresh.md")); err != nil {
		t.Fatal(err)
	}
	s.edit(t, "fresh.md", "![x](", "[y](https://example.org/fresh-air.png) [z](https://cdn.example/fresh-featuredImage.png) ![x](")
	s.edit(t, "fresh.md", nameOf(1)+"-featured", "/theme/featured")
	var got []string
	for _, f := range s.prove(t).Findings {
		got = append(got, f.Text)
	}
	want := []string{"names the asset fresh-featuredImage.png, and there is no " + filepath.ToSlash(s.assets) + "/fresh-featuredImage.png"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("findings (-want +got):\n%s", diff)
	}
}

// TestAssetWithoutItsFolder: where the archetype writes the folder's address, a
// value without it leads elsewhere.
func TestAssetWithoutItsFolder(t *testing.T) {
	s := newSite(t, "hugo")
	s.edit(t, "article-1.md", "/files/article-1-featuredImage.jpeg", "hero.png")
	if got := s.prove(t); !got.Sound {
		t.Errorf("got %v, want no findings", got.Findings)
	}
	s.edit(t, "article-1.md", "hero.png", "/files/hero.png")
	s.compare(t, s.prove(t).Findings, []string{"{C}/article-1.md missing: names the asset hero.png, and there is no {A}/hero.png"})
}

func TestWarnings(t *testing.T) {
	s := newSite(t, "curated-content")
	put(t, filepath.Join(s.assets, nameOf(8)+"-featuredImage.jpeg"), string(jpegFile()))
	put(t, filepath.Join(s.assets, nameOf(8)+"-attachment-3.png"), string(pngFile()))
	put(t, filepath.Join(s.assets, nameOf(9)+"-kept.png"), string(pngFile()))
	put(t, filepath.Join(s.assets, "logo.png"), string(pngFile()))
	s.put(t, "about.md", "![k](/files/"+nameOf(9)+"-kept.png)")
	s.put(t, ".ingest-ABC.tmp", "")
	put(t, filepath.Join(s.assets, ".ingest-DEF.tmp"), "")
	s.link(t, filepath.Join(s.content, "away"), "/")
	report := s.prove(t)
	if !report.Sound {
		t.Errorf("got findings %v, want warnings only", report.Findings)
	}
	s.compare(t, report.Warnings, []string{
		"{C}/.ingest-ABC.tmp left-over: is a temporary file of a run that was killed",
		"{C}/away link: is a link and is not followed",
		"{A}/.ingest-DEF.tmp left-over: is a temporary file of a run that was killed",
		"{A}/" + nameOf(8) + "-attachment-3.png" + " orphan: …",
		"{A}/" + nameOf(8) + "-featuredImage.jpeg" + " orphan: …",
	})
}

func TestUnreadable(t *testing.T) {
	if os.Getuid() == 0 {
		t.Skip("root may read everything")
	}
	s := newSite(t, "curated-content")
	s.put(t, "closed/x.md", "x")
	for _, file := range []string{filepath.Join(s.content, nameOf(1)+".md"), filepath.Join(s.content, "closed"), filepath.Join(s.assets, nameOf(2)+"-featuredPdf.pdf")} {
		if err := os.Chmod(file, 0); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = os.Chmod(file, 0o700) }) //nolint:gosec // so that it can be removed
	}
	var got []string
	for _, f := range s.prove(t).Findings {
		got = append(got, string(f.Kind)+" "+f.Hint)
	}
	hint := "unreadable let the user that runs ingest read and write there"
	if diff := cmp.Diff([]string{hint, hint, hint}, got); diff != "" {
		t.Errorf("findings (-want +got):\n%s", diff)
	}
}

// TestKeysTakenOut: a key that a person deleted stays away, so that it is no
// defect.
func TestKeysTakenOut(t *testing.T) {
	s := newSite(t, "curated-content")
	s.edit(t, nameOf(1)+".md", "mastHead: NEWS\n", "")
	report := s.prove(t)
	if !report.Sound {
		t.Errorf("got findings %v, want warnings only", report.Findings)
	}
	s.compare(t, report.Warnings, []string{"{C}/" + nameOf(1) + ".md missing-key: mastHead is missing"})
}

// TestNotes: what cannot be proved is said, and is no defect.
func TestNotes(t *testing.T) {
	s := newSite(t, "curated-content")
	without := s.prove(t, func(p *verify.Proof) { p.Offerings = nil })
	want := []verify.Note{{Text: "3 related offerings of the site's own were not looked for, since the catalogue is not known", Hint: "it is in the state after a run, or in offerings.file"}}
	if diff := cmp.Diff(want, without.Notes); diff != "" || !without.Sound {
		t.Errorf("without a catalogue: sound %v, notes (-want +got):\n%s", without.Sound, diff)
	}
	emptied := s.prove(t, func(p *verify.Proof) { p.Offerings = []string{} })
	if len(emptied.Findings) != 3 {
		t.Errorf("with an empty catalogue: got %v, want 3 findings", emptied.Findings)
	}
	if err := os.RemoveAll(s.assets); err != nil {
		t.Fatal(err)
	}
	gone := s.prove(t)
	if len(gone.Notes) != 1 || !strings.Contains(gone.Notes[0].Hint, "--assets") || len(gone.Findings) != 12 {
		t.Errorf("without assets: got %d findings and %v, want 12 and a note that names --assets", len(gone.Findings), gone.Notes)
	}
}

// TestNothingToProve: a tree without documents of ours proves nothing, as does
// one that is read with another archetype.
func TestNothingToProve(t *testing.T) {
	s := emptySite(t, "curated-content")
	s.put(t, "about.md", "---\ntitle: About\n---\n")
	s.compare(t, s.prove(t).Findings, []string{`{C} empty: none of its 1 pages has a work package's id under "id"`})
	other := newSite(t, "hugo")
	other.template = s.template
	other.compare(t, other.prove(t).Findings, []string{`{C} empty: none of its 4 pages has a work package's id under "id"`})
	if _, err := output.Look(filepath.Join(s.content, "nope"), output.Options{}); err == nil {
		t.Error("a folder that is not there: got no error")
	}
}

// TestManyFindings: a list that nobody reads to its end is bounded, and the same
// every time.
func TestManyFindings(t *testing.T) {
	s := emptySite(t, "curated-content")
	var images strings.Builder
	for i := range 30 {
		fmt.Fprintf(&images, "![](/files/%d.png)\n", i)
	}
	for id := range 400 {
		s.put(t, fmt.Sprintf("%04d.md", id), fmt.Sprintf("---\nid: %d\n---\n%s", id+1, images.String()))
	}
	first := s.prove(t, func(p *verify.Proof) { p.Workers = 1 })
	if len(first.Findings) != verify.MaxFindings || first.Omitted == 0 || len(first.Warnings) != verify.MaxFindings {
		t.Fatalf("got %d findings, %d omitted, and %d warnings, want %d and more", len(first.Findings), first.Omitted, len(first.Warnings), verify.MaxFindings)
	}
	if diff := cmp.Diff(first, s.prove(t, func(p *verify.Proof) { p.Workers = 7 })); diff != "" {
		t.Errorf("with more workers (-one +seven):\n%s", diff)
	}
}

func TestInterrupted(t *testing.T) {
	s := newSite(t, "curated-content")
	survey, err := output.Look(s.content, output.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer survey.Close() //nolint:errcheck // only read
	ctx, cancel := context.WithCancelCause(t.Context())
	stop := errors.New("stop")
	cancel(stop)
	if report, err := (verify.Proof{Tree: s.open(t), Survey: survey, Template: s.template}).Run(ctx); report != nil || !errors.Is(err, stop) {
		t.Errorf("got %v and %v, want no report and the cause", report, err)
	}
}

// TestJSON holds the names that scripts rely on.
func TestJSON(t *testing.T) {
	s := newSite(t, "curated-content")
	s.edit(t, nameOf(1)+".md", "mastHead: NEWS\n", "")
	s.edit(t, nameOf(2)+".md", "mastHead: NEWS", "mastHead: 7")
	got, err := json.Marshal(s.prove(t))
	if err != nil {
		t.Fatal(err)
	}
	finding := func(id int64, kind, text, hint string) string {
		return `[{"file":"` + filepath.ToSlash(s.content) + "/" + nameOf(id) + `.md","kind":"` + kind + `","text":"` + text + `","hint":"` + hint + `"}]`
	}
	want := `{"sound":false,"counts":{"pages":4,"documents":3,"assets":12,"addresses":6,"offerings":3},"findings":` +
		finding(2, "shape", "mastHead needs a text, this is a whole number", "a number, true, false or null becomes a text in quotes") + `,"warnings":` +
		finding(1, "missing-key", "mastHead is missing", "leave it, if it was taken out on purpose; else ingest --full --take-tracker with its name writes it") + `,"omitted":0,"notes":[]}`
	if string(got) != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func BenchmarkProof(b *testing.B) {
	s := emptySite(b, "curated-content")
	tree := s.open(b)
	const documents = 500
	for id := range int64(documents) {
		s.write(b, tree, id+1)
	}
	b.ReportAllocs()
	for b.Loop() {
		if report := s.prove(b); !report.Sound || report.Counts.Documents != documents {
			b.Fatal(report.Findings)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*documents), "µs/document")
}

// FuzzPage: whatever a document and its asset hold, the proof comes to an end,
// says the same twice, and changes nothing.
func FuzzPage(f *testing.F) {
	f.Add("---\nid: 4\nfeaturedImage: {href: a.png}\n---\n[x](/files/a.png)", "GIF89a")
	f.Add("---\nid: 4\naliases: [/a, [b], null]\nrelatedOfferings: [{permalink: '//x'}, 3]\n---\n"+nameOf(4)+"-x.png", "\xff\xd8\xff")
	f.Add("---\nid: 4\nslug: '%zz'\nrelatedOfferings: {permalink: '%zz'}\n---\n![](/files/%zz.png", "<svg")
	f.Fuzz(func(t *testing.T, page, content string) {
		s := emptySite(t, "curated-content")
		s.put(t, nameOf(4)+".md", page)
		put(t, filepath.Join(s.assets, "a.png"), content)
		first := s.prove(t)
		if diff := cmp.Diff(first, s.prove(t)); diff != "" {
			t.Errorf("(-first +second):\n%s", diff)
		}
		for _, finding := range first.Findings {
			if finding.File == "" || finding.Text == "" {
				t.Errorf("got a finding that says nothing: %+v", finding)
			}
		}
		if text, err := os.ReadFile(filepath.Join(s.content, nameOf(4)+".md")); err != nil || string(text) != page {
			t.Errorf("the file holds %q (%v), want %q", text, err, page)
		}
	})
}
