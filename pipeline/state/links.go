package state

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"iter"
	"math"
	"slices"

	"ingest/enrich/linkhealth"
	"ingest/pipeline"
)

var _ pipeline.LinkStore = (*DB)(nil)

// LinkHealth returns what is known of the link of a work package, nil when that
// is nothing.
func (d *DB) LinkHealth(ctx context.Context, id int64) (*pipeline.LinkHealth, error) {
	found, err := d.links(ctx, "SELECT health FROM link WHERE entry = ?", id)
	if err != nil || len(found) == 0 {
		return nil, fail(ctx, d.path, fmt.Sprintf("read the link of entry %d", id), err)
	}
	return found[0], nil
}

// linkChunk is how many links are read at a time.
const linkChunk = 256

// LinkHealths yields what is known of all links in one of the given states, of
// all links when none is given, in the order of their ids.
func (d *DB) LinkHealths(ctx context.Context, states ...linkhealth.State) iter.Seq2[*pipeline.LinkHealth, error] {
	return func(yield func(*pipeline.LinkHealth, error) bool) {
		for last := int64(math.MinInt64); ; {
			found, err := d.links(ctx, "SELECT health FROM link WHERE entry > ? AND (?2 OR state IN (SELECT value FROM json_each(?3))) ORDER BY entry LIMIT ?4",
				last, len(states) == 0, jsonList(states), linkChunk)
			if err != nil {
				yield(nil, fail(ctx, d.path, "read links", err))
				return
			}
			for _, h := range found {
				if last = h.ID; !yield(h, nil) {
					return
				}
			}
			if len(found) < linkChunk {
				return
			}
		}
	}
}

// jsonList is a list of words as SQLite's JSON functions read it.
func jsonList(states []linkhealth.State) string {
	text, _ := json.Marshal(slices.Concat([]linkhealth.State{}, states)) // a list of strings does not fail
	return string(text)
}

func (d *DB) links(ctx context.Context, query string, args ...any) (found []*pipeline.LinkHealth, err error) {
	rows, err := d.read.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	err = each(rows, func() error {
		var text []byte
		if err := rows.Scan(blob{&text, d.packer}); err != nil {
			return err
		}
		h := new(pipeline.LinkHealth)
		found = append(found, h)
		return json.Unmarshal(text, h)
	})
	return found, err
}

// PutLinkHealth remembers what is known of links, all of them or none.
func (d *DB) PutLinkHealth(ctx context.Context, all ...*pipeline.LinkHealth) error {
	const q = "INSERT OR REPLACE INTO link (entry, state, health) SELECT id, ?2, ?3 FROM entry WHERE id = ?1"
	return fail(ctx, d.path, "remember links", within(ctx, d.write, nil, func(tx *sql.Tx) error {
		for _, h := range all {
			text, err := json.Marshal(h)
			if err != nil {
				return err
			}
			if _, err := tx.ExecContext(ctx, q, h.ID, string(h.Verdict.State), blob{&text, d.packer}); err != nil {
				return err
			}
		}
		return nil
	}))
}
