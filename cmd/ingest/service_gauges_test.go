package main

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"runtime"
	"slices"
	"testing"
	"time"
)

// sample is what the service holds at a moment, after a garbage collection.
type sample struct {
	resident, heap    int64 // bytes
	goroutines, files int
}

func mega(bytes int64) float64 { return float64(bytes) / (1 << 20) }

// gauge is one figure of a sample, and what of it comes and goes with pools and
// caches that fill: more, besides a tenth.
type gauge struct {
	what string
	of   func(sample) float64
	more float64
}

// held is what is given back with the run or the answer that holds it.
func held() []gauge {
	return []gauge{
		{"live heap MB", func(s sample) float64 { return mega(s.heap) }, 4},
		{"goroutines", func(s sample) float64 { return float64(s.goroutines) }, 12},
		{"open files", func(s sample) float64 { return float64(s.files) }, 8},
	}
}

// grown tells whether a figure is more than it was in general at first.
func (g gauge) grown(first, now float64) bool { return now > first*1.1+g.more }

// general is the median over a part of the samples, since one that meets a run has more.
func (g gauge) general(part []sample) float64 {
	values := make([]float64, len(part))
	for i, s := range part {
		values[i] = g.of(s)
	}
	slices.Sort(values)
	return values[len(values)/2]
}

// flat holds the last third of the samples against the first. Only resident memory is
// judged by that, which the system takes back late: of all else more is held while
// more samples meet a run, which depends on what else the cores have to do.
func flat(t *testing.T, samples []sample) {
	t.Helper()
	third := len(samples) / 3
	if third == 0 {
		t.Fatalf("%d samples are too few", len(samples))
	}
	memory := gauge{"resident MB", func(s sample) float64 { return mega(s.resident) }, 20}
	for _, g := range append(held(), memory) {
		first, last := g.general(samples[:third]), g.general(samples[len(samples)-third:])
		t.Logf("%s: %.1f in the first third, %.1f in the last", g.what, first, last)
		if g.what == memory.what && g.grown(first, last) {
			t.Errorf("%s grow: %.1f in the first third, %.1f in the last", g.what, first, last)
		}
	}
}

// rests waits until the service, whose work is over, holds no more than it did in the
// first third, at work. What has leaked stays.
func rests(t *testing.T, samples []sample, ask func(n int) sample) {
	t.Helper()
	early, patience := samples[:len(samples)/3], time.Now().Add(30*time.Second)
	for n := len(samples) + 1; ; n++ {
		s := ask(n)
		left := slices.DeleteFunc(held(), func(g gauge) bool { return !g.grown(g.general(early), g.of(s)) })
		if len(left) == 0 {
			t.Logf("at rest: %.1f MB of live heap, %d goroutines, %d open files", mega(s.heap), s.goroutines, s.files)
			return
		}
		if time.Now().After(patience) {
			for _, g := range left {
				t.Errorf("%s grow: %.1f in the first third, %.1f when the work is over", g.what, g.general(early), g.of(s))
			}
			return
		}
		time.Sleep(200 * time.Millisecond)
	}
}

// sample waits for the nth answer of the process about itself.
func (v *servedSite) sample(t *testing.T, n int) (s sample) {
	t.Helper()
	line := v.log.await(t, `gauges: (.*)\n`, n)[1]
	if _, err := fmt.Sscanf(line, "%d goroutines, %d bytes", &s.goroutines, &s.heap); err != nil {
		t.Fatalf("%q: %v", line, err)
	}
	s.resident, _ = resident(v.process.Process.Pid)
	s.files = openFiles(v.process.Process.Pid)
	return s
}

// gaugeRequests is the standard input of a service that is asked about itself.
func gaugeRequests(t *testing.T, ask <-chan struct{}) *os.File {
	t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = errors.Join(w.Close(), r.Close()) })
	go func() {
		for {
			select {
			case <-t.Context().Done():
				return
			case <-ask:
				fmt.Fprintln(w)
			}
		}
	}()
	return r
}

// gaugesVariable makes a child tell of itself for each line of its input.
const gaugesVariable = "INGEST_TEST_GAUGES"

func tellGauges() {
	if os.Getenv(gaugesVariable) == "" {
		return
	}
	go func() {
		for lines := bufio.NewScanner(os.Stdin); lines.Scan(); {
			runtime.GC()
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			fmt.Fprintf(os.Stderr, "gauges: %d goroutines, %d bytes\n", runtime.NumGoroutine(), m.HeapAlloc)
		}
	}()
}

// serveWith starts the service with an input.
func (s *killSite) serveWith(t *testing.T, stdin *os.File) *servedSite {
	t.Helper()
	return s.begin(t, func(v *servedSite) {
		v.process.Stdin = stdin
		v.process.Env = append(v.process.Env, gaugesVariable+"=1")
	}, "serve")
}
