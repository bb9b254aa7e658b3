package pipeline

import (
	"context"
	"fmt"
	"sync"

	"ingest/enrich/linkhealth"
)

// check visits links, several at once. Those that ctx kept it from have found
// nothing.
func (l *Links) check(ctx context.Context, todo []*link) {
	waiting, done := make(chan *link), make(chan *link)
	var working sync.WaitGroup
	for range max(1, l.Workers) {
		working.Go(func() {
			for one := range waiting {
				one.found = l.visit(ctx, one.health)
				done <- one
			}
		})
	}
	go func() {
		defer close(done)
		defer working.Wait()
		defer close(waiting)
		for _, one := range todo {
			select {
			case waiting <- one:
			case <-ctx.Done():
				return
			}
		}
	}()
	for one := range done {
		if one.found == nil {
			continue
		}
		l.logger().DebugContext(ctx, "link checked", "wp_id", one.health.ID, "url", one.health.URL, "class", one.found.Class, "detail", one.found.Detail, "status", one.found.Status)
		if l.Observe != nil {
			l.Observe(one.item())
		}
	}
}

// visit checks one link, nil when ctx ended.
func (l *Links) visit(ctx context.Context, h *LinkHealth) *linkhealth.Evidence {
	var found linkhealth.Evidence
	err := guarded(func() (err error) {
		found, err = l.Checker.Check(ctx, h.URL, h.latest())
		return err
	})
	if ctx.Err() != nil {
		return nil
	}
	if err != nil { // a defect of ours says nothing about the link
		l.logger().ErrorContext(ctx, "link not checked", "wp_id", h.ID, "url", h.URL, "error", err)
		return &linkhealth.Evidence{At: l.now().UTC(), Class: linkhealth.Unknown, Detail: "not checked", Error: firstLine(err)}
	}
	return &found
}

// outage says that what the run found out is about our own network.
func (l *Links) outage(todo []*link) bool {
	var checks []linkhealth.Check
	for _, one := range todo {
		if one.found != nil {
			checks = append(checks, linkhealth.Check{Before: one.health.latest(), Found: *one.found})
		}
	}
	return linkhealth.Outage(checks)
}

func outageWarning(todo []*link) Warning {
	failed, checked, text := 0, 0, ""
	for _, one := range todo {
		if one.found == nil {
			continue
		}
		if checked++; one.found.Network() {
			failed++
			text = one.found.Error
		}
	}
	return Warning{Step: "links", Text: fmt.Sprintf("%d of %d links could not be reached, which looks like a failure of this machine's own network: nothing was recorded (the last: %s)", failed, checked, text),
		Hint: "check the network, the name server and the proxy, then run ingest links again"}
}

// forget drops what the run found.
func forget(todo []*link) {
	for _, one := range todo {
		one.found = nil
	}
}

// judge adds what was found to the histories.
func (l *Links) judge(todo []*link) {
	for _, one := range todo {
		if one.found == nil {
			continue
		}
		one.take(*one.found)
		one.health.Verdict = linkhealth.Judge(one.health.Evidence, l.now())
	}
}
