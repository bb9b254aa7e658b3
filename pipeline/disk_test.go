package pipeline_test

import (
	"errors"
	"fmt"
	"io/fs"
	"syscall"
	"testing"

	"ingest/output"
	"ingest/pipeline"
)

// A disk that takes no more, and a tree that lets nobody in, end the run with a
// word on what to do; one folder that is closed is the affair of its documents.
func TestDisksThatTakeNoMore(t *testing.T) {
	closed := func(int64) error { return &output.FileError{Op: "write", File: "a.md", Err: fs.ErrPermission} }
	for name, tt := range map[string]struct {
		fail  func(id int64) error
		stops bool
		most  int // items reported
	}{
		"a full disk":              {func(int64) error { return &output.FileError{Op: "write", File: "a.md", Err: syscall.ENOSPC} }, true, 400},
		"a full disk of temporary": {func(int64) error { return fmt.Errorf("write /tmp/a: %w", syscall.ENOSPC) }, true, 400},
		"a tree that is closed":    {closed, true, 400},
		"a folder that is closed": {func(id int64) error {
			if id%3 == 0 {
				return closed(id)
			}
			return nil
		}, false, 600},
	} {
		t.Run(name, func(t *testing.T) {
			client, _ := tracker(t, 600)
			p := &pipeline.Pipeline{Source: client, Sink: &memory{fail: tt.fail}, Template: template(titles), Fields: fields(), Workers: 1}
			report, err := p.Run(t.Context(), pipeline.Selection{})
			if (err != nil) != tt.stops || len(report.Items) > tt.most {
				t.Fatalf("error %v after %d items, want it to stop: %v, after at most %d", err, len(report.Items), tt.stops, tt.most)
			}
			if tt.stops && (report.Error == "" || report.Hint == "") {
				t.Errorf("report: error %q, hint %q; want both", report.Error, report.Hint)
			}
			if disk, ok := errors.AsType[*pipeline.DiskError](err); ok && disk.Hint() != report.Hint {
				t.Errorf("hint %q, and the report's is %q", disk.Hint(), report.Hint)
			}
		})
	}
}
