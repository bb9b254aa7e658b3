package state

import (
	"context"
	"encoding/json"
	"fmt"

	"ingest/pipeline"
)

var _ pipeline.LinkStore = (*Memory)(nil)

// LinkHealth returns what is known of the link of a work package, nil when that
// is nothing.
func (m *Memory) LinkHealth(ctx context.Context, id int64) (*pipeline.LinkHealth, error) {
	m.mu.Lock()
	text, known := m.links[id]
	m.mu.Unlock()
	if err := context.Cause(ctx); err != nil || !known {
		return nil, err
	}
	h := new(pipeline.LinkHealth)
	if err := json.Unmarshal(text, h); err != nil {
		return nil, fmt.Errorf("read the link of entry %d: %w", id, err)
	}
	return h, nil
}

// PutLinkHealth remembers what is known of links, all of them or none.
func (m *Memory) PutLinkHealth(ctx context.Context, all ...*pipeline.LinkHealth) error {
	made := make(map[int64][]byte)
	for _, h := range all {
		text, err := json.Marshal(h)
		if err != nil {
			return fmt.Errorf("remember links: %w", err)
		}
		made[h.ID] = text
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	if m.links == nil {
		m.links = make(map[int64][]byte)
	}
	for id, text := range made {
		if m.entries[id] != nil {
			m.links[id] = text
		}
	}
	return nil
}
