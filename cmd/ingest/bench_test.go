package main

import (
	"bytes"
	"fmt"
	"image"
	"image/jpeg"
	"io/fs"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"ingest/openproject/openprojecttest"
)

// BenchmarkRun runs the whole program as a process of its own over n work
// packages, each with a page and an image of some 200 kB on an instant
// loopback site. It reports the process's largest resident memory, which must not grow
// with n.
func BenchmarkRun(b *testing.B) {
	for _, n := range []int{1000, 10000} {
		b.Run(fmt.Sprintf("new/%d", n), func(b *testing.B) { benchmarkRun(b, n, false) })
		b.Run(fmt.Sprintf("unchanged/%d", n), func(b *testing.B) { benchmarkRun(b, n, true) })
	}
}

func benchmarkRun(b *testing.B, n int, again bool) {
	config, tracker := benchWorld(b, n)
	if again { // the second run still looks at what the first could not have
		runOnce(b, config)
		runOnce(b, config)
	}
	tracker.ForgetRequests()
	var largest int64
	for b.Loop() {
		if !again {
			b.StopTimer()
			for _, dir := range []string{"content", "static"} {
				if err := os.RemoveAll(filepath.Join(filepath.Dir(config), dir)); err != nil {
					b.Fatal(err)
				}
			}
			b.StartTimer()
		}
		largest = max(largest, runOnce(b, config).SysUsage().(*syscall.Rusage).Maxrss)
	}
	b.ReportMetric(float64(largest)/1024, "MB-resident")
	if again {
		b.ReportMetric(float64(len(tracker.Requests()))/float64(b.N), "requests")
	}
	b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "wp/s")
}

// BenchmarkRender makes 10,000 documents again from the state on one core, as a
// process of its own, when nothing has changed.
func BenchmarkRender(b *testing.B) {
	const n = 10000
	config, _ := benchWorld(b, n)
	runOnce(b, config)
	before := newest(b, filepath.Dir(config))
	b.Setenv("GOMAXPROCS", "1")
	var largest int64
	var spent time.Duration
	for b.Loop() {
		r := runOnce(b, config, "render")
		largest = max(largest, r.SysUsage().(*syscall.Rusage).Maxrss)
		spent += r.UserTime() + r.SystemTime()
	}
	b.ReportMetric(float64(largest)/1024, "MB-resident")
	b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "wp/s")
	b.ReportMetric(spent.Seconds()/float64(b.N), "cpu-s/op") // what it would take alone on its core
	if after := newest(b, filepath.Dir(config)); after != before {
		b.Errorf("a file of the tree was written: %v, the newest was of %v", after, before)
	}
}

// newest is the time of the last change in the tree.
func newest(b *testing.B, dir string) (at time.Time) {
	b.Helper()
	for _, root := range []string{"content", "static"} {
		err := filepath.WalkDir(filepath.Join(dir, root), func(_ string, d fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			info, err := d.Info()
			if err == nil && info.ModTime().After(at) {
				at = info.ModTime()
			}
			return err
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	return at
}

// runOnce runs the program and returns what its process took.
func runOnce(b *testing.B, config string, args ...string) *os.ProcessState {
	b.Helper()
	child := exec.CommandContext(b.Context(), os.Args[0], append([]string{"--config", config}, args...)...)
	child.Env = append(os.Environ(), childVariable+"=1")
	if out, err := child.Output(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	return child.ProcessState
}

// benchWorld starts a tracker with n work packages and a site, and returns the
// configuration's path and the tracker.
func benchWorld(b *testing.B, n int) (string, *openprojecttest.Tracker) {
	b.Helper()
	picture := benchPicture(b)
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/i.jpg", "/favicon.ico":
			w.Header().Set("Content-Type", "image/jpeg")
			_, _ = w.Write(picture)
		default:
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			fmt.Fprintf(w, `<!DOCTYPE html><html lang="en"><head><title>Page %s</title><meta property="og:image" content="/i.jpg"><meta name="description" content="A page."></head><body><h1>Page</h1></body></html>`, r.URL.Path)
		}
	}))
	b.Cleanup(site.Close)
	tracker := openprojecttest.Curation(openprojecttest.Options{APIKey: "k"})
	first := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	for i := range n {
		tracker.Add(openprojecttest.WorkPackage{ID: int64(i + 1), CreatedAt: first.Add(time.Duration(i) * 10 * time.Minute), Subject: fmt.Sprintf("Item %d", i+1), Description: "A body of some words.",
			Fields: map[string]any{"Source URL": fmt.Sprintf("%s/p/%d?utm_source=bench", site.URL, i+1), "Medigy Topics": []string{"Topic"}}})
	}
	if err := tracker.Start("127.0.0.1:0"); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(tracker.Close)
	config := filepath.Join(b.TempDir(), "config.yaml")
	text := fmt.Sprintf("tracker: {url: %q, api_key: k, project: medigy-curation, fields: {source_url: Source URL, topics: Medigy Topics}}\n"+
		"scrape: {per_host: {concurrency: 8, interval: 0s}, allow_private_hosts: [127.0.0.1]}\n", tracker.URL())
	if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
		b.Fatal(err)
	}
	return config, tracker
}

// benchPicture is a JPEG of noise, which does not compress.
func benchPicture(b *testing.B) []byte {
	b.Helper()
	noise := image.NewGray(image.Rect(0, 0, 600, 400))
	random := rand.New(rand.NewPCG(1, 2))
	for i := range noise.Pix {
		noise.Pix[i] = byte(random.Uint32())
	}
	var picture bytes.Buffer
	if err := jpeg.Encode(&picture, noise, nil); err != nil {
		b.Fatal(err)
	}
	return picture.Bytes()
}
