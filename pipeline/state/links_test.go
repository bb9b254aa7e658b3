package state_test

import (
	"testing"

	"ingest/pipeline"
	"ingest/pipeline/state"
	"ingest/pipeline/state/statetest"
)

func TestLinkContractOfDB(t *testing.T) {
	statetest.LinkStore(t, func(t *testing.T) pipeline.LinkStore { return open(t, t.TempDir(), state.Options{}) })
}

func TestLinkContractOfMemory(t *testing.T) {
	statetest.LinkStore(t, func(*testing.T) pipeline.LinkStore { return state.NewMemory() })
}
