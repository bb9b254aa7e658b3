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

// TooLongError says that a line is longer than the Reader takes.
type TooLongError struct{ Line, Max int }

// Error names the line.
func (e *TooLongError) Error() string {
	return fmt.Sprintf("line %d is longer than %d MiB", e.Line, e.Max>>20)
}

// Hint says what to do.
func (e *TooLongError) Hint() string { return "give one item a line" }

// Reader gives the lines of a stream.
type Reader struct {
	in      *bufio.Reader
	number  int
	longest int
}

// NewReader returns a Reader of r whose lines may be as long as longest, in bytes.
func NewReader(r io.Reader, longest int) *Reader {
	return &Reader{in: bufio.NewReaderSize(r, 64<<10), longest: longest}
}

// byteOrderMark is what some editors put before the first line.
const byteOrderMark = "\ufeff"

// Next returns the next line without its end ("\n" or "\r\n"), or io.EOF; the
// first one without a byte order mark. A line that is too long is passed over
// and gives a [*TooLongError] with its beginning; reading can go on.
func (r *Reader) Next() (string, error) {
	var line []byte
	r.number++
	for {
		chunk, err := r.in.ReadSlice('\n')
		if len(line) <= r.longest {
			line = append(line, chunk...)
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case err != nil && (!errors.Is(err, io.EOF) || len(line) == 0):
			return "", err
		case len(line) > r.longest:
			return string(line[:r.longest]), &TooLongError{r.number, r.longest}
		case r.number == 1:
			line = bytes.TrimPrefix(line, []byte(byteOrderMark))
		}
		line = bytes.TrimSuffix(line, []byte("\n"))
		return string(bytes.TrimSuffix(line, []byte("\r"))), nil
	}
}
