package fetch_test

import (
	"io"
	"net/http"
	"net/netip"
	"strings"
	"testing"

	"ingest/enrich/fetch"
)

func BenchmarkGet(b *testing.B) {
	page := []byte("<!DOCTYPE html><title>x</title>" + strings.Repeat("<p>some words of a page</p>\n", 2000))
	for _, coding := range []string{"", "gzip", "br", "zstd"} {
		name := coding
		body := page
		if coding == "" {
			name = "identity"
		} else {
			body = pack(b, coding, page)
		}
		b.Run(name, func(b *testing.B) {
			s := serve(b, func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Encoding", coding)
				_, _ = w.Write(body)
			})
			c := newClient(b, fetch.Options{AllowPrivate: loopback()})
			b.SetBytes(int64(len(page)))
			b.ReportAllocs()
			for b.Loop() {
				res, err := c.Get(b.Context(), fetch.Request{URL: s.URL, Refresh: true})
				if err != nil {
					b.Fatal(err)
				}
				if _, err := io.Copy(io.Discard, res.Body); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkPlainGet is the floor: net/http alone, on the same server.
func BenchmarkPlainGet(b *testing.B) {
	page := []byte("<!DOCTYPE html><title>x</title>" + strings.Repeat("<p>some words of a page</p>\n", 2000))
	s := serve(b, func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(page) })
	b.SetBytes(int64(len(page)))
	b.ReportAllocs()
	for b.Loop() {
		res, err := s.Client().Get(s.URL)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := io.Copy(io.Discard, res.Body); err != nil {
			b.Fatal(err)
		}
		_ = res.Body.Close()
	}
}

func BenchmarkGuard(b *testing.B) {
	c := newClient(b, fetch.Options{})
	for _, a := range []string{"1.1.1.1", "127.0.0.1", "2606:4700::1111", "fe80::1", "64:ff9b::808:808"} {
		addr := netip.MustParseAddr(a)
		b.Run(strings.ReplaceAll(a, ":", "_"), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				_ = c.CheckAddr(addr)
			}
		})
	}
}

func BenchmarkFindRefresh(b *testing.B) {
	page := []byte(strings.Repeat(`<p class="a b">some <a href="/x?y=z">words</a> of a page</p>`+"\n", 4300))
	b.SetBytes(int64(len(page)))
	b.ReportAllocs()
	for b.Loop() {
		fetch.FindRefresh(page)
	}
}

func BenchmarkDecode(b *testing.B) {
	text := strings.Repeat("<p>Привет, как дела? Обычный текст.</p>\n", 3000)
	for name, body := range map[string]string{"utf-8": text, "windows-1251": in(b, "windows-1251", `<meta charset=windows-1251>`+text)} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(body)))
			b.ReportAllocs()
			for b.Loop() {
				_, _, _ = fetch.Decode([]byte(body), "")
			}
		})
	}
}
