package state

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"math"

	"ingest/pipeline"
)

// PastItem is what a run of the past made of one work package.
type PastItem struct {
	Run  *pipeline.Report // without its items and links
	Item pipeline.ItemReport
}

// Past tells what the kept runs made of a work package, the newest first, at most
// n times.
func (d *DB) Past(ctx context.Context, id int64, n int) ([]PastItem, error) {
	past, err := pastOf(d.reports(ctx), id, n)
	return past, fail(ctx, d.path, fmt.Sprintf("read past runs of entry %d", id), err)
}

// RunHeads returns the last n reports without their items and links, the newest
// first. A report of a hundred thousand items is long; its head is not.
func (d *DB) RunHeads(ctx context.Context, n int) ([]*pipeline.Report, error) {
	heads, err := headsOf(d.reports(ctx), n)
	return heads, fail(ctx, d.path, "read runs", err)
}

// FindRun returns the latest report whose head is the one that is sought, nil when
// there is none.
func (d *DB) FindRun(ctx context.Context, sought func(head *pipeline.Report) bool) (*pipeline.Report, error) {
	report, err := find(d.reports(ctx), sought)
	return report, fail(ctx, d.path, "read run", err)
}

// reports yields the JSON of each report, the newest first, one at a time.
func (d *DB) reports(ctx context.Context) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		for before := int64(math.MaxInt64); ; {
			var report []byte
			err := d.read.QueryRowContext(ctx, "SELECT id, report FROM run WHERE id < ? ORDER BY id DESC LIMIT 1", before).Scan(&before, blob{&report, d.packer})
			if errors.Is(err, sql.ErrNoRows) || !yield(report, err) || err != nil {
				return
			}
		}
	}
}

func pastOf(reports iter.Seq2[[]byte, error], id int64, n int) (past []PastItem, err error) {
	for report, err := range reports {
		if err != nil || len(past) >= n {
			return past, err
		}
		item, err := itemOf(report, id)
		if err != nil {
			return nil, err
		}
		if item == nil {
			continue
		}
		head, err := headOf(report)
		if err != nil {
			return nil, err
		}
		past = append(past, PastItem{head, *item})
	}
	return past, nil
}

func headsOf(reports iter.Seq2[[]byte, error], n int) (heads []*pipeline.Report, err error) {
	for report, err := range reports {
		if err != nil || len(heads) >= n {
			return heads, err
		}
		head, err := headOf(report)
		if err != nil {
			return nil, err
		}
		heads = append(heads, head)
	}
	return heads, nil
}

func find(reports iter.Seq2[[]byte, error], sought func(head *pipeline.Report) bool) (*pipeline.Report, error) {
	for report, err := range reports {
		if err != nil {
			return nil, err
		}
		head, err := headOf(report)
		if err != nil {
			return nil, err
		}
		if sought(head) {
			found := &pipeline.Report{}
			return found, json.Unmarshal(report, found)
		}
	}
	return nil, nil
}

// itemOf reads one item out of the JSON of a report, nil when it is not there. It
// relies on how SaveRun has written it: no text holds the quotes that are sought,
// since in a text they have a backslash before them. The links of a report begin
// as its items do and have no outcome.
func itemOf(report []byte, id int64) (*pipeline.ItemReport, error) {
	at := bytes.Index(report, fmt.Appendf(nil, `{"id":%d,"subject":`, id))
	if at < 0 {
		return nil, nil
	}
	item := &pipeline.ItemReport{}
	if err := json.NewDecoder(bytes.NewReader(report[at:])).Decode(item); err != nil || item.Outcome == "" {
		return nil, err
	}
	return item, nil
}

// headOf reads a report up to its items, which SaveRun has written last.
func headOf(report []byte) (*pipeline.Report, error) {
	if at := bytes.Index(report, []byte(`,"items":`)); at >= 0 {
		report = append(report[:at:at], '}')
	}
	head := &pipeline.Report{}
	return head, json.Unmarshal(report, head)
}
