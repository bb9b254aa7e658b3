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
	items, err := collect(d.reports(ctx), d.torn, n, past(id))
	return items, fail(ctx, d.path, fmt.Sprintf("read past runs of entry %d", id), err)
}

// RunHeads returns the last n reports without their items and links, the newest
// first. A report of a hundred thousand items is long; its head is not.
func (d *DB) RunHeads(ctx context.Context, n int) ([]*pipeline.Report, error) {
	heads, err := collect(d.reports(ctx), d.torn, n, head)
	return heads, fail(ctx, d.path, "read runs", err)
}

// FindRun returns the latest report whose head is the one that is sought, nil when
// there is none.
func (d *DB) FindRun(ctx context.Context, is func(head *pipeline.Report) bool) (*pipeline.Report, error) {
	report, err := find(d.reports(ctx), d.torn, is)
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

// collect reads at most n values out of reports, the newest first, and no report more
// than it takes. A report that cannot be read is passed over, and torn is told of it.
func collect[T any](reports iter.Seq2[[]byte, error], torn func(error), n int, read reader[T]) (all []T, err error) {
	if n < 1 {
		return nil, nil
	}
	for report, err := range reports {
		if err != nil {
			return nil, err
		}
		one, wanted, err := read(report)
		switch {
		case err != nil:
			torn(err)
		case wanted:
			if all = append(all, one); len(all) == n {
				return all, nil
			}
		}
	}
	return all, nil
}

// find is the latest report that is sought, nil when there is none.
func find(reports iter.Seq2[[]byte, error], torn func(error), is func(head *pipeline.Report) bool) (*pipeline.Report, error) {
	found, err := collect(reports, torn, 1, sought(is))
	if err != nil || len(found) == 0 {
		return nil, err
	}
	return found[0], nil
}

// reader reads a value out of the JSON of a report, and says whether it is wanted.
type reader[T any] func(report []byte) (one T, wanted bool, err error)

// whole reads a report.
func whole(report []byte) (*pipeline.Report, bool, error) {
	r := &pipeline.Report{}
	return r, true, json.Unmarshal(report, r)
}

// head reads a report up to its items, which SaveRun has written last.
func head(report []byte) (*pipeline.Report, bool, error) {
	if at := bytes.Index(report, []byte(`,"items":`)); at >= 0 {
		report = append(report[:at:at], '}')
	}
	return whole(report)
}

// sought reads the report whose head is the one that is sought.
func sought(is func(head *pipeline.Report) bool) reader[*pipeline.Report] {
	return func(report []byte) (*pipeline.Report, bool, error) {
		if h, _, err := head(report); err != nil || !is(h) {
			return nil, false, err
		}
		return whole(report)
	}
}

// past reads what a run made of a work package.
func past(id int64) reader[PastItem] {
	return func(report []byte) (PastItem, bool, error) {
		item, err := itemOf(report, id)
		if err != nil || item == nil {
			return PastItem{}, false, err
		}
		run, _, err := head(report)
		return PastItem{run, *item}, true, err
	}
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
