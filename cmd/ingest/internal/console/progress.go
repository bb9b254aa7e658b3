package console

import (
	"fmt"
	"io"
	"time"

	"github.com/schollz/progressbar/v3"

	"ingest/pipeline"
)

// Progress shows on a terminal how far a run is. The zero value shows nothing.
type Progress struct {
	bar      *progressbar.ProgressBar
	failures int
}

// NewProgress starts a progress line on w. total is how many items are
// expected; 0 or less when nobody knows.
func NewProgress(w io.Writer, total int) *Progress {
	if total <= 0 {
		total = -1 // the library's way of saying unknown
	}
	return &Progress{bar: progressbar.NewOptions(total, progressbar.OptionSetWriter(w), progressbar.OptionSetDescription("ingest"),
		progressbar.OptionShowCount(), progressbar.OptionThrottle(100*time.Millisecond), progressbar.OptionClearOnFinish(),
		progressbar.OptionSetWidth(30))}
}

// Step counts one item.
func (p *Progress) Step(item pipeline.ItemReport) error {
	if p.bar == nil {
		return nil
	}
	if item.Outcome == pipeline.Failed {
		p.failures++
		p.bar.Describe(fmt.Sprintf("ingest, %d failed", p.failures))
	}
	return p.bar.Add(1)
}

// Clear takes the line away until the next step, so that something else can be
// printed.
func (p *Progress) Clear() error {
	if p.bar == nil {
		return nil
	}
	return p.bar.Clear()
}

// Finish takes the line away, so that the report stands alone.
func (p *Progress) Finish() error {
	if p.bar == nil {
		return nil
	}
	return p.bar.Finish()
}
