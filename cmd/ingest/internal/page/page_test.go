package page_test

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"ingest/cmd/ingest/internal/access"
	"ingest/cmd/ingest/internal/daemon"
	"ingest/cmd/ingest/internal/desk"
	"ingest/cmd/ingest/internal/page/pagetest"
	"ingest/pipeline"
	"ingest/pipeline/hint"
)

// answer is what a request got.
type answer struct {
	*http.Response
	body string
	doc  *html.Node
}

func ask(t *testing.T, h http.Handler, method, target, form string) answer {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), method, target, strings.NewReader(form))
	r.Header.Set("Accept", "text/html")
	if form != "" {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	a := answer{Response: w.Result(), body: w.Body.String()}
	doc, err := html.Parse(strings.NewReader(a.body))
	if err != nil {
		t.Fatalf("%s %s: %v", method, target, err)
	}
	a.doc = doc
	return a
}

// text is what a reader sees, blanks joined.
func (a answer) text() string {
	var b strings.Builder
	for n := range a.doc.Descendants() {
		if n.Type == html.TextNode {
			b.WriteString(n.Data + " ")
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// paths are one of each page.
func paths() []string {
	return []string{"/", "/entries", "/entries?state=dead", "/entries?state=failed&q=no+such", "/entries?page=2", "/entries/3960", "/entries/3960?asked=1", "/entries/4001", "/entries/4008",
		"/find?q=FHIR", "/find?q=nothing+at+all", "/find?q=https://nowhere.example/a", "/runs", "/runs/20261122T020000.000-1", "/runs/20261122T030000.000-8", "/runs/20261121T020000.000-1",
		"/runs/20261122T113000.000-9", "/login", "/nowhere", "/entries/77", "/entries/x", "/runs/x"}
}

func TestEveryPageIsWellMade(t *testing.T) {
	full := pagetest.Rich()
	full.Finish(3960, pipeline.Updated, pagetest.Difference)
	for name, d := range map[string]*pagetest.Desk{"full": full, "empty": {}} {
		for who, principal := range map[string]access.Principal{"editor": ana, "reader": reader} {
			h := handler(t, d, principal, nil)
			for _, path := range paths() {
				t.Run(name+" "+who+" "+path, func(t *testing.T) {
					a := ask(t, h, "GET", path, "")
					checkHead(t, a)
					checkMarkup(t, a)
				})
			}
		}
	}
}

func checkHead(t *testing.T, a answer) {
	t.Helper()
	for key, want := range map[string]string{"Content-Type": "text/html; charset=utf-8", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin", "Cache-Control": "no-store"} {
		if got := a.Header.Get(key); got != want {
			t.Errorf("%s is %q, want %q", key, got, want)
		}
	}
	policy := a.Header.Get("Content-Security-Policy")
	for _, part := range []string{"default-src 'none'", "style-src 'self'", "script-src 'self'", "img-src 'self'", "connect-src 'self'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'"} {
		if !slices.Contains(strings.Split(policy, "; "), part) {
			t.Errorf("policy %q lacks %s", policy, part)
		}
	}
}

// checkMarkup holds a page to what every page promises.
func checkMarkup(t *testing.T, a answer) {
	t.Helper()
	labels, count := map[string]bool{}, map[atom.Atom]int{}
	for n := range a.doc.Descendants() {
		if n.DataAtom == atom.Label {
			labels[attr(n, "for")] = true
		}
	}
	level := 0
	for n := range a.doc.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		count[n.DataAtom]++
		checkElement(t, n, labels)
		if len(n.Data) == 2 && n.Data[0] == 'h' && n.Data[1] >= '1' && n.Data[1] <= '6' {
			now := int(n.Data[1] - '0')
			if now > level+1 {
				t.Errorf("heading h%d after h%d", now, level)
			}
			level = now
		}
	}
	if count[atom.H1] != 1 || count[atom.Main] != 1 || count[atom.Title] != 1 || count[atom.Style] != 0 {
		t.Errorf("%d h1, %d main, %d title, %d style; want 1, 1, 1, 0", count[atom.H1], count[atom.Main], count[atom.Title], count[atom.Style])
	}
}

func checkElement(t *testing.T, n *html.Node, labels map[string]bool) {
	t.Helper()
	for _, at := range n.Attr {
		if at.Key == "style" || strings.HasPrefix(at.Key, "on") || strings.Contains(at.Val, "ZgotmplZ") {
			t.Errorf("<%s %s=%q>", n.Data, at.Key, at.Val)
		}
	}
	switch n.DataAtom {
	case atom.Script:
		if attr(n, "src") == "" || n.FirstChild != nil {
			t.Error("a script stands in the page")
		}
	case atom.Input, atom.Select, atom.Textarea:
		if attr(n, "type") != "hidden" && !labels[attr(n, "id")] {
			t.Errorf("no label for <%s name=%s>", n.Data, attr(n, "name"))
		}
	case atom.Img:
		if !strings.HasPrefix(attr(n, "src"), "/") {
			t.Errorf("picture from %q", attr(n, "src"))
		}
	case atom.A:
		u, err := url.Parse(attr(n, "href"))
		if err != nil || u.Scheme != "" && u.Scheme != "http" && u.Scheme != "https" {
			t.Errorf("link to %q", attr(n, "href"))
		}
		if u != nil && u.User != nil {
			t.Errorf("link to %q, which hides its host behind a name", attr(n, "href"))
		}
		if u != nil && u.Host != "" && !strings.Contains(attr(n, "rel"), "noopener") {
			t.Errorf("link to %q without noopener", attr(n, "href"))
		}
	case atom.Form:
		if !strings.HasPrefix(attr(n, "action"), "/") {
			t.Errorf("form to %q", attr(n, "action"))
		}
	case atom.Iframe, atom.Object, atom.Embed, atom.Base, atom.Svg, atom.Math:
		t.Errorf("<%s> in a page", n.Data)
	}
}

func TestPagesSayWhatIsThere(t *testing.T) {
	d := pagetest.Rich()
	d.Finish(3960, pipeline.Updated, pagetest.Difference)
	h := handler(t, d, ana, nil)
	for path, want := range map[string][]string{
		"/":                           {"Redirects that run in a circle Failed The link leads in a circle", "Dead links", "#4004, the oldest", "The next run is 2026-11-23 07:00 UTC"},
		"/entries?state=dead":         {"1 entry", "A link that is gone for good"},
		"/entries?page=2":             {"page 2 of 3", "Previous page", "Next page"},
		"/entries?q=no+such":          {"No entry fits."},
		"/entries?page=99":            {"The list ends before this page."},
		"/entries/3960":               {"Published page", "Front matter in content/news/19985fd1-4f97-5c7c-b4b9-176a3b1ab4f4.md", "utm_source=linkedin removed by rule utm_*", "Edited by hand", "without that it would be “All About", "Last good value kept", "From the page as it was read on 2026-11-01", "2 others were passed over", "6 keys without a value", "What was last done here", "2 lines added , 2 lines removed", "--- the old signature line", "What to do: open the link in a browser", "put that into the work package", "Picture A doctor at a screen"},
		"/entries/4001":               {"3 attempts in a row"},
		"/find?q=nothing+at+all":      {"Nothing was found"},
		"/runs":                       {"Start a run", "America/New_York", "Stopped early"},
		"/runs/20261122T020000.000-1": {"7c0f-featuredImage.jpeg", "What to do: put the address of the article itself into the work package", "#4004 Interoperability", "Show 2 items"},
		"/runs/20261122T030000.000-8": {"22 links were checked; 3 wait for another run", "410 Gone", "Archived copy"},
		"/runs/20261121T230000.000-7": {"Not begun: run 20261121T220000.000-6 was still active"},
		"/runs/20261121T020000.000-1": {"What to do: make a new API token"},
		"/entries/77":                 {"Work package 77 is not known here"},
	} {
		text := ask(t, h, "GET", path, "").text()
		for _, part := range want {
			if !strings.Contains(text, part) {
				t.Errorf("%s lacks %q:\n%s", path, part, text)
			}
		}
	}
}

func TestFindGoesStraightToTheOne(t *testing.T) {
	h := handler(t, pagetest.Rich(), ana, nil)
	for q, want := range map[string]string{"https://tracker.example/work_packages/3960": "/entries/3960", "+telemedicine+": "/entries/3960", "": "/entries"} {
		a := ask(t, h, "GET", "/find?q="+q, "")
		if a.StatusCode != http.StatusSeeOther || a.Header.Get("Location") != want {
			t.Errorf("%q: %d to %q, want %q", q, a.StatusCode, a.Header.Get("Location"), want)
		}
	}
}

func TestStatusTellsWhatHappened(t *testing.T) {
	h := handler(t, pagetest.Rich(), ana, nil)
	broken := pagetest.Rich()
	broken.Err = errors.New("open /var/lib/secret.db: disk I/O error")
	full := pagetest.Rich()
	full.Err = &hint.FullError{Limit: 5}
	for name, tt := range map[string]struct {
		h                    http.Handler
		method, target, form string
		want                 int
	}{
		"page":               {h, "GET", "/", "", 200},
		"no such page":       {h, "GET", "/nowhere", "", 404},
		"no such entry":      {h, "GET", "/entries/99", "", 404},
		"no such run":        {h, "GET", "/runs/..%2f..", "", 404},
		"no id":              {h, "GET", "/entries/abc", "", 400},
		"id below one":       {h, "GET", "/entries/-1", "", 400},
		"id too large":       {h, "GET", "/entries/99999999999999999999", "", 400},
		"page zero":          {h, "GET", "/entries?page=0", "", 400},
		"page is a word":     {h, "GET", "/entries?page=two", "", 400},
		"unknown state":      {h, "GET", "/entries?state=%3Cscript%3E", "", 400},
		"long search":        {h, "GET", "/find?q=" + strings.Repeat("x", desk.MaxQuery+1), "", 400},
		"long words":         {h, "GET", "/entries?q=" + strings.Repeat("x", desk.MaxQuery+1), "", 400},
		"just short enough":  {h, "GET", "/find?q=" + strings.Repeat("%c3%a4", desk.MaxQuery), "", 200},
		"refresh no id":      {h, "POST", "/entries/0/refresh", "", 400},
		"unknown kind":       {h, "POST", "/runs", "kind=all", 400},
		"named kind":         {h, "POST", "/runs", "kind=named", 400},
		"large form":         {h, "POST", "/runs", "kind=" + strings.Repeat("x", 20<<10), 400},
		"defect":             {handler(t, broken, ana, nil), "GET", "/entries/3960", "", 500},
		"queue is full":      {handler(t, full, ana, nil), "POST", "/entries/3960/refresh", "", 503},
		"reader may look":    {handler(t, pagetest.Rich(), reader, nil), "GET", "/entries/3960", "", 200},
		"reader may not run": {handler(t, pagetest.Rich(), reader, nil), "POST", "/runs", "kind=full", 403},
		"no image":           {h, "GET", "/entries/4001/image", "", 404},
	} {
		t.Run(name, func(t *testing.T) {
			a := ask(t, tt.h, tt.method, tt.target, tt.form)
			if a.StatusCode != tt.want {
				t.Fatalf("%s %s: %d, want %d\n%s", tt.method, tt.target, a.StatusCode, tt.want, a.text())
			}
			if strings.Contains(a.body, "secret.db") {
				t.Error("the page tells of the service's files")
			}
			checkHead(t, a)
			checkMarkup(t, a)
		})
	}
}

func TestOrdersReachTheDesk(t *testing.T) {
	d := pagetest.Rich()
	h := handler(t, d, ana, pagetest.Noon)
	a := ask(t, h, "POST", "/entries/3960/refresh", "x=1")
	if want := "/entries/3960?asked=1795348800000"; a.StatusCode != http.StatusSeeOther || a.Header.Get("Location") != want {
		t.Errorf("refresh leads with %d to %q, want %q", a.StatusCode, a.Header.Get("Location"), want)
	}
	if got, want := d.Asked(), []string{"page ana 3960"}; !slices.Equal(got, want) {
		t.Errorf("asked %q, want %q", got, want)
	}
	for _, form := range []string{"kind=full&dry_run=1", "kind=incremental", "kind=links&dry_run=1"} {
		if a := ask(t, h, "POST", "/runs", form); a.StatusCode != http.StatusSeeOther || !strings.HasPrefix(a.Header.Get("Location"), "/runs/2026") {
			t.Errorf("%s leads with %d to %q", form, a.StatusCode, a.Header.Get("Location"))
		}
	}
	want := []desk.Order{{Kind: daemon.Full, DryRun: true, Trigger: hint.Page}, {Kind: daemon.Incremental, Trigger: hint.Page}, {Kind: daemon.Links, Trigger: hint.Page}}
	if diff := cmp.Diff(want, d.Orders()); diff != "" {
		t.Errorf("orders (-want +got):\n%s", diff)
	}
}

func TestWhoMayOnlyReadSeesNoButtons(t *testing.T) {
	h := handler(t, pagetest.Rich(), reader, nil)
	for _, path := range paths() {
		for n := range ask(t, h, "GET", path, "").doc.Descendants() {
			if n.DataAtom == atom.Form && attr(n, "method") == "post" && path != "/login" {
				t.Errorf("%s: a form to %s", path, attr(n, "action"))
			}
		}
	}
}

// Every field for a search lets through what the desk looks for, and no more.
func TestSearchFieldsHaveTheDesksBound(t *testing.T) {
	h := handler(t, pagetest.Rich(), ana, nil)
	fields := 0
	for _, path := range []string{"/", "/entries", "/runs"} {
		for n := range ask(t, h, "GET", path, "").doc.Descendants() {
			if n.DataAtom != atom.Input || attr(n, "name") != "q" {
				continue
			}
			fields++
			if got, want := attr(n, "maxlength"), strconv.Itoa(desk.MaxQuery); got != want {
				t.Errorf("%s: #%s takes %s characters, want %s", path, attr(n, "id"), got, want)
			}
		}
	}
	if fields != 4 {
		t.Errorf("%d fields, want that of the overview, of the list, and of the head twice", fields)
	}
	a := ask(t, h, "GET", "/find?q="+strings.Repeat("x", desk.MaxQuery+1), "")
	if want := "That could not be done the text to look for is too long. What to do: a few words will do."; !strings.Contains(a.text(), want) {
		t.Errorf("the page lacks %q:\n%s", want, a.text())
	}
}

// The page that a refresh leads to tells how far it is, and loads itself until the
// outcome is there.
func TestRefreshWithoutScript(t *testing.T) {
	d := pagetest.Rich()
	now := pagetest.Noon()
	d.Now = func() time.Time { return now }
	h := handler(t, d, ana, d.Now)
	to := ask(t, h, "POST", "/entries/3960/refresh", "").Header.Get("Location")
	see := func(want string, reloads bool) {
		t.Helper()
		a := ask(t, h, "GET", to, "")
		if !strings.Contains(a.text(), want) {
			t.Errorf("the page lacks %q:\n%s", want, a.text())
		}
		if got := strings.Contains(a.body, `http-equiv="refresh"`); got != reloads {
			t.Errorf("at %q it loads itself again: %v, want %v", want, got, reloads)
		}
	}
	see("Queued: the work package will be looked at", true)
	d.Enter(3960, "follow")
	see("Running: the work package is being looked at", true)
	now = now.Add(3 * time.Second)
	d.Finish(3960, pipeline.Updated, pagetest.Difference)
	see("What this refresh did Updated", false)
	see("+ href: https://mindbowser.example/telemedicine", false)
}

func TestRefreshThatWasLostSaysSo(t *testing.T) {
	d := pagetest.Rich()
	now := pagetest.Noon()
	h := handler(t, d, ana, func() time.Time { return now })
	to := "/entries/4001?asked=1795348800000" // noon; nothing waits
	if a := ask(t, h, "GET", to, ""); !strings.Contains(a.text(), "Queued") {
		t.Errorf("right after the click: %s", a.text())
	}
	d.Now = func() time.Time { return pagetest.Noon().Add(-time.Second) }
	d.Finish(4001, pipeline.Unchanged, "") // of before the click
	now = now.Add(time.Minute)
	if a := ask(t, h, "GET", to, ""); !strings.Contains(a.text(), "The refresh ended without an outcome.") || strings.Contains(a.body, `http-equiv="refresh"`) {
		t.Errorf("a minute later: %s", a.text())
	}
}

// The lists speak an editor's words; an entry's warnings tell all.
func TestAttentionIsInAnEditorsWords(t *testing.T) {
	d := pagetest.Rich()
	e := d.All[0]
	e.State = desk.Attention
	e.Attention = "source page not read: fetch https://gone.example/a?b=c (from https://short.example/): dns: lookup gone.example on 10.0.0.1:53: no such host; no image"
	e.Warnings = []pipeline.Warning{{Step: "scrape", Text: "source page not read: fetch https://gone.example/a?b=c: dns: lookup gone.example on 10.0.0.1:53: no such host"}}
	h := handler(t, d, ana, nil)
	const want = "source page not read: no site has this name; no image"
	for _, path := range []string{"/", "/entries", fmt.Sprint("/entries/", e.ID)} {
		if a := ask(t, h, "GET", path, ""); !strings.Contains(a.text(), want) {
			t.Errorf("%s lacks %q: %s", path, want, a.text())
		}
	}
	if a := ask(t, h, "GET", fmt.Sprint("/entries/", e.ID), ""); !strings.Contains(a.text(), "lookup gone.example on 10.0.0.1:53") {
		t.Errorf("the entry does not tell all: %s", a.text())
	}
}

// What waits says why, on each page that says that it waits.
func TestWaitingSaysWhy(t *testing.T) {
	next := pagetest.Noon().Add(40 * time.Second)
	for name, c := range map[string]struct {
		delay desk.Delay
		want  []string
	}{
		"the tracker is away":     {desk.Delay{Reason: "the tracker does <not> answer\u202e", Hint: "see whether it runs", NextTry: &next}, []string{"Waiting: the tracker does <not> answer⟨U+202E⟩ .", "It is tried again at 2026-11-22 12:00", "What to do: see whether it runs"}},
		"a dry run is in the way": {desk.Delay{Reason: "a dry run is at work"}, []string{"Waiting: a dry run is at work . It begins when that has ended."}},
	} {
		t.Run(name, func(t *testing.T) {
			d := pagetest.Rich()
			d.Delay = &c.delay
			h := handler(t, d, ana, pagetest.Noon)
			pages := []string{"/", "/entries/5000", ask(t, h, "POST", "/entries/4001/refresh", "").Header.Get("Location")}
			for _, path := range pages {
				a := ask(t, h, "GET", path, "")
				for _, part := range c.want {
					if !strings.Contains(a.text(), part) {
						t.Errorf("%s lacks %q: %s", path, part, a.text())
					}
				}
				if strings.Contains(a.text(), "in a moment") || path != "/" && !strings.Contains(a.body, `http-equiv="refresh"`) {
					t.Errorf("%s: it promises a moment, or does not wait: %s", path, a.text())
				}
				checkMarkup(t, a)
			}
		})
	}
}

// A work package that no run has seen can be asked for; its page waits for it.
func TestNewcomerIsLookedAt(t *testing.T) {
	d := pagetest.Rich()
	now := pagetest.Noon()
	h := handler(t, d, ana, func() time.Time { return now })
	if a := ask(t, h, "GET", "/entries/5000", ""); a.StatusCode != http.StatusNotFound || !strings.Contains(a.body, `action="/entries/5000/refresh"`) {
		t.Errorf("unknown: %d\n%s", a.StatusCode, a.text())
	}
	to := ask(t, h, "POST", "/entries/5000/refresh", "").Header.Get("Location")
	if a := ask(t, h, "GET", to, ""); !strings.Contains(a.text(), "It will be looked at in a moment.") || !strings.Contains(a.body, `http-equiv="refresh"`) {
		t.Errorf("asked: %s", a.text())
	}
	now = now.Add(2 * time.Minute)
	if a := ask(t, h, "GET", to, ""); strings.Contains(a.body, `http-equiv="refresh"`) {
		t.Errorf("two minutes later it still waits: %s", a.text())
	}
}

func TestNewcomerThatFailedSaysWhy(t *testing.T) {
	d := pagetest.Rich()
	now := pagetest.Noon()
	h := handler(t, d, ana, func() time.Time { return now })
	to := ask(t, h, "POST", "/entries/5000/refresh", "").Header.Get("Location")
	last := &desk.Last{At: now.Add(-time.Hour), Item: pipeline.ItemReport{ID: 5000, Error: "404: <not> there", Hint: "see the tracker"}}
	d.Looks = map[int64]*desk.Last{5000: last}
	if a := ask(t, h, "GET", to, ""); !strings.Contains(a.body, `http-equiv="refresh"`) {
		t.Errorf("with an outcome of before, it does not wait: %s", a.text())
	}
	last.At = now.Add(time.Second)
	a := ask(t, h, "GET", to, "")
	for _, part := range []string{"The last look at it failed", "404: <not> there", "What to do: see the tracker", "Look at it again"} {
		if !strings.Contains(a.text(), part) {
			t.Errorf("lacks %q: %s", part, a.text())
		}
	}
	if strings.Contains(a.body, `http-equiv="refresh"`) {
		t.Error("it waits for what has come")
	}
	checkMarkup(t, a)
}
