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
	past, err := pastOf(d.reports(ctx), d.torn, id, n)
	return past, fail(ctx, d.path, fmt.Sprintf("read past runs of entry %d", id), err)
}

// RunHeads returns the last n reports without their items and links, the newest
// first. A report of a hundred thousand items is long; its head is not.
func (d *DB) RunHeads(ctx context.Context, n int) ([]*pipeline.Report, error) {
	heads, err := headsOf(d.reports(ctx), d.torn, n)
	return heads, fail(ctx, d.path, "read runs", err)
}

// FindRun returns the latest report whose head is the one that is sought, nil when
// there is none.
func (d *DB) FindRun(ctx context.Context, sought func(head *pipeline.Report) bool) (*pipeline.Report, error) {
	report, err := find(d.reports(ctx), d.torn, sought)
	return report, fail(ctx, d.path, "read run", err)
}

// reports yields the JSON of each report, the newest first, one at a time.
func (d *DB) reports(ctx context.Context) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		for before := int64(math.MaxInt64); ; {
			var packed []byte
			err := d.read.QueryRowContext(ctx, "SELECT id, report FROM run WHERE id < ? ORDER BY id DESC LIMIT 1", before).Scan(&before, &packed)
			if err != nil {
				if !errors.Is(err, sql.ErrNoRows) {
					yield(nil, err)
				}
				return
			}
			report, err := d.packer.unpack(packed)
			if err != nil {
				d.torn(err)
			} else if !yield(report, nil) {
				return
			}
		}
	}
}

// torn tells the log of a report that cannot be read and is passed over: it says how
// one run went, and those around it are told without it.
func (d *DB) torn(err error) {
	d.options.Logger.Warn("the report of a run cannot be read and is passed over", "path", d.path, "error", err)
}

// pastOf, headsOf and find pass over a report that cannot be read, and tell torn of it.
func pastOf(reports iter.Seq2[[]byte, error], torn func(error), id int64, n int) (past []PastItem, err error) {
	for report, err := range reports {
		if err != nil || len(past) >= n {
			return past, err
		}
		item, err := itemOf(report, id)
		if err == nil && item == nil {
			continue
		}
		head, headErr := headOf(report)
		if err = errors.Join(err, headErr); err != nil {
			torn(err)
			continue
		}
		past = append(past, PastItem{head, *item})
	}
	return past, nil
}

func headsOf(reports iter.Seq2[[]byte, error], torn func(error), n int) (heads []*pipeline.Report, err error) {
	for report, err := range reports {
		if err != nil || len(heads) >= n {
			return heads, err
		}
		head, err := headOf(report)
		if err != nil {
			torn(err)
			continue
		}
		heads = append(heads, head)
	}
	return heads, nil
}

func find(reports iter.Seq2[[]byte, error], torn func(error), sought func(head *pipeline.Report) bool) (*pipeline.Report, error) {
	for report, err := range reports {
		if err != nil {
			return nil, err
		}
		head, err := headOf(report)
		if err == nil && !sought(head) {
			continue
		}
		found := &pipeline.Report{}
		if err = errors.Join(err, json.Unmarshal(report, found)); err == nil {
			return found, nil
		}
		torn(err)
	}
	return nil, nil
}

// wholeOf reads the last n reports.
func wholeOf(reports iter.Seq2[[]byte, error], torn func(error), n int) (all []*pipeline.Report, err error) {
	for report, err := range reports {
		if err != nil || len(all) >= n {
			return all, err
		}
		r := &pipeline.Report{}
		if err := json.Unmarshal(report, r); err != nil {
			torn(err)
			continue
		}
		all = append(all, r)
	}
	return all, nil
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
