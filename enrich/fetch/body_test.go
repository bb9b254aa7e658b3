package fetch_test

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"

	"ingest/enrich/fetch"
)

// packers write a body in each content coding.
func packers() map[string]func(io.Writer) io.WriteCloser {
	return map[string]func(io.Writer) io.WriteCloser{
		"gzip":    fastGzip,
		"x-gzip":  fastGzip,
		"deflate": func(w io.Writer) io.WriteCloser { return zlib.NewWriter(w) },
		"br":      func(w io.Writer) io.WriteCloser { return brotli.NewWriterLevel(w, 1) },
		"zstd": func(w io.Writer) io.WriteCloser {
			z, err := zstd.NewWriter(w, zstd.WithEncoderConcurrency(1), zstd.WithEncoderLevel(zstd.SpeedFastest))
			if err != nil {
				panic(err)
			}
			return z
		},
	}
}

func fastGzip(w io.Writer) io.WriteCloser {
	z, err := gzip.NewWriterLevel(w, gzip.BestSpeed)
	if err != nil {
		panic(err)
	}
	return z
}

func pack(t testing.TB, coding string, body []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	w := packers()[coding](&b)
	if _, err := w.Write(body); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func rawDeflate(t testing.TB, body []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	w, err := flate.NewWriter(&b, flate.BestSpeed)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(body); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// packed serves body as it is, under the coding.
func packed(coding string, body []byte) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header()["Content-Encoding"] = []string{coding}
		_, _ = w.Write(body)
	}
}

func TestContentCodings(t *testing.T) {
	text := []byte(strings.Repeat("<p>the quick brown fox</p>\n", 5000))
	cases := map[string]struct {
		coding string
		body   []byte
	}{
		"none":                   {"", text},
		"identity":               {"identity", text},
		"bare deflate":           {"deflate", rawDeflate(t, text)},
		"two over each other":    {"gzip, br", pack(t, "br", pack(t, "gzip", text))},
		"with identity and case": {"GZip , identity", pack(t, "gzip", text)},
		"gzip in two members":    {"gzip", append(pack(t, "gzip", text[:100]), pack(t, "gzip", text[100:])...)},
	}
	for coding := range packers() {
		cases[coding] = struct {
			coding string
			body   []byte
		}{coding, pack(t, coding, text)}
	}
	for name, test := range cases {
		t.Run(name, func(t *testing.T) {
			s := serve(t, packed(test.coding, test.body))
			c := newClient(t, fetch.Options{AllowPrivate: loopback()})
			res, body := mustGet(t, c, fetch.Request{URL: s.URL})
			if body != string(text) {
				t.Errorf("body of %d bytes, want %d", len(body), len(text))
			}
			if res.Type != "text/html" {
				t.Errorf("type %q", res.Type)
			}
		})
	}
}

func TestEmptyBodyUnderACoding(t *testing.T) {
	for coding := range packers() {
		s := serve(t, packed(coding, nil))
		c := newClient(t, fetch.Options{AllowPrivate: loopback()})
		if res, body := mustGet(t, c, fetch.Request{URL: s.URL}); body != "" || res.Type != "" {
			t.Errorf("%s: body %q of type %q, want none", coding, body, res.Type)
		}
	}
}

func TestBrokenBodies(t *testing.T) {
	text := []byte(strings.Repeat("0123456789abcdef", 10_000))
	flip := func(b []byte) []byte {
		b = bytes.Clone(b)
		for i := 20; i < len(b); i += 7 {
			b[i] ^= 0x55
		}
		return b
	}
	type broken struct {
		coding string
		body   []byte
		want   fetch.Kind
	}
	cases := map[string]broken{
		"unknown coding":   {"compress", text, fetch.Encoding},
		"three codings":    {"gzip, gzip, gzip", pack(t, "gzip", pack(t, "gzip", pack(t, "gzip", text))), fetch.Encoding},
		"not packed":       {"gzip", text, fetch.Encoding},
		"window too wide":  {"zstd", wideZstd(t), fetch.Encoding},
		"dictionary coded": {"dcb", text, fetch.Encoding},
	}
	for coding := range packers() {
		whole := pack(t, coding, text)
		cases[coding+" cut off"] = broken{coding, whole[:len(whole)-6], fetch.Truncated}
		cases[coding+" cut in the header"] = broken{coding, whole[:1], fetch.Truncated}
		cases[coding+" garbled"] = broken{coding, flip(pack(t, coding, []byte(noise()))), fetch.Encoding}
	}
	for name, test := range cases {
		t.Run(name, func(t *testing.T) {
			s := serve(t, packed(test.coding, test.body))
			c := newClient(t, fetch.Options{AllowPrivate: loopback()})
			_, _, err := get(t, c, fetch.Request{URL: s.URL})
			if e := asKind(t, err, test.want); e.Hint() == "" || e.URL != s.URL {
				t.Errorf("hint %q at %q", e.Hint(), e.URL)
			}
		})
	}
}

// wideZstd needs a decoder to remember 16 MB, twice what HTTP allows.
func wideZstd(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	w, err := zstd.NewWriter(&b, zstd.WithWindowSize(16<<20), zstd.WithEncoderConcurrency(1), zstd.WithEncoderLevel(zstd.SpeedFastest))
	if err != nil {
		t.Fatal(err)
	}
	for range 5 {
		if _, err := w.Write(make([]byte, 4<<20)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// noise is text that does not pack well.
func noise() string {
	var b strings.Builder
	for i, x := 0, uint32(1); i < 20_000; i++ {
		x = x*1664525 + 1013904223
		b.WriteByte(byte('a' + x>>24%26))
	}
	return b.String()
}

func TestConnectionBreaksWithinTheBody(t *testing.T) {
	for _, size := range []int{10, 100_000} {
		s := serve(t, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", strconv.Itoa(size*2))
			_, _ = w.Write(bytes.Repeat([]byte("x"), size))
		})
		c := newClient(t, fetch.Options{AllowPrivate: loopback()})
		_, body, err := get(t, c, fetch.Request{URL: s.URL})
		if e := asKind(t, err, fetch.Truncated); !e.Temporary() {
			t.Error("not temporary")
		}
		if size > 10 && len(body) != size {
			t.Errorf("%d bytes before the error, want %d", len(body), size)
		}
	}
}

// A refresh is looked for further in than the type: an error met there is told.
func TestConnectionBreaksWithinTheHead(t *testing.T) {
	s := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "100000")
		_, _ = w.Write([]byte("<title>" + strings.Repeat("x", 50_000)))
	})
	c := newClient(t, fetch.Options{AllowPrivate: loopback()})
	_, err := c.Get(t.Context(), fetch.Request{URL: s.URL, Refresh: true})
	if e := asKind(t, err, fetch.Truncated); strings.Count(e.Error(), "fetch ") != 1 {
		t.Errorf("error %q is wrapped twice", e)
	}
}

func TestCap(t *testing.T) {
	for _, coding := range []string{"", "gzip"} {
		for _, size := range []int{0, 1, 99_999, 100_000, 100_001, 5_000_000} {
			body := bytes.Repeat([]byte("x"), size)
			if coding != "" {
				body = pack(t, coding, body)
			}
			s := serve(t, func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Encoding", coding)
				w.(http.Flusher).Flush() // no Content-Length: the cap must see the body
				_, _ = w.Write(body)
			})
			c := newClient(t, fetch.Options{AllowPrivate: loopback()})
			_, got, err := get(t, c, fetch.Request{URL: s.URL, MaxBytes: 100_000})
			if size <= 100_000 {
				if err != nil || len(got) != size {
					t.Errorf("%q %d: got %d bytes, error %v", coding, size, len(got), err)
				}
				continue
			}
			wantKind(t, err, fetch.TooLarge)
			if len(got) != 100_000 {
				t.Errorf("%q %d: got %d bytes before the error, want the cap", coding, size, len(got))
			}
		}
	}
}

func TestAnnouncedSizePastTheCap(t *testing.T) {
	s := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "1000000000000")
		_, _ = w.Write([]byte("<p>"))
	})
	c := newClient(t, fetch.Options{AllowPrivate: loopback()})
	_, err := c.Get(t.Context(), fetch.Request{URL: s.URL})
	wantKind(t, err, fetch.TooLarge)
}

// 200 MB of zeros end at the cap, in memory far below it.
func TestBombs(t *testing.T) {
	zeros := make([]byte, 1<<20)
	for coding, size := range map[string]int{"gzip": 200, "deflate": 40, "br": 40, "zstd": 40} {
		t.Run(coding, func(t *testing.T) {
			var bomb bytes.Buffer
			w := packers()[coding](&bomb)
			for range size {
				if _, err := w.Write(zeros); err != nil {
					t.Fatal(err)
				}
			}
			if err := w.Close(); err != nil {
				t.Fatal(err)
			}
			s := serve(t, packed(coding, bomb.Bytes()))
			c := newClient(t, fetch.Options{AllowPrivate: loopback()})
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			res, err := c.Get(t.Context(), fetch.Request{URL: s.URL, MaxBytes: fetch.MaxImage})
			if err != nil {
				t.Fatal(err)
			}
			n, err := io.Copy(struct{ io.Writer }{io.Discard}, res.Body)
			runtime.ReadMemStats(&after)
			wantKind(t, err, fetch.TooLarge)
			if n != fetch.MaxImage {
				t.Errorf("%d bytes came through, want %d", n, fetch.MaxImage)
			}
			spent := after.TotalAlloc - before.TotalAlloc
			t.Logf("%d bytes packed; %d KB allocated in all", bomb.Len(), spent>>10)
			if spent > 12<<20 { // the window of zstd is 8 MB
				t.Errorf("%d bytes allocated for a body of %d", spent, n)
			}
		})
	}
}

// A bomb within a bomb is stopped at the first layer that passes the cap.
func TestBombOfTwoLayers(t *testing.T) {
	inner := bytes.Repeat(pack(t, "gzip", nil), 200_000) // 4.6 MB of nothing
	s := serve(t, packed("gzip, gzip", pack(t, "gzip", inner)))
	c := newClient(t, fetch.Options{AllowPrivate: loopback()})
	_, _, err := get(t, c, fetch.Request{URL: s.URL, MaxBytes: 1 << 20})
	wantKind(t, err, fetch.TooLarge)
}

func TestBodyAfterClose(t *testing.T) {
	s := serve(t, pages(map[string]string{"/": strings.Repeat("x", 100_000)}))
	c := newClient(t, fetch.Options{AllowPrivate: loopback()})
	res, err := c.Get(t.Context(), fetch.Request{URL: s.URL + "/"})
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := res.Body.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	}
	if n, err := res.Body.Read(make([]byte, 1)); n != 0 || !errors.Is(err, os.ErrClosed) {
		t.Errorf("read after close: %d, %v", n, err)
	}
}

func TestConnectionsAreUsedAgain(t *testing.T) {
	var mu sync.Mutex
	conns := 0
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/redirect":
			http.Redirect(w, r, "/", http.StatusFound)
		case "/missing":
			http.NotFound(w, r)
		case "/gzip":
			packed("gzip", pack(t, "gzip", []byte(strings.Repeat("page ", 10_000))))(w, r)
		default:
			_, _ = w.Write([]byte(strings.Repeat("page ", 10_000)))
		}
	}))
	s.Config.ConnState = func(_ net.Conn, st http.ConnState) {
		if st == http.StateNew {
			mu.Lock()
			conns++
			mu.Unlock()
		}
	}
	s.Start()
	t.Cleanup(s.Close)
	c := newClient(t, fetch.Options{AllowPrivate: loopback()})
	for range 3 {
		for _, path := range []string{"/", "/redirect", "/missing", "/gzip"} {
			_, _, err := get(t, c, fetch.Request{URL: s.URL + path})
			if path != "/missing" && err != nil {
				t.Fatal(err)
			}
		}
	}
	mu.Lock()
	defer mu.Unlock()
	if conns != 1 {
		t.Errorf("%d connections for 15 exchanges, want 1", conns)
	}
}

// A connection that is reset is not taken for broken data.
func TestResetWithinAPackedBody(t *testing.T) {
	s := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		w.Header().Set("Content-Length", "1000000")
		_, _ = w.Write(pack(t, "gzip", []byte(noise()))[:8000])
		_ = http.NewResponseController(w).Flush() // a test server's
		conn, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		_ = conn.(*net.TCPConn).SetLinger(0)
		_ = conn.Close()
	})
	c := newClient(t, fetch.Options{AllowPrivate: loopback()})
	_, _, err := get(t, c, fetch.Request{URL: s.URL})
	if e := asKind(t, err, ""); e.Kind != fetch.Reset && e.Kind != fetch.Truncated {
		t.Errorf("kind %q: %v", e.Kind, e)
	}
}
