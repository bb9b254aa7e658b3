package main

import (
	"context"
	"regexp"
	"strings"
)

// cost is one line of a benchmark: its name and its figures as `go test`
// prints them.
type cost struct{ name, figures string }

// costs runs the benchmarks whose figures the README promises, one thread each.
func (s *scorer) costs(ctx context.Context) ([]cost, error) {
	var all []cost
	for _, run := range [][]string{
		{"-bench", "^BenchmarkClean$", "-benchmem", "./enrich/urlclean"},
		{"-bench", "^BenchmarkCorpus$", "-benchtime", "1x", "./enrich/page"},
	} {
		out, err := s.output(ctx, "", "go", append([]string{"test", "-run", "^$", "-cpu", "1"}, run...)...)
		if err != nil {
			return nil, err
		}
		all = append(all, benchmarks(string(out))...)
	}
	return all, nil
}

// benchmarks picks the lines of results out of what `go test -bench` prints.
func benchmarks(out string) []cost {
	line := regexp.MustCompile(`^Benchmark(\S+)\s+\d+\s+(.*)$`)
	var found []cost
	for text := range strings.Lines(out) {
		if m := line.FindStringSubmatch(strings.TrimSpace(text)); m != nil {
			figures := strings.Join(strings.FieldsFunc(m[2], func(r rune) bool { return r == '\t' }), ", ")
			found = append(found, cost{strings.ReplaceAll(m[1], "_", " "), strings.Join(strings.Fields(figures), " ")})
		}
	}
	return found
}
