package lines

import (
	"context"
	"errors"
	"io"
)

// Line is one line of the input.
type Line struct {
	Number int // counted from 1
	Text   string
	Err    error // a [*TooLongError]; Text is its beginning then
}

// Map works on up to workers lines at once and hands each answer to write in
// the order of the lines; more says whether another answer is on its way
// already, so that a writer knows when to show what it holds. Memory stays with
// a few answers a worker, however long the input. The first error of write, of
// the stream, or of ctx ends it; a reader that blocks then is left behind, since
// nothing can wake it.
func Map[T any](ctx context.Context, in *Reader, workers int, work func(context.Context, Line) T, write func(answer T, more bool) error) error {
	inner, cancel := context.WithCancel(ctx)
	defer cancel()
	answers := make(chan chan T, 2*workers)
	ended := make(chan error, 1)
	go func() {
		ended <- feed(inner, in, workers, work, answers)
		close(answers)
	}()
	for {
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case answer, ok := <-answers:
			if !ok {
				return <-ended
			}
			if err := write(<-answer, len(answers) > 0); err != nil {
				return err
			}
		}
	}
}

// feed starts the work on each line and queues where its answer will stand.
func feed[T any](ctx context.Context, in *Reader, workers int, work func(context.Context, Line) T, answers chan<- chan T) error {
	places := make(chan struct{}, workers)
	for number := 1; ; number++ {
		text, err := in.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if _, long := errors.AsType[*TooLongError](err); err != nil && !long {
			return err
		}
		answer := make(chan T, 1)
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case places <- struct{}{}:
		}
		go func() {
			answer <- work(ctx, Line{Number: number, Text: text, Err: err})
			<-places
		}()
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case answers <- answer:
		}
	}
}
