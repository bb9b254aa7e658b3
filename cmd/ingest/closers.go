package main

import (
	"errors"
	"slices"
)

// closers are what is to be closed in the end, the last one first.
type closers []func() error

func (c closers) close() error {
	var errs []error
	for _, closed := range slices.Backward(c) {
		errs = append(errs, closed())
	}
	return errors.Join(errs...)
}
