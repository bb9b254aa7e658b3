package verify_test

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"image"
	"image/jpeg"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/uuid"

	"ingest/output"
	"ingest/output/archetype"
	"ingest/pipeline/verify"
)

// site is a tree that the tests write and break.
type site struct {
	content, assets string
	template        *archetype.Archetype
	settings        archetype.Site
}

// known are the permalinks of the catalogue.
var known = []string{"/offering/kwido", "/offering/tides/"}

// newSite writes a sound tree of three documents and a page of the site's own.
func newSite(t testing.TB, name string) *site {
	t.Helper()
	s := emptySite(t, name)
	tree := s.open(t)
	for id := int64(1); id <= 3; id++ {
		s.write(t, tree, id)
	}
	s.put(t, "about.md", "---\ntitle: About\n---\n")
	return s
}

func emptySite(t testing.TB, name string) *site {
	t.Helper()
	source, err := archetype.Builtin(name)
	if err != nil {
		t.Fatal(err)
	}
	template, err := archetype.Parse(name+".yaml", source)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	s := &site{filepath.Join(dir, "content"), filepath.Join(dir, "static"), template, archetype.DefaultSite()}
	s.settings.AssetsPath = "/files/"
	return s
}

func (s *site) open(t testing.TB) *output.Tree {
	t.Helper()
	shape := s.template.Document()
	tree, err := output.Open(s.content, s.assets, output.Options{IDKey: shape.ID, Bundle: shape.Bundle, Beside: shape.Beside})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := tree.Close(); err != nil {
			t.Error(err)
		}
	})
	return tree
}

// write writes a document as the pipeline does: with an image, a PDF, an icon
// and a picture in its text.
func (s *site) write(t testing.TB, tree *output.Tree, id int64) {
	t.Helper()
	shape := s.template.Document()
	file := s.place(t, tree, id)
	name, err := tree.Name(id, "")
	if err != nil {
		t.Fatal(err)
	}
	e := s.env(id, name)
	matter, err := s.template.Render(e)
	if err != nil {
		t.Fatal(err)
	}
	shown := shape.AssetName(name, "attachment-7", "png")
	d := output.Document{ID: id, Name: name, File: file, FrontMatter: matter, Body: "![x](" + shape.AssetAddress(s.settings, shown) + ")\n",
		Assets: []output.Asset{asset(e.Image.Name, jpegFile()), asset(e.PDF.Name, pdfFile()), asset(e.Icon.Name, icoFile()), asset(shown, pngFile())}}
	if _, err := tree.Write(t.Context(), d); err != nil {
		t.Fatal(err)
	}
}

// place claims the place of a document, which may be what it is named by.
func (s *site) place(t testing.TB, tree *output.Tree, id int64) string {
	t.Helper()
	e := s.env(id, nameOf(id))
	matter, err := s.template.Render(e)
	if err != nil {
		t.Fatal(err)
	}
	proposed, err := s.template.File(e, matter)
	if err != nil {
		t.Fatal(err)
	}
	file, err := tree.ClaimFile(id, proposed)
	if err != nil {
		t.Fatal(err)
	}
	return file
}

func (s *site) env(id int64, name string) archetype.Env {
	shape := s.template.Document()
	file := func(role archetype.Role, ext, format string) *archetype.Asset {
		return &archetype.Asset{Name: shape.AssetName(name, role, ext), Format: format, Width: 8, Height: 8, Valid: true, Source: "page", WorkPackage: id}
	}
	day := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	return archetype.Env{
		WP:    archetype.WorkPackage{ID: id, Type: "Curated Content", Author: "Ada", CreatedAt: day, UpdatedAt: day},
		Title: fmt.Sprintf("Article %d", id), Name: name, Bundle: shape.Bundle, Topics: []string{"News: Tides"}, Site: s.settings,
		Link:  &archetype.Link{Href: "https://example.org/a", Original: "https://example.org/a", Brand: "example.org", Domain: "example"},
		Image: file(archetype.ImageRole, "jpeg", "JPEG"), PDF: file(archetype.PDFRole, "pdf", "PDF"), Icon: file(archetype.IconRole, "ico", "ICO"),
		Offerings: []archetype.Offering{{ID: 1, Label: "Kwido", Permalink: "/offering/Kwido/"}, {ID: 2, Label: "Away", Permalink: "https://shop.example/x"}},
	}
}

// nameOf is the name of a document: a UUID.
func nameOf(id int64) string {
	return uuid.NewSHA1(uuid.NameSpaceURL, fmt.Appendf(nil, "urn:test:%d", id)).String()
}

// prove proves the tree as it stands.
func (s *site) prove(t testing.TB, change ...func(*verify.Proof)) *verify.Report {
	t.Helper()
	survey, err := output.Look(s.content, output.Options{IDKey: s.template.Document().ID})
	if err != nil {
		t.Fatal(err)
	}
	defer survey.Close() //nolint:errcheck // only read
	proof := verify.Proof{Tree: s.open(t), Survey: survey, Template: s.template, Site: s.settings, Offerings: known}
	for _, c := range change {
		c(&proof)
	}
	report, err := proof.Run(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return report
}

// put writes a file of the content folder by hand.
func (s *site) put(t testing.TB, name, text string) {
	t.Helper()
	put(t, filepath.Join(s.content, name), text)
}

func put(t testing.TB, file, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(file), 0o750); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// edit replaces text in a document; old must be there.
func (s *site) edit(t testing.TB, place, old, replacement string) {
	t.Helper()
	file := filepath.Join(s.content, place)
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(text, []byte(old)) {
		t.Fatalf("%s does not hold %q:\n%s", place, old, text)
	}
	put(t, file, string(bytes.ReplaceAll(text, []byte(old), []byte(replacement))))
}

func asset(name string, content []byte) output.Asset {
	return output.Asset{Name: name, Size: int64(len(content)), Open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(content)), nil }}
}

func picture() image.Image { return image.NewGray(image.Rect(0, 0, 8, 8)) }

func jpegFile() []byte {
	var b bytes.Buffer
	_ = jpeg.Encode(&b, picture(), nil) // a buffer does not fail
	return b.Bytes()
}

func pngFile() []byte {
	var b bytes.Buffer
	_ = png.Encode(&b, picture())
	return b.Bytes()
}

// icoFile is an icon with one PNG in it.
func icoFile() []byte {
	picture := pngFile()
	head := []byte{0, 0, 1, 0, 1, 0, 8, 8, 0, 0, 1, 0, 32, 0}
	head = binary.LittleEndian.AppendUint32(head, uint32(len(picture))) //nolint:gosec // some hundred bytes
	return append(binary.LittleEndian.AppendUint32(head, 22), picture...)
}

// pdfFile is a PDF of one empty page.
func pdfFile() []byte {
	b := []byte("%PDF-1.4\n")
	var offsets []int
	for i, object := range []string{"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>", "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>"} {
		offsets = append(offsets, len(b))
		b = fmt.Appendf(b, "%d 0 obj\n%s\nendobj\n", i+1, object)
	}
	xref := len(b)
	b = append(b, "xref\n0 4\n0000000000 65535 f \n"...)
	for _, offset := range offsets {
		b = fmt.Appendf(b, "%010d 00000 n \n", offset)
	}
	return fmt.Appendf(b, "trailer\n<< /Size 4 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", xref)
}
