package fetch_test

import (
	"net/url"
	"testing"

	"ingest/enrich/fetch"
)

func FuzzFindRefresh(f *testing.F) {
	for _, s := range []string{`<meta http-equiv=refresh content="0;url=/x">`, `<noscript><meta`, `<base href="`, `<template><meta http-equiv=refresh content=1,`, "<!--", "<script>"} {
		f.Add([]byte(s))
	}
	base := &url.URL{Scheme: "https", Host: "site.example", Path: "/a/b"}
	f.Fuzz(func(t *testing.T, page []byte) {
		r, ok := fetch.FindRefresh(page)
		if !ok {
			return
		}
		if r.Delay < 0 {
			t.Fatalf("delay %v", r.Delay)
		}
		checkResolve(t, base, r.Target)
	})
}

func FuzzResolve(f *testing.F) {
	for _, s := range []string{"", "/a", "//h/a", "http://h", "HTTPS://H:1/%zz?%zz#%", "javascript:x", " \\\\h\\a", "http:a", "http://[::1%25x]/", "http://ü/ü?ü#ü", "?", "#", "..", "http://a:b@c", "//\u00ad", "//::", "http://[::1%2L\x98]", "http://[::1]:80/"} {
		f.Add(s)
	}
	base := &url.URL{Scheme: "https", Host: "site.example", Path: "/a/b", RawQuery: "q"}
	f.Fuzz(func(t *testing.T, ref string) {
		checkResolve(t, base, ref)
		checkResolve(t, nil, ref)
	})
}

// checkResolve holds what must be true of every address that is visited.
func checkResolve(t *testing.T, base *url.URL, ref string) {
	t.Helper()
	u, err := fetch.Resolve(base, ref)
	if err != nil {
		return // refused, which is always safe
	}
	if u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" || u.User != nil || u.Opaque != "" {
		t.Fatalf("%q resolves to %#v", ref, u)
	}
	text := u.String()
	for _, c := range []byte(text) {
		if c <= ' ' || c >= 0x7f {
			t.Fatalf("%q resolves to %q with byte %#x", ref, text, c)
		}
	}
	again, err := fetch.Resolve(nil, text)
	if err != nil || again.String() != text {
		t.Fatalf("%q resolves to %q and that to %v, %v", ref, text, again, err)
	}
}
