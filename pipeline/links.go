package pipeline

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"ingest/enrich/linkhealth"
)

// LinkChecker visits a link; linkhealth.Checker is one. Its error is only that
// ctx ended.
type LinkChecker interface {
	Check(ctx context.Context, url string, last linkhealth.Evidence) (linkhealth.Evidence, error)
}

// LinkArchive finds archived copies; linkhealth.Archive is one.
type LinkArchive interface {
	LookUp(ctx context.Context, link string) (linkhealth.Copy, error)
}

// Links checks the links that are published. It asks neither the tracker nor
// touches a file; what it finds out is in the store and in the report.
type Links struct {
	Store   LinkStore
	Checker LinkChecker
	Archive LinkArchive // nil asks none
	// Every is how often a link that is well, or dead, is checked; 0 is a week.
	// One that fails is checked daily until it is either.
	Every time.Duration
	// PerRun is how many are checked in one run, those that wait longest; 0 is
	// no limit.
	PerRun int
	// Workers is how many are checked at once; less than 1 is 1.
	Workers int
	Logger  *slog.Logger     // nil discards
	Now     func() time.Time // nil is time.Now
	// Observe is called after each check, by one goroutine; nil is nobody.
	Observe func(LinkItem)
}

// LinkSelection says which links a run is for.
type LinkSelection struct {
	// IDs names work packages, whose links are checked whether it is time or
	// not; none means all that are due.
	IDs []int64
	// All checks every link, due or not, without a limit.
	All bool
}

// Run checks links once. The report is never nil, and has Links. The error is
// not nil when the run was stopped, by ctx or by the store; dead links are no
// error. A run that is stopped by ctx has recorded what it had found out, unless the
// error is a *StoreError.
func (l *Links) Run(ctx context.Context, s LinkSelection) (*Report, error) {
	report := newReport(l.now())
	report.Links = newLinkReport()
	err := l.run(ctx, s, report)
	report.Duration = Duration(l.now().Sub(report.Started))
	report.Interrupted = ctx.Err() != nil
	if _, lost := errors.AsType[*StoreError](err); report.Interrupted && !lost {
		return report, context.Cause(ctx)
	}
	if err != nil {
		report.Error, report.Hint = err.Error(), HintOf(err)
	}
	return report, err
}

func (l *Links) run(ctx context.Context, s LinkSelection, report *Report) error {
	all, err := l.published(ctx, s.IDs, report)
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	if err != nil {
		return &StoreError{err}
	}
	todo, left := l.choose(all, s)
	report.Links.Left = left
	l.check(ctx, todo)
	ending := context.WithoutCancel(ctx) // what was found out is kept
	if l.outage(todo) {
		report.Warnings = append(report.Warnings, outageWarning(todo))
		forget(todo)
	} else {
		l.judge(todo)
		l.lookUp(ctx, all, report)
	}
	if err := l.record(ending, all); err != nil {
		return &StoreError{err}
	}
	report.Links.add(all)
	return nil
}

func (l *Links) every() time.Duration {
	if l.Every <= 0 {
		return 7 * 24 * time.Hour
	}
	return l.Every
}

func (l *Links) now() time.Time {
	if l.Now != nil {
		return l.Now()
	}
	return time.Now()
}

func (l *Links) logger() *slog.Logger {
	if l.Logger != nil {
		return l.Logger
	}
	return slog.New(slog.DiscardHandler)
}
