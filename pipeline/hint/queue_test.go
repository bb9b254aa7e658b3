package hint_test

import (
	"testing"
	"time"

	"ingest/pipeline/hint"
	"ingest/pipeline/hint/hinttest"
)

func TestQueue(t *testing.T) {
	hinttest.Test(t, func() hinttest.Queue {
		return &hint.Queue{Quiet: time.Second, Longest: 3 * time.Second, Limit: 100}
	})
}
