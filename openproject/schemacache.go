package openproject

import (
	"context"
	"sync"
)

// maxSchemas bounds the cache. One entry per project and type that is read;
// beyond it the cache starts anew.
const maxSchemas = 1000

// schemaCache keeps schemas by href. Each is fetched once: whoever asks for one
// that is under way waits for it. The zero value is ready.
type schemaCache struct {
	mu      sync.Mutex
	entries map[string]*schemaEntry
}

// schemaEntry holds one schema; the token in turn is held while looking at it.
type schemaEntry struct {
	turn   chan struct{}
	schema *Schema
}

// put keeps a schema that came with a page; the newest wins.
func (c *schemaCache) put(s *Schema) {
	e := &schemaEntry{turn: make(chan struct{}, 1), schema: s}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.store(s.Href, e)
}

// get returns the schema from memory or from fetch. An error is not kept: the
// next caller tries again.
func (c *schemaCache) get(ctx context.Context, href string, fetch func() (*Schema, error)) (*Schema, error) {
	e := c.entry(href)
	select {
	case e.turn <- struct{}{}:
		defer func() { <-e.turn }()
	case <-ctx.Done():
		return nil, cancelled(ctx, "read schema")
	}
	if e.schema != nil {
		return e.schema, nil
	}
	s, err := fetch()
	if err != nil {
		return nil, err
	}
	e.schema = s
	return s, nil
}

func (c *schemaCache) entry(href string) *schemaEntry {
	c.mu.Lock()
	defer c.mu.Unlock()
	if e, ok := c.entries[href]; ok {
		return e
	}
	e := &schemaEntry{turn: make(chan struct{}, 1)}
	c.store(href, e)
	return e
}

func (c *schemaCache) store(href string, e *schemaEntry) {
	if c.entries == nil || len(c.entries) >= maxSchemas {
		c.entries = map[string]*schemaEntry{}
	}
	c.entries[href] = e
}
