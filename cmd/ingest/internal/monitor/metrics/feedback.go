package metrics

import (
	"context"
	"errors"

	"ingest/openproject"
	"ingest/pipeline/feedback"
)

// What is written, and what comes of it.
const (
	commentAdded  = "comment_added"
	commentEdited = "comment_edited"
	fieldSet      = "field"
	statusSet     = "status"

	succeeded  = "ok"
	refused    = "refused"  // we may not, or the value does not fit
	conflicted = "conflict" // somebody else decided otherwise
	broken     = "failed"
)

func feedbackKinds() []string   { return []string{commentAdded, commentEdited, fieldSet, statusSet} }
func feedbackResults() []string { return []string{succeeded, refused, conflicted, broken} }

// Feedback counts what a client of feedback.Tracker writes.
func (m *Metrics) Feedback(c feedback.Client) feedback.Client {
	return &countedClient{Client: c, count: func(kind string, err error) { m.feedback.WithLabelValues(kind, resultOf(err)).Inc() }}
}

type countedClient struct {
	feedback.Client
	count func(kind string, err error)
}

func (c *countedClient) AddComment(ctx context.Context, workPackage int64, markdown, marker string) (openproject.Comment, error) {
	comment, err := c.Client.AddComment(ctx, workPackage, markdown, marker)
	c.count(commentAdded, err)
	return comment, err
}

func (c *countedClient) EditComment(ctx context.Context, id int64, markdown string) (openproject.Comment, error) {
	comment, err := c.Client.EditComment(ctx, id, markdown)
	c.count(commentEdited, err)
	return comment, err
}

func (c *countedClient) Change(ctx context.Context, workPackage int64, change openproject.Change) (*openproject.WorkPackage, error) {
	changed, err := c.Client.Change(ctx, workPackage, change)
	if len(change.Fields) > 0 {
		c.count(fieldSet, err)
	}
	if change.Status != "" {
		c.count(statusSet, err)
	}
	return changed, err
}

func resultOf(err error) string {
	if err == nil {
		return succeeded
	}
	if _, ok := errors.AsType[*openproject.ConflictError](err); ok {
		return conflicted
	}
	_, permission := errors.AsType[*openproject.PermissionError](err)
	_, field := errors.AsType[*openproject.FieldError](err)
	_, status := errors.AsType[*openproject.StatusError](err)
	if permission || field || status {
		return refused
	}
	return broken
}
