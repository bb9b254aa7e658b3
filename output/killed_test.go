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
		killAfter(t, 1+kill, "OUTPUT_TEST_KILLED="+dir)
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

// stepDone is what a process that is to be killed prints after each step.
const stepDone = "step done"

// killAfter runs the test again in a process of its own, with a setting that makes
// it write without end, and kills it in the middle of the step after so many.
func killAfter(t *testing.T, steps int, setting string) {
	t.Helper()
	child := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^"+t.Name()+"$")
	child.Env = append(os.Environ(), setting)
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	done := 0
	for done < steps && lines.Scan() && lines.Text() == stepDone {
		done++
	}
	if err := child.Process.Kill(); err != nil {
		t.Errorf("kill: %v", err)
	}
	_ = child.Wait() // it was killed
	if done < steps {
		t.Fatalf("it ended after %d of %d steps: %s", done, steps, lines.Text())
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
			fmt.Println(stepDone)
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
