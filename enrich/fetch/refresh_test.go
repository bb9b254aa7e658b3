package fetch_test

import (
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ingest/enrich/fetch"
)

func TestFindRefresh(t *testing.T) {
	meta := func(content string) string { return `<meta http-equiv="refresh" content="` + content + `">` }
	to := func(target string) *fetch.Refresh { return &fetch.Refresh{Target: target, Reason: fetch.MetaRefresh} }
	with := func(change func(*fetch.Refresh)) *fetch.Refresh { r := to("/x"); change(r); return r }
	for _, test := range []struct {
		name, page string
		want       *fetch.Refresh
	}{
		{"plain", meta("0; url=/x"), to("/x")},
		{"no blanks", meta("0;url=/x"), to("/x")},
		{"blanks everywhere", meta(" \t0 \n; \f url \n = \t /x "), to("/x ")},
		{"comma", meta("0, url=/x"), to("/x")},
		{"blank only", meta("0 url=/x"), to("/x")},
		{"no url=", meta("0; /x"), to("/x")},
		{"no url=, quoted", meta("0; '/x'"), to("/x")},
		{"single quotes", meta("0; url='/x'"), to("/x")},
		{"double quotes", `<meta http-equiv=refresh content='0; url="/x"'>`, to("/x")},
		{"quote not closed", meta("0; url='/x"), to("/x")},
		{"after the quote", meta("0; url='/x'; foo"), to("/x")},
		{"letter case", `<META HTTP-EQUIV="ReFresh" CONTENT="0; URL=/X">`, to("/X")},
		{"no quotes round attributes", "<meta http-equiv=refresh content=0;url=/x>", to("/x")},
		{"order of attributes", `<meta content="0;url=/x" data-a=b http-equiv="refresh" />`, to("/x")},
		{"double attribute", `<meta http-equiv=refresh content="0;url=/x" content="0;url=/y">`, to("/x")},
		{"entities", meta("0;url=/a?b=1&amp;c=&#x27;&copy=2"), to("/a?b=1&c='&copy=2")},
		{"entity in the pragma", `<meta http-equiv="&#114;efresh" content="0;url=/x">`, to("/x")},
		{"url that begins with url", meta("0;urlaub.html"), to("urlaub.html")},
		{"delay", meta("5; url=/x"), with(func(r *fetch.Refresh) { r.Delay = 5 * time.Second })},
		{"fraction", meta("1.9; url=/x"), with(func(r *fetch.Refresh) { r.Delay = time.Second })},
		{"point first", meta(".5; url=/x"), to("/x")},
		{"delay beyond all numbers", meta(strings.Repeat("9", 400) + "; url=/x"), with(func(r *fetch.Refresh) { r.Delay = 365 * 24 * time.Hour })},
		{"noscript", "<noscript>" + meta("0;url=/x") + "</noscript>", with(func(r *fetch.Refresh) { r.Reason = fetch.NoscriptRefresh })},
		{"after noscript", "<noscript>no</noscript>" + meta("0;url=/x"), to("/x")},
		{"base", `<base target=_top><base href="/sub/"><base href="/no/">` + meta("0;url=/x"), with(func(r *fetch.Refresh) { r.Base = "/sub/" })},
		{"first counts", meta("0;url=/x") + meta("0;url=/y"), to("/x")},
		{"invalid does not count", meta("soon;url=/y") + meta("0;url=/x"), to("/x")},
		{"reload", meta("300"), with(func(r *fetch.Refresh) { r.Target, r.Delay = "", 300*time.Second })},
		{"reload, then another", meta("300") + meta("0;url=/y"), with(func(r *fetch.Refresh) { r.Target, r.Delay = "", 300*time.Second })},
		{"in the body", "<html><body><p>hi" + meta("0;url=/x"), to("/x")},

		{"no digits", meta("url=/x"), nil},
		{"negative", meta("-1;url=/x"), nil},
		{"letters after digits", meta("0s;url=/x"), nil},
		{"empty", meta(""), nil},
		{"other pragma", `<meta http-equiv="content-type" content="0;url=/x">`, nil},
		{"name", `<meta name="refresh" content="0;url=/x">`, nil},
		{"comment", "<!-- " + meta("0;url=/x") + " -->", nil},
		{"script", "<script>var a = '" + meta("0;url=/x") + "'</script>", nil},
		{"style", "<style>" + meta("0;url=/x") + "</style>", nil},
		{"textarea", "<textarea>" + meta("0;url=/x") + "</textarea>", nil},
		{"title", "<title>" + meta("0;url=/x") + "</title>", nil},
		{"attribute", `<p title='` + meta("0;url=/x") + `'>`, nil},
		{"template", "<template><template></template>" + meta("0;url=/x") + "</template>", nil},
		{"cut off", `<meta http-equiv="refresh" content="0;url=/x`, nil},
		{"other element", `<link http-equiv=refresh content="0;url=/x">`, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, ok := fetch.FindRefresh([]byte(test.page))
			if !ok {
				if test.want != nil {
					t.Errorf("found none, want %+v", *test.want)
				}
				return
			}
			if test.want == nil {
				t.Fatalf("found %+v, want none", got)
			}
			if d := cmp.Diff(*test.want, got); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestRefreshIsFollowed(t *testing.T) {
	meta := func(content string) string { return `<meta http-equiv="refresh" content="` + content + `">` }
	filler := strings.Repeat("<!-- filler -->", 1000)
	for _, test := range []struct {
		name string
		page string
		want string // where it ends
	}{
		{"relative", meta("0;url=next"), "/a/next"},
		{"base", `<base href="/sub/x">` + meta("0;url=next"), "/sub/next"},
		{"base that is none", `<base href="javascript:1">` + meta("0;url=next"), "/a/next"},
		{"at the cap", meta("30;url=/next"), "/next"},
		{"past the cap", meta("31;url=/next"), "/a/b"},
		{"reload", meta("0"), "/a/b"},
		{"to itself", meta("0;url=/a/b#top"), "/a/b"},
		{"not http", meta("0;url=javascript:alert(1)"), "/a/b"},
		{"app", meta("0;url=intent://x"), "/a/b"},
		{"garbage", meta("0;url=http://["), "/a/b"},
		{"fragment is not inherited", meta("0;url=/next"), "/next"},
		{"far down the head", filler + meta("0;url=/next"), "/next"},
		{"past the window", strings.Repeat(filler, 18) + meta("0;url=/next"), "/a/b"},
		{"legacy charset", `<meta charset="windows-1252">` + meta("0;url=/caf\xe9"), "/caf%C3%A9"},
		{"UTF-16", utf16LE(meta("0;url=/next")), "/next"},
		{"circle of pages", meta("0;url=/circle"), "/circle"},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := serve(t, pages(map[string]string{
				"/a/b": test.page, "/a/next": ".", "/sub/next": ".", "/next": ".", "/caf%C3%A9": ".", "/circle": meta("0;url=/a/b"),
			}))
			c := newClient(t, fetch.Options{AllowPrivate: loopback()})
			res, body := mustGet(t, c, fetch.Request{URL: s.URL + "/a/b#frag", Refresh: true})
			want := test.want
			if want == "/a/b" {
				want += "#frag"
				if body != test.page {
					t.Errorf("body of %d bytes, want the page's %d", len(body), len(test.page))
				}
			}
			if got := strings.TrimPrefix(res.URL, s.URL); got != want {
				t.Errorf("ended at %s, want %s", got, want)
			}
			if res, _ := mustGet(t, c, fetch.Request{URL: s.URL + "/a/b"}); len(res.Hops) != 1 {
				t.Errorf("followed although not asked: %+v", res.Hops)
			}
		})
	}
}

// A page that renews itself is a page, even when each visit gets a new cookie.
func TestPageThatRenewsItself(t *testing.T) {
	visits := 0
	s := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		visits++
		http.SetCookie(w, &http.Cookie{Name: "visit", Value: strconv.Itoa(visits)})
		_, _ = w.Write([]byte(`<meta http-equiv="refresh" content="20; url=/">`))
	})
	c := newClient(t, fetch.Options{AllowPrivate: loopback()})
	if res, _ := mustGet(t, c, fetch.Request{URL: s.URL + "/", Refresh: true}); len(res.Hops) != 1 {
		t.Errorf("hops %+v, want one", res.Hops)
	}
}

func TestRefreshOfWhatIsNoPage(t *testing.T) {
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/header":
			w.Header().Set("Refresh", "3; URL=/end")
			_, _ = w.Write([]byte("%PDF-1.7"))
		case "/text":
			w.Header().Set("Content-Type", "text/plain")
			_, _ = w.Write([]byte(`In HTML you write <meta http-equiv=refresh content="0;url=/end">`))
		}
	})
	c := newClient(t, fetch.Options{AllowPrivate: loopback()})
	res, _ := mustGet(t, c, fetch.Request{URL: s.URL + "/header", Refresh: true})
	if d := cmp.Diff([]string{"given 200 /header", "refresh header 200 /end"}, short(res.Hops, s.URL)); d != "" {
		t.Error(d)
	}
	if res, _ := mustGet(t, c, fetch.Request{URL: s.URL + "/text", Refresh: true}); len(res.Hops) != 1 {
		t.Errorf("followed a refresh in plain text: %+v", res.Hops)
	}
}

func utf16LE(s string) string {
	b := []byte{0xff, 0xfe}
	for _, r := range s {
		b = append(b, byte(r), byte(r>>8))
	}
	return string(b)
}
