package openproject

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// Comment is a comment in the history of a work package.
//
// The tracker may merge a new comment into an entry that the same user made
// moments before. The entry keeps its id, author and times then, so these may be
// older than the comment (API.md 8).
type Comment struct {
	ID        int64     // of the history's entry
	Text      string    // raw Markdown
	Author    Ref       // zero where the tracker does not tell
	CreatedAt time.Time // UTC; zero where the tracker does not tell
	UpdatedAt time.Time // UTC; CreatedAt where the tracker does not tell
	Editable  bool      // the user of the client may edit it
	Internal  bool      // seen by members with a permission of its own only
}

// Comments lists the comments of a work package in the tracker's order, oldest
// first. Entries of the history in which nobody says anything are left out.
func (c *Client) Comments(ctx context.Context, workPackage int64) ([]Comment, error) {
	in := call{op: fmt.Sprintf("list comments of work package %d", workPackage), wp: workPackage}
	in.url = c.activities(nil, workPackage)
	all, err := readAll(ctx, c, in, decodeComment)
	if err != nil {
		return nil, err
	}
	var said []Comment
	for _, one := range all {
		if strings.TrimSpace(one.Text) != "" {
			said = append(said, one)
		}
	}
	return said, nil
}

func (c *Client) activities(query url.Values, workPackage int64) *url.URL {
	return c.base.api(query, "work_packages", strconv.FormatInt(workPackage, 10), "activities")
}

// EditComment replaces the text of a comment. The tracker lets the users edit
// their own; any other is a [PermissionError]. Nobody is notified.
func (c *Client) EditComment(ctx context.Context, id int64, markdown string) (Comment, error) {
	in := call{op: fmt.Sprintf("edit comment %d", id), method: http.MethodPatch}
	in.url = c.base.api(quietly(), "activities", strconv.FormatInt(id, 10))
	body, err := c.rewrite(ctx, in, commentBody(markdown))
	return c.readComment(in, body, permission(err, "edit its own comments"))
}

// commentBody is the body that carries a comment's text.
func commentBody(markdown string) any {
	return map[string]any{"comment": map[string]string{"raw": markdown}}
}

// readComment reads the answer to a write.
func (c *Client) readComment(in call, body []byte, err error) (Comment, error) {
	if err != nil {
		return Comment{}, err
	}
	one, _, err := decodeComment(body)
	if err != nil {
		return Comment{}, c.payload(in, err)
	}
	return one, nil
}

// decodeComment demands an id only: the answer to a new comment may lack the
// rest.
func decodeComment(raw json.RawMessage) (Comment, int64, error) {
	d, err := newDecoder(raw)
	if err != nil {
		return Comment{}, 0, fmt.Errorf("activity: %w", err)
	}
	var one Comment
	d.need("id", &one.ID)
	one.Text = d.longText("comment")
	one.Author = d.link("user")
	one.CreatedAt = d.optionalTime("createdAt")
	one.UpdatedAt = d.optionalTime("updatedAt")
	if one.UpdatedAt.IsZero() {
		one.UpdatedAt = one.CreatedAt
	}
	one.Editable = d.link("update").Href != ""
	var private bool // the name of internal in the documentation of one release
	d.want("isPrivate", &private)
	d.want("internal", &one.Internal)
	one.Internal = one.Internal || private
	if d.err == nil && one.ID <= 0 {
		d.err = errors.New("id is not positive")
	}
	if d.err != nil {
		return Comment{}, 0, fmt.Errorf("activity %d: %w", one.ID, d.err)
	}
	return one, one.ID, nil
}

func (d *decoder) optionalTime(key string) time.Time {
	if raw, ok := d.doc[key]; !ok || string(raw) == "null" {
		return time.Time{}
	}
	return d.time(key)
}
