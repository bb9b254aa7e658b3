package openproject

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
)

// AddComment adds a comment to a work package. Watchers are not notified. A user
// who may not comment gets a [PermissionError].
//
// The tracker has no way to recognize a comment that is sent twice (API.md 8).
// So after an attempt whose fate is unknown (a timeout, a broken connection, half
// an answer, a proxy's 502, 503 or 504) the comments are listed, and the comment
// is sent again only if none of this user's holds the marker. The marker is part
// of the text and of no earlier comment on this work package: an HTML comment,
// say, which readers do not see. With marker "" such an attempt is the last and
// its error is returned. One gap remains: an attempt that the tracker carries out
// only after the list was read.
func (c *Client) AddComment(ctx context.Context, workPackage int64, markdown, marker string) (Comment, error) {
	in := call{op: fmt.Sprintf("comment on work package %d", workPackage), method: http.MethodPost, wp: workPackage}
	in.url = c.activities(quietly(), workPackage)
	if !strings.Contains(markdown, marker) {
		return Comment{}, fmt.Errorf("%s: the text lacks its marker %q", in.op, marker)
	}
	for attempt := 1; ; attempt++ {
		body, err := c.write(ctx, in, commentBody(markdown))
		made, err := c.readComment(in, body, permission(err, "comment on work packages"))
		lost := marker != "" && (isLost(err) || isUnreadable(err))
		last := attempt > c.api.RetryCount
		if !lost && (last || !isRefusedForNow(err)) {
			return made, err
		}
		if err := c.pause(ctx, in, attempt, err); err != nil {
			return Comment{}, err
		}
		if !lost {
			continue
		}
		found, lookErr := c.findComment(ctx, workPackage, marker)
		switch {
		case lookErr != nil:
			return Comment{}, fmt.Errorf("%w; whether the comment stands there is unknown: %w", err, lookErr)
		case found != nil:
			return *found, nil
		case last:
			return Comment{}, err
		}
	}
}

// isUnreadable tells that an answer came which seems to say yes, but not to what.
func isUnreadable(err error) bool {
	if api, ok := errors.AsType[*APIError](err); ok {
		return api.Status < http.StatusMultipleChoices
	}
	_, ok := errors.AsType[*PayloadError](err)
	return ok
}

// findComment finds this user's comment with a marker. Others may quote it; an
// entry whose author the tracker does not tell counts as one's own.
func (c *Client) findComment(ctx context.Context, workPackage int64, marker string) (*Comment, error) {
	me, err := c.Me(ctx)
	if err != nil {
		return nil, err
	}
	all, err := c.Comments(ctx, workPackage)
	for _, one := range all {
		if strings.Contains(one.Text, marker) && (one.Author.IsZero() || one.Author.ID == me.ID) {
			return &one, nil
		}
	}
	return nil, err
}
