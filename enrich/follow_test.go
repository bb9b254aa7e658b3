package enrich_test

import (
	"context"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"

	"ingest/enrich"
	"ingest/enrich/fetch"
)

const (
	challenge = `<title>Just a moment...</title><p>Enable JavaScript and cookies to continue</p>`
	signIn    = `<title>Log in</title><link rel="canonical" href="/login"><form><input type="password"></form>`
	accept    = `<title>Before you continue</title><p>Accept all</p>`
	article   = `<title>Ferry resumes</title><link rel="canonical" href="/canonical"><p>It runs again.</p>`
)

func answer(status int, body string, header ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		for i := 0; i < len(header); i += 2 {
			w.Header().Set(header[i], header[i+1])
		}
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}
}

func TestWallsAreNoContent(t *testing.T) {
	s := newSite(t, map[string]http.HandlerFunc{
		"/challenge":    html(challenge),
		"/refused":      answer(403, challenge),
		"/header":       answer(403, "", "Cf-Mitigated", "challenge"),
		"/short":        redirect("/refused?utm_source=x&p=1"),
		"/members":      redirect("/login?next=/members"),
		"/login":        html(signIn),
		"/shared":       redirect("/members2"),
		"/members2":     redirect("/sso/start?back=/shared"),
		"/sso/start":    redirect("/login?next=/shared"),
		"/news":         redirect("/cookie-wall?to=/news"),
		"/cookie-wall":  html(accept),
		"/empty":        redirect("/signin?next=/empty"),
		"/signin":       html(""),
		"/sold":         html(`<title>This domain is for sale</title>`),
		"/missing":      html(`<title>Page not found | Site</title><h1>Page not found</h1>`),
		"/moved":        redirect("/missing"),
		"/error-moved":  redirect("/404.html"),
		"/404.html":     html(`<title>Site</title>`),
		"/utf-16":       serve("text/html; charset=utf-16le", utf16(challenge)),
		"/basic":        answer(401, "no", "WWW-Authenticate", `Basic realm="x"`),
		"/hidden":       answer(403, signIn),
		"/hidden-moved": redirect("/hidden"),
	})
	for path, test := range map[string]struct {
		want string // part of the warning
		href string
	}{
		"/challenge":    {`bot wall (title "just a moment")`, "/challenge"},
		"/refused":      {`bot wall (title "just a moment"): fetch `, "/refused"},
		"/header":       {`bot wall (header cf-mitigated: challenge)`, "/header"},
		"/short":        {`bot wall`, "/refused?p=1"},
		"/members":      {`login (`, "/members"},
		"/shared":       {`login (`, "/members2"},
		"/news":         {`consent (`, "/news"},
		"/empty":        {`login (`, "/empty"},
		"/sold":         {`parked (title "this domain is for sale")`, "/sold"},
		"/missing":      {`soft error (title "page not found")`, "/missing"},
		"/moved":        {`soft error (`, "/moved"},
		"/error-moved":  {`soft error (`, "/error-moved"},
		"/utf-16":       {`bot wall (`, "/utf-16"},
		"/basic":        {`login (`, "/basic"},
		"/hidden":       {`login (`, "/hidden"},
		"/hidden-moved": {`login (`, "/hidden"},
	} {
		t.Run(path, func(t *testing.T) {
			it := &enrich.Item{Source: s.URL + path}
			if err := s.run(t, it); err != nil {
				t.Fatal(err)
			}
			want := []enrich.Part{enrich.PartPage, enrich.PartImage, enrich.PartPDF, enrich.PartIcon}
			if it.Page != nil || it.Link.Canonical != "" || !slices.Equal(it.Missing(), want) {
				t.Errorf("page %+v, canonical %q, missing %v", it.Page, it.Link.Canonical, it.Missing())
			}
			if len(it.Warnings) != 1 || !strings.Contains(it.Warnings[0].Text, "source page not read: "+test.want) || it.Warnings[0].Hint == "" {
				t.Errorf("warnings %+v, want one with %q and a hint", it.Warnings, test.want)
			}
			if want := s.URL + test.href; it.Link.Href != want {
				t.Errorf("href %s, want %s", it.Link.Href, want)
			}
			if len(it.Link.Hops) == 0 || it.Link.Hops[0].Visited != s.URL+path {
				t.Errorf("hops %+v", it.Link.Hops)
			}
		})
	}
}

func utf16(text string) []byte {
	b := []byte{0xff, 0xfe}
	for _, c := range []byte(text) {
		b = append(b, c, 0)
	}
	return b
}

// canned is a web of one answer.
type canned fetch.Response

func (c canned) Get(context.Context, fetch.Request) (*fetch.Response, error) {
	response := fetch.Response(c)
	return &response, nil
}

func cannedPage(text string, addresses ...string) canned {
	c := canned{URL: addresses[len(addresses)-1], Status: http.StatusOK, Type: "text/html", Body: io.NopCloser(strings.NewReader(text))}
	for _, a := range addresses {
		c.Hops = append(c.Hops, fetch.Hop{URL: a, Clean: a, Visited: a, Status: http.StatusOK})
	}
	return c
}

// follow takes an item with a link through Follow and Scrape.
func follow(t *testing.T, web enrich.Web, link string) *enrich.Item {
	t.Helper()
	it := &enrich.Item{Link: &enrich.Link{Original: link, Clean: link, Href: link}}
	if err := (enrich.Follow{Web: web}).Apply(t.Context(), it); err != nil {
		t.Fatal(err)
	}
	if err := (enrich.Scrape{}).Apply(t.Context(), it); err != nil {
		t.Fatal(err)
	}
	return it
}

func TestAddressOfAWallIsNotPublished(t *testing.T) {
	const short, page = "https://s.example/1", "https://news.example/ferry"
	for name, test := range map[string]struct {
		hops []string
		text string
		want string
	}{
		"consent by host":        {[]string{short, page, "https://consent.news.example/v2?c=1"}, accept, page},
		"a chain of them":        {[]string{short, page, "https://guce.news.example/x", "https://consent.news.example/v2"}, accept, page},
		"sign-in by host":        {[]string{short, page, "https://login.microsoftonline.com/x/authorize"}, signIn, page},
		"challenge by address":   {[]string{short, page, "https://validate.perfdrive.com/?ssa=1"}, challenge, page},
		"challenge in place":     {[]string{short, page}, challenge, page},
		"straight from the link": {[]string{page, "https://login.live.com/x"}, signIn, page},
		"domain for sale":        {[]string{short, page, "https://www.hugedomains.com/domain_profile.cfm?d=news.example"}, `<title>NEWS.example</title><p>Yours for $100`, short},
		"content":                {[]string{short, page}, article, page},
		"over sign-in and back":  {[]string{short, "https://login.news.example/sso", page}, article, page},
	} {
		t.Run(name, func(t *testing.T) {
			it := follow(t, cannedPage(test.text, test.hops...), test.hops[0])
			if it.Link.Href != test.want {
				t.Errorf("href %s, want %s; warnings %+v", it.Link.Href, test.want, it.Warnings)
			}
			if isContent := test.text == article; (it.Page != nil) != isContent || (it.Link.Canonical != "") != isContent {
				t.Errorf("page %v, canonical %q", it.Page != nil, it.Link.Canonical)
			}
		})
	}
}

func TestCanonicalIsTaken(t *testing.T) {
	it := follow(t, cannedPage(article, "https://news.example/a"), "https://news.example/a")
	if want := "https://news.example/canonical"; it.Link.Canonical != want {
		t.Errorf("canonical %q, want %q", it.Link.Canonical, want)
	}
	if it.Page == nil || it.Page.Title != "Ferry resumes" || len(it.Missing()) > 0 {
		t.Errorf("page %+v, missing %v", it.Page, it.Missing())
	}
}

func TestPageAtAnAddressThatCannotBeRead(t *testing.T) {
	it := follow(t, cannedPage(article, "http://["), "https://news.example/a")
	want := []enrich.Part{enrich.PartPage, enrich.PartImage, enrich.PartIcon}
	if it.Page != nil || !slices.Equal(it.Missing(), want) || !warned(it, "address cannot be read") {
		t.Errorf("page %v, missing %v, warnings %+v", it.Page, it.Missing(), it.Warnings)
	}
}

func TestLongPageIsCut(t *testing.T) {
	begin, end := `<title>Long</title>`, `<link rel="canonical" href="/late">`
	for extra, cut := range map[int]bool{0: false, 1: true} {
		text := begin + strings.Repeat(" ", fetch.MaxPage-len(begin)-len(end)+extra) + end
		it := follow(t, cannedPage(text, "https://news.example/a"), "https://news.example/a")
		if it.Page == nil || it.Page.Title != "Long" || warned(it, "larger than 10 MB") != cut {
			t.Errorf("%d bytes more than the cap: page %v, warnings %+v", extra, it.Page != nil, it.Warnings)
		}
		if (it.Link.Canonical == "") != cut {
			t.Errorf("%d bytes more than the cap: canonical %q", extra, it.Link.Canonical)
		}
	}
}

// What the site allows robots to read is asked for by Follow as by everyone.
func TestRefusalByRobots(t *testing.T) {
	s := newSite(t, map[string]http.HandlerFunc{"/robots.txt": serve("text/plain", []byte("User-agent: *\nDisallow: /private")), "/private": html(article)})
	it := &enrich.Item{Source: s.URL + "/private"}
	if err := s.run(t, it); err != nil {
		t.Fatal(err)
	}
	if !warned(it, "disallowed") || len(it.Warnings) != 1 || !strings.Contains(it.Warnings[0].Hint, "scrape.robots: ignore") {
		t.Errorf("warnings %+v", it.Warnings)
	}
	if it.Link.Hops[0].Robots != fetch.VerdictDisallowed || len(s.asked) != 0 {
		t.Errorf("hop %+v, asked for %q", it.Link.Hops[0], s.asked)
	}
}

// Without a redirect, and before a wall in place, the editor's own spelling stays.
func TestSpellingOfTheLinkStays(t *testing.T) {
	const link, visited = "HTTPS://News.example/a", "https://news.example/a"
	for _, text := range []string{article, challenge} {
		if it := follow(t, cannedPage(text, visited), link); it.Link.Href != link {
			t.Errorf("href %s, want %s", it.Link.Href, link)
		}
	}
}

func TestPlainRefusalIsNoWall(t *testing.T) {
	s := newSite(t, map[string]http.HandlerFunc{"/": answer(403, "<h1>403 Forbidden</h1>")})
	it := &enrich.Item{Source: s.URL + "/"}
	if err := s.run(t, it); err != nil {
		t.Fatal(err)
	}
	if !warned(it, "source page not read: fetch "+s.URL+"/: 403 Forbidden") {
		t.Errorf("warnings %+v", it.Warnings)
	}
}

func TestSourceThatIsAFile(t *testing.T) {
	s := newSite(t, map[string]http.HandlerFunc{"/pdf": serve("application/pdf", []byte(pdf)), "/png": serve("image/png", pngBytes(t, 300, 300)), "/bad": serve("image/png", pngBytes(t, 300, 300)[:60])})
	for path, want := range map[string][2]bool{"/pdf": {false, true}, "/png": {true, false}, "/bad": {false, false}} {
		it := &enrich.Item{Source: s.URL + path}
		if err := s.run(t, it); err != nil {
			t.Fatal(err)
		}
		if got := [2]bool{it.Image != nil, it.PDF != nil}; got != want {
			t.Errorf("%s: image and PDF %v, want %v; warnings %+v", path, got, want, it.Warnings)
		}
	}
}

// What an earlier visit found at the end of the hops is better than the link,
// and the address before today's wall is better still.
func TestWallAfterAnEarlierVisit(t *testing.T) {
	const short, page, moved = "https://s.example/1", "https://news.example/ferry", "https://news.example/ferry-2"
	for name, test := range map[string]struct {
		hops []string
		want string
	}{
		"wall at once":         {[]string{short, "https://consent.example/x"}, page},
		"sold":                 {[]string{short, "https://www.hugedomains.com/x"}, page},
		"one hop further":      {[]string{short, moved, "https://consent.example/x"}, moved},
		"challenge in its way": {[]string{short}, page},
	} {
		it := &enrich.Item{Link: &enrich.Link{Original: short, Clean: short, Href: short}}
		it.Previous = &enrich.Visit{Link: &enrich.Link{Clean: short, Href: page}}
		if err := (enrich.Follow{Web: cannedPage(challenge, test.hops...)}).Apply(t.Context(), it); err != nil {
			t.Fatal(err)
		}
		if it.Link.Href != test.want {
			t.Errorf("%s: href %s, want %s; %+v", name, it.Link.Href, test.want, it.Warnings)
		}
	}
}
