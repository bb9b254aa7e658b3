// Package hinttest holds the contract of a queue of hints, for every engine that
// keeps one.
package hinttest

import (
	"context"
	"errors"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"ingest/pipeline/hint"
)

// Queue is what the contract is about.
type Queue interface {
	Add(h hint.Hint) error
	Take(ctx context.Context, limit int) ([]hint.Hint, error)
	TryTake(limit int, wanted func(hint.Hint) bool) []hint.Hint
	Done(ids ...int64)
	Return(ids ...int64)
	Waiting() []hint.Hint
	Pending(id int64) (waits, taken bool)
}

// Test holds a queue to the contract. open makes an empty one that waits a
// second of quiet and at most three, and holds a hundred work packages. It is
// called inside a synctest bubble.
func Test(t *testing.T, open func() Queue) {
	cases := map[string]func(t *testing.T, q Queue){
		"a burst on one id is one job":                         burst,
		"an urgent hint is taken at once and first":            urgent,
		"a repeated hint waits no longer than the longest":     longest,
		"a hint while in work waits for Done":                  again,
		"what is returned has its old place":                   returned,
		"a comment is not lost behind a click":                 comment,
		"only what is wanted is taken":                         wanted,
		"the order of coming is kept and the limit held":       order,
		"a full queue says so and still joins what it has":     full,
		"Take ends with its context":                           ends,
		"Take wakes for a hint that comes while it is waiting": wakes,
	}
	for name, test := range cases {
		t.Run(name, func(t *testing.T) { synctest.Test(t, func(t *testing.T) { test(t, open()) }) })
	}
}

func burst(t *testing.T, q Queue) {
	for range 50 {
		add(t, q, 1, false)
	}
	expect(t, q.TryTake(9, nil)) // not yet
	time.Sleep(time.Second)
	expect(t, q.TryTake(9, nil), 1)
	expect(t, q.TryTake(9, nil))
}

func urgent(t *testing.T, q Queue) {
	add(t, q, 1, false)
	time.Sleep(time.Second)
	add(t, q, 2, true)
	add(t, q, 3, false)
	add(t, q, 3, true) // a click on what a webhook named already
	expect(t, q.Waiting(), 2, 3, 1)
	got := q.TryTake(9, nil)
	expect(t, got, 2, 3, 1)
	if len(got) == 3 && !got[1].Urgent {
		t.Errorf("the click on 3 is not urgent: %+v", got[1])
	}
}

func longest(t *testing.T, q Queue) {
	for range 6 { // a hint every half second never leaves a second of quiet
		add(t, q, 1, false)
		time.Sleep(500 * time.Millisecond)
	}
	expect(t, q.TryTake(9, nil), 1)
}

func again(t *testing.T, q Queue) {
	add(t, q, 1, true)
	expect(t, q.TryTake(9, nil), 1)
	add(t, q, 1, true)
	expect(t, q.TryTake(9, nil))
	if waits, taken := q.Pending(1); !waits || !taken {
		t.Errorf("Pending(1) = %t, %t, want both", waits, taken)
	}
	q.Done(1)
	expect(t, q.TryTake(9, nil), 1)
	q.Done(1)
	expect(t, q.TryTake(9, nil))
	if waits, taken := q.Pending(1); waits || taken {
		t.Errorf("Pending(1) = %t, %t, want neither", waits, taken)
	}
}

func returned(t *testing.T, q Queue) {
	add(t, q, 1, true)
	add(t, q, 2, true)
	expect(t, q.TryTake(1, nil), 1)
	add(t, q, 1, false) // meanwhile
	q.Return(1, 7)      // 7 was not taken
	q.Return(1)
	if waits, taken := q.Pending(1); !waits || taken {
		t.Errorf("Pending(1) = %t, %t, want it to wait", waits, taken)
	}
	if got := q.Waiting(); len(got) != 2 || !got[0].Urgent || got[0].ID != 1 {
		t.Errorf("waiting %v, want 1 before 2, as urgent as it was", got)
	}
	expect(t, q.TryTake(9, nil), 1, 2)
	q.Return(2)
	q.Done(1, 2)
	expect(t, q.TryTake(9, nil), 2)
}

func comment(t *testing.T, q Queue) {
	click, word := hint.Hint{ID: 1, Trigger: hint.Page, Urgent: true}, hint.Hint{ID: 1, Trigger: hint.Comment, Urgent: true}
	for _, order := range [][]hint.Hint{{click, word}, {word, click}} {
		for _, h := range order {
			if err := q.Add(h); err != nil {
				t.Fatal(err)
			}
		}
		if got := q.TryTake(9, nil); len(got) != 1 || got[0] != word {
			t.Errorf("took %v of %v, want the comment", got, order)
		}
		q.Done(1)
	}
}

func wanted(t *testing.T, q Queue) {
	add(t, q, 1, true)
	add(t, q, 2, true)
	expect(t, q.TryTake(9, func(h hint.Hint) bool { return h == hint.Hint{ID: 2, Trigger: hint.Webhook, Urgent: true} }), 2)
	expect(t, q.TryTake(9, nil), 1)
}

func order(t *testing.T, q Queue) {
	for _, id := range []int64{7, 3, 5} {
		add(t, q, id, true)
	}
	expect(t, q.TryTake(2, nil), 7, 3)
	expect(t, q.TryTake(2, nil), 5)
}

func full(t *testing.T, q Queue) {
	for id := range int64(100) {
		add(t, q, id+1, false)
	}
	err := q.Add(hint.Hint{ID: 101})
	if full, ok := errors.AsType[*hint.FullError](err); !ok || full.Limit != 100 {
		t.Errorf("the 101st: %v, want a FullError", err)
	}
	add(t, q, 100, true)
}

func ends(t *testing.T, q Queue) {
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	if hints, err := q.Take(ctx, 1); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("Take = %v, %v, want the context's error", hints, err)
	}
}

func wakes(t *testing.T, q Queue) {
	started := time.Now()
	go func() {
		time.Sleep(time.Minute)
		add(t, q, 4, false)
	}()
	hints, err := q.Take(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	expect(t, hints, 4)
	if waited := time.Since(started); waited != time.Minute+time.Second {
		t.Errorf("taken after %v, want a minute and the second of quiet", waited)
	}
}

func add(t *testing.T, q Queue, id int64, urgent bool) {
	t.Helper()
	if err := q.Add(hint.Hint{ID: id, Trigger: hint.Webhook, Urgent: urgent}); err != nil {
		t.Error(err)
	}
}

func expect(t *testing.T, got []hint.Hint, want ...int64) {
	t.Helper()
	var ids []int64
	for _, h := range got {
		ids = append(ids, h.ID)
	}
	if !slices.Equal(ids, want) {
		t.Errorf("work packages %v, want %v", ids, want)
	}
}
