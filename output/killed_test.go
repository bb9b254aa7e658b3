package output_test

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"

	"ingest/output"
)

// TestKilled kills a process in the middle of its writing, many times over:
// whatever is there is whole, and the next run ends in the tree that an
// undisturbed one makes.
func TestKilled(t *testing.T) {
	if dir := os.Getenv("OUTPUT_TEST_KILLED"); dir != "" {
		for round := 0; ; round++ {
			fill(t, site{dir, dir + "/content", dir + "/assets"}, round)
		}
	}
	undisturbed := newSite(t)
	fill(t, undisturbed, 1)
	want := undisturbed.files(t)

	dir := t.TempDir()
	s := site{dir, dir + "/content", dir + "/assets"}
	for kill := range 8 {
		child := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestKilled$")
		child.Env = append(os.Environ(), "OUTPUT_TEST_KILLED="+dir)
		out, err := child.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := child.Start(); err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(out)
		for range 1 + kill { // documents written; the next are under way
			lines.Scan()
		}
		if err := child.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = child.Wait() // it was killed
		whole(t, s)
	}
	fill(t, s, 1)
	got := s.files(t)
	for name, text := range want {
		name = strings.Replace(strings.Replace(name, "content/news", "content", 1), "static/news", "assets", 1)
		if got[name] != text {
			t.Errorf("%s differs from an undisturbed run's", name)
		}
		delete(got, name)
	}
	for name := range got {
		t.Errorf("%s is left over", name)
	}
}

const (
	killedDocuments = 5
	killedSize      = 100_000
)

// fill writes the documents of one round.
func fill(t *testing.T, s site, round int) {
	tree, err := output.Open(s.content, s.assets, output.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for id := int64(1); id <= killedDocuments; id++ {
		name, _ := tree.Name(id, "")
		letter := string(rune('a' + round%2))
		write(t, tree, taken(doc(id, name, letter, strings.Repeat(letter, killedSize), asset(name+".png", strings.Repeat(letter, killedSize)))))
		if os.Getenv("OUTPUT_TEST_KILLED") != "" {
			fmt.Println("written")
		}
	}
	if err := tree.Close(); err != nil {
		t.Fatal(err)
	}
}

// whole checks that every file is one of the two that were written.
func whole(t *testing.T, s site) {
	t.Helper()
	for name, text := range s.files(t) {
		if strings.Contains(name, "/.ingest-") {
			continue
		}
		a, b := strings.Count(text, "a"), strings.Count(text, "b")
		if strings.HasSuffix(name, ".png") && (a != killedSize || b != 0) && (b != killedSize || a != 0) ||
			!strings.HasSuffix(name, ".png") && max(a, b) < killedSize {
			t.Errorf("%s is torn: %d bytes", name, len(text))
		}
	}
}
