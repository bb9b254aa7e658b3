package lines_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"ingest/cmd/ingest/internal/lines"
)

// longest is more than the reader's buffer.
const longest = 1 << 20

func all(t *testing.T, input string) []string {
	t.Helper()
	r := lines.NewReader(strings.NewReader(input), longest)
	var got []string
	for {
		line, err := r.Next()
		if errors.Is(err, io.EOF) {
			return got
		}
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, line)
	}
}

func TestReader(t *testing.T) {
	long := strings.Repeat("x", 200<<10) // longer than the reader's buffer
	for name, test := range map[string]struct {
		input string
		want  []string
	}{
		"nothing":               {"", nil},
		"no newline at the end": {"a\nb", []string{"a", "b"}},
		"empty lines count":     {"\n\r\n", []string{"", ""}},
		"a byte order mark":     {"\ufeffa\n\ufeffb", []string{"a", "\ufeffb"}},
		"only one \\r goes":     {"a\r\r\n", []string{"a\r"}},
		"long line":             {long + "\nb\n", []string{long, "b"}},
	} {
		t.Run(name, func(t *testing.T) {
			if got := all(t, test.input); !slices.Equal(got, test.want) {
				t.Errorf("got %d lines %.80q, want %d", len(got), got, len(test.want))
			}
		})
	}
}

// A line without end must not fill the memory; what follows is read.
func TestLineTooLong(t *testing.T) {
	r := lines.NewReader(strings.NewReader("a\n"+strings.Repeat("x", longest+1)+"\nb\n"), longest)
	if line, err := r.Next(); line != "a" || err != nil {
		t.Fatalf("first line %q, %v", line, err)
	}
	line, err := r.Next()
	if long, ok := errors.AsType[*lines.TooLongError](err); !ok || long.Line != 2 || len(line) != longest {
		t.Errorf("second line of %d bytes, error %v", len(line), err)
	}
	if line, err := r.Next(); line != "b" || err != nil {
		t.Errorf("third line %q, %v", line, err)
	}
}

func TestMapKeepsOrderAndBounds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var input strings.Builder
		for i := range 100 {
			fmt.Fprintln(&input, i)
		}
		var atOnce, most atomic.Int32
		work := func(_ context.Context, line lines.Line) string {
			if now := atOnce.Add(1); now > most.Load() {
				most.Store(now)
			}
			defer atOnce.Add(-1)
			time.Sleep(time.Duration(100-line.Number) * time.Millisecond) // the first is the slowest
			return fmt.Sprintf("%d:%s", line.Number, line.Text)
		}
		var got []string
		err := lines.Map(t.Context(), lines.NewReader(strings.NewReader(input.String()), longest), 4, work, func(answer string, _ bool) error {
			got = append(got, answer)
			return nil
		})
		if err != nil || len(got) != 100 || got[0] != "1:0" || got[99] != "100:99" || !slices.IsSortedFunc(got, byNumber) {
			t.Errorf("err %v, %d answers: %v", err, len(got), got)
		}
		if most.Load() != 4 {
			t.Errorf("%d at once, want 4", most.Load())
		}
	})
}

func byNumber(a, b string) int {
	var x, y int
	fmt.Sscanf(a, "%d:", &x) //nolint:errcheck // a wrong number fails the comparison
	fmt.Sscanf(b, "%d:", &y) //nolint:errcheck // as above
	return x - y
}

func TestMapEndsWithTheFirstError(t *testing.T) {
	broken := errors.New("broken pipe")
	echo := func(_ context.Context, line lines.Line) string { return line.Text }
	err := lines.Map(t.Context(), lines.NewReader(strings.NewReader("a\nb\n"), longest), 2, echo, func(string, bool) error { return broken })
	if !errors.Is(err, broken) {
		t.Errorf("error of write: got %v", err)
	}
	err = lines.Map(t.Context(), lines.NewReader(io.MultiReader(strings.NewReader("a\n"), failing{broken}), longest), 2, echo, func(string, bool) error { return nil })
	if !errors.Is(err, broken) {
		t.Errorf("error of the stream: got %v", err)
	}
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

// A person who presses Ctrl-C while the program waits for input gets out.
func TestMapEndsWhenToldTo(t *testing.T) {
	in, feed := io.Pipe()
	defer feed.Close() //nolint:errcheck // a pipe in memory
	stop := errors.New("stop")
	ctx, cancel := context.WithCancelCause(t.Context())
	go func() {
		fmt.Fprintln(feed, "a")
		cancel(stop)
	}()
	err := lines.Map(ctx, lines.NewReader(in, longest), 1, func(context.Context, lines.Line) int { return 0 }, func(int, bool) error { return nil })
	if !errors.Is(err, stop) {
		t.Errorf("got %v, want %v", err, stop)
	}
}
