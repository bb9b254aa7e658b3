package state

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"ingest/pipeline"
)

// SaveRun keeps a report, as its JSON, and drops those beyond
// [Options.KeepRuns]. Of more than 64 MiB a part is kept, see encode.
func (d *DB) SaveRun(ctx context.Context, r *pipeline.Report) error {
	report, err := encode(r, maxBlob)
	if err != nil {
		return fmt.Errorf("remember run: %w", err)
	}
	err = within(ctx, d.write, nil, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, "INSERT INTO run (report) VALUES (?)", blob{&report, d.packer}); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, "DELETE FROM run WHERE id <= (SELECT max(id) FROM run) - ?", d.options.KeepRuns)
		return err
	})
	return fail(ctx, d.path, "remember run", err)
}

// Runs returns the last n reports, the newest first.
func (d *DB) Runs(ctx context.Context, n int) ([]*pipeline.Report, error) {
	reports, err := d.runs(ctx, max(n, 0))
	return reports, fail(ctx, d.path, "read runs", err)
}

func (d *DB) runs(ctx context.Context, n int) (reports []*pipeline.Report, err error) {
	rows, err := d.read.QueryContext(ctx, "SELECT report FROM run ORDER BY id DESC LIMIT ?", n)
	if err != nil {
		return nil, err
	}
	err = each(rows, func() error {
		var report []byte
		if err := rows.Scan(blob{&report, d.packer}); err != nil {
			return err
		}
		r := new(pipeline.Report)
		reports = append(reports, r)
		return json.Unmarshal(report, r)
	})
	return reports, err
}
