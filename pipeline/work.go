package pipeline

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"runtime/debug"
	"slices"
	"strings"

	"ingest/enrich"
	"ingest/output"
)

// result is what a worker made of a job.
type result struct {
	item    ItemReport
	changes []output.Change
	err     error
	asked   bool // the tracker was asked for something
	reached bool // false: the run stopped before the job was worked on to an end
}

// finish works a job to its end. A job that is still waiting when the listing
// was stopped is not begun; one at hand is finished, unless ctx itself ends.
func (p *Pipeline) finish(ctx, listing context.Context, j *job, carry func(context.Context, *job) (output.Result, error)) result {
	if listing.Err() != nil {
		return result{}
	}
	started := p.now()
	report := ItemReport{ID: j.record.ID, Subject: j.record.Subject, Files: []File{}, Warnings: []Warning{}}
	var written output.Result
	err := j.err
	if j.still {
		written.Outcome = output.Unchanged
	} else if err == nil {
		err = guarded(func() error {
			written, err = carry(ctx, j)
			return err
		})
	}
	report.Outcome = Outcome(written.Outcome)
	for _, edit := range written.HandEdits {
		report.HandEdits = append(report.HandEdits, edit.Path)
	}
	for _, change := range written.Files {
		report.Files = append(report.Files, File{Path: change.File, Change: Outcome(change.Kind)})
	}
	if j.item != nil {
		err = errors.Join(err, j.item.Close())
		for _, w := range j.item.Warnings {
			report.Warnings = append(report.Warnings, toWarning(w))
		}
	}
	report.Duration = Duration(j.spent + p.now().Sub(started))
	if err != nil && ctx.Err() != nil {
		return result{}
	}
	r := judged(report, err)
	r.changes, r.asked = written.Files, j.err == nil && !j.still
	p.tell(ctx, j, &r)
	if err := p.remember(ctx, j, r, written); err != nil {
		r.err = &StoreError{err}
		r.item.Outcome, r.item.Error, r.item.Hint = Failed, r.err.Error(), HintOf(r.err)
	}
	return r
}

// judged turns an error into an outcome.
func judged(report ItemReport, err error) result {
	if skip, ok := errors.AsType[*enrich.Skip](err); ok {
		report.Outcome = Skipped
		report.Warnings = append(report.Warnings, Warning{Text: skip.Reason, Hint: skip.Help})
		err = nil
	}
	if err != nil {
		report.Outcome, report.Error, report.Hint = Failed, err.Error(), HintOf(err)
	}
	return result{item: report, err: err, reached: true}
}

// guarded turns a panic of one item into that item's failure: a page that hits
// a defect in a parser must not end the night's run.
func guarded(work func() error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = &InternalError{Value: r, Stack: debug.Stack()}
		}
	}()
	return work()
}

// carry takes one item through the steps into the sink.
func (p *Pipeline) carry(ctx context.Context, j *job) (output.Result, error) {
	j.visited = true
	if err := p.look(j); err != nil {
		return output.Result{}, err
	}
	listed, err := p.Source.Attachments(ctx, j.record.ID)
	if err != nil {
		return output.Result{}, err
	}
	attach(j.item, listed, p.Source)
	for _, step := range p.Steps {
		p.enter(j, step.Name())
		if err := apply(ctx, step, j.item); err != nil {
			return output.Result{}, err
		}
	}
	j.item.KeepLast()
	return p.publish(ctx, j)
}

// publish runs the last steps and gives the document to the sink.
func (p *Pipeline) publish(ctx context.Context, j *job) (output.Result, error) {
	for _, step := range p.Last {
		if err := apply(ctx, step, j.item); err != nil {
			return output.Result{}, err
		}
	}
	if it := j.item; it.Link != nil && it.Link.Canonical != "" {
		_ = p.Sink.Same(it.ID, it.Link.Canonical) // Duplicates tells both at the end
	}
	if err := p.othersOfPage(ctx, j); err != nil {
		return output.Result{}, err
	}
	document, err := p.document(j)
	if err != nil {
		return output.Result{}, err
	}
	p.enter(j, "write")
	document.Before = func(w *output.Written) error { return p.rememberBefore(ctx, j, w) }
	result, err := p.Sink.Write(ctx, document)
	for _, warning := range result.Warnings {
		j.warn("tree", warning)
	}
	if urls := p.Sink.URLs(j.record.ID); result.Stays && len(urls) > 0 {
		j.address = urls[0]
	}
	return result, err
}

// enter tells that an item enters a step.
func (p *Pipeline) enter(j *job, step string) {
	if p.Enter != nil {
		p.Enter(j.record.ID, step)
	}
}

// missing lists the paths of values that the item could not be asked for today.
func (p *Pipeline) missing(j *job) map[string]bool {
	var parts []string
	for _, part := range j.item.Missing() {
		parts = append(parts, string(part))
	}
	unknown := j.unknown
	if slices.Contains(parts, string(enrich.PartPage)) { // where a link leads is known by following it
		unknown = slices.Concat(unknown, p.shows(func(part string) bool { return strings.HasPrefix(part, "link.") && !isHealth(part) }))
	}
	if len(parts)+len(unknown) == 0 {
		return nil
	}
	paths := map[string]bool{}
	if len(parts) > 0 {
		maps.Copy(paths, p.Template.Depends(parts...))
	}
	for _, path := range unknown {
		paths[path] = true
	}
	return paths
}

// InternalError is a defect of the program met while working on one item.
type InternalError struct {
	Value any    // what was panicked with
	Stack []byte // where
}

// Error names the defect, with the stack that its mending needs.
func (e *InternalError) Error() string {
	return fmt.Sprintf("internal error: %v\n%s", e.Value, e.Stack)
}

// Hint asks for a report.
func (e *InternalError) Hint() string {
	return "this is a defect of ingest; report it with this text and the work package's source URL"
}
