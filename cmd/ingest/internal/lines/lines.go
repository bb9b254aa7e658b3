// Package lines reads and writes one thing a line, for commands that stand in
// a pipe.
//
// A [Reader] gives lines without their ends, holds only one in memory, and
// bounds how long it may be. [Map] works on many lines at once and writes the
// answers in the order of the lines.
package lines

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
)

// Max bounds one line, in bytes: far above the longest address that a browser
// opens (2 MB in Chromium), far below what hurts.
const Max = 16 << 20

// TooLongError says that a line is longer than [Max].
type TooLongError struct{ Line int }

// Error names the line.
func (e *TooLongError) Error() string {
	return fmt.Sprintf("line %d is longer than %d MiB", e.Line, Max>>20)
}

// Hint says what to do.
func (e *TooLongError) Hint() string { return "give one item a line" }

// Reader gives the lines of a stream.
type Reader struct {
	in     *bufio.Reader
	number int
}

// NewReader returns a Reader of r.
func NewReader(r io.Reader) *Reader { return &Reader{in: bufio.NewReaderSize(r, 64<<10)} }

// Next returns the next line without its end ("\n" or "\r\n"), or io.EOF. A
// line longer than [Max] is passed over and gives a [*TooLongError] with its
// beginning; reading can go on.
func (r *Reader) Next() (string, error) {
	var line []byte
	r.number++
	for {
		chunk, err := r.in.ReadSlice('\n')
		if len(line) <= Max {
			line = append(line, chunk...)
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case err != nil && (!errors.Is(err, io.EOF) || len(line) == 0):
			return "", err
		case len(line) > Max:
			return string(line[:Max]), &TooLongError{r.number}
		}
		line = bytes.TrimSuffix(line, []byte("\n"))
		return string(bytes.TrimSuffix(line, []byte("\r"))), nil
	}
}
