package notify_test

import "context"

// facts remembers one value.
type facts struct{ value string }

func (f *facts) Fact(context.Context, string) (string, error) { return f.value, nil }

func (f *facts) SetFact(_ context.Context, _, value string) error {
	f.value = value
	return nil
}
