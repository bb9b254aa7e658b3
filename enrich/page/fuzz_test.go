package page_test

import (
	"net/url"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"ingest/enrich/page"
)

// FuzzParse: any bytes give a page without a panic or an error; reading twice gives the same; all texts are clean
// lines of UTF-8 and all addresses absolute.
func FuzzParse(f *testing.F) {
	cases, err := filepath.Glob("testdata/*/page.html")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range cases {
		markup, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(markup)
	}
	f.Add([]byte("<html><body\x00><h1>\xff</h1><script type=application/ld+json>{\"a\":"))
	f.Add([]byte("<!-- <script> --><h1>x</h1><style></sty<script>"))
	base := &url.URL{Scheme: "https", Host: "www.example.org", Path: "/2020/01/02/a"}
	f.Fuzz(func(t *testing.T, markup []byte) {
		p, err := page.Parse(markup, base)
		if err != nil {
			t.Fatalf("Parse: %v", err)
		}
		again, err := page.Parse(markup, base)
		if err != nil || !reflect.DeepEqual(p, again) {
			t.Errorf("the second reading differs:\n%+v\n%+v", p, again)
		}
		for _, line := range append([]string{p.Title, p.Description, p.SiteName}, p.Authors...) {
			checkLine(t, line)
		}
		for _, address := range []string{p.Image, p.Canonical, p.Icon, p.PDF, p.Manifest} {
			checkAddress(t, address)
		}
	})
}

func checkLine(t *testing.T, line string) {
	t.Helper()
	if !utf8.ValidString(line) || strings.ContainsAny(line, "\n\r\t\x00") || strings.TrimSpace(line) != line {
		t.Errorf("not one clean line: %q", line)
	}
}

func checkAddress(t *testing.T, address string) {
	t.Helper()
	if address == "" {
		return
	}
	if u, err := url.Parse(address); err != nil || !u.IsAbs() || u.Host == "" {
		t.Errorf("not an absolute address: %q (%v)", address, err)
	}
}
