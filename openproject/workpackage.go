package openproject

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"
)

// WorkPackage is one work package in the state in which it was read. All times
// are UTC, in the precision the tracker sent: whole seconds on older servers,
// milliseconds on newer ones. Compare them truncated to seconds (API.md 5).
type WorkPackage struct {
	ID          int64
	DisplayID   string // "PROJ-123" with semantic ids, else the number as text
	LockVersion int    // grows with every change
	Subject     string
	Description string // raw Markdown, byte for byte; "" for none
	CreatedAt   time.Time
	UpdatedAt   time.Time
	StartDate   string // YYYY-MM-DD or ""; of a milestone, its only date
	DueDate     string // YYYY-MM-DD or ""; of a milestone, its only date

	Type, Status, Priority        Ref
	Project, Category, Version    Ref
	Author, Assignee, Responsible Ref // assignees may be users, groups or placeholders: see Href
	Parent                        Ref
	Schema                        Ref // Href is the key of its schema
	AttachmentsHref               string

	Fields Fields // the custom fields, by label
}

// WorkPackage reads one work package with its custom fields. A work package
// that is hidden from the user answers like one that does not exist: an
// [APIError] with status 404.
func (c *Client) WorkPackage(ctx context.Context, id int64) (*WorkPackage, error) {
	in := call{op: fmt.Sprintf("read work package %d", id), wp: id}
	in.url = c.base.api(nil, "work_packages", strconv.FormatInt(id, 10))
	body, err := c.get(ctx, in)
	if err != nil {
		return nil, err
	}
	wp, err := decodeWorkPackage(body)
	if err == nil && wp.ID != id {
		err = fmt.Errorf("it is work package %d", wp.ID)
	}
	if err != nil {
		return nil, c.payload(in, err)
	}
	if err := c.bindSchema(ctx, wp); err != nil {
		return nil, err
	}
	return wp, nil
}

func (c *Client) payload(in call, err error) error {
	return &PayloadError{Op: in.op, URL: c.base.stripped(in.url), Err: err}
}

// decodeWorkPackage reads one element. It demands what every work package has;
// anything else may come and go with versions and modules.
func decodeWorkPackage(raw []byte) (*WorkPackage, error) {
	d, err := newDecoder(raw)
	if err != nil {
		return nil, fmt.Errorf("work package: %w", err)
	}
	wp := &WorkPackage{}
	d.need("id", &wp.ID)
	d.need("lockVersion", &wp.LockVersion)
	d.need("subject", &wp.Subject)
	d.want("displayId", &wp.DisplayID)
	wp.Description = d.longText("description")
	wp.CreatedAt, wp.UpdatedAt = d.time("createdAt"), d.time("updatedAt")
	d.dates(wp)
	d.refs(wp)
	wp.Fields.values = d.customFields()
	if d.err == nil && wp.ID <= 0 {
		d.err = errors.New("id is not positive")
	}
	if d.err != nil {
		return nil, fmt.Errorf("work package %d: %w", wp.ID, d.err)
	}
	if wp.DisplayID == "" {
		wp.DisplayID = strconv.FormatInt(wp.ID, 10)
	}
	return wp, nil
}

func (d *decoder) dates(wp *WorkPackage) {
	d.want("startDate", &wp.StartDate)
	d.want("dueDate", &wp.DueDate)
	if _, milestone := d.doc["date"]; milestone {
		d.want("date", &wp.StartDate)
		wp.DueDate = wp.StartDate
	}
}

func (d *decoder) refs(wp *WorkPackage) {
	for name, to := range map[string]*Ref{
		"type": &wp.Type, "status": &wp.Status, "priority": &wp.Priority,
		"project": &wp.Project, "category": &wp.Category, "version": &wp.Version,
		"author": &wp.Author, "assignee": &wp.Assignee, "responsible": &wp.Responsible,
		"parent": &wp.Parent, "schema": &wp.Schema,
	} {
		*to = d.link(name)
	}
	wp.AttachmentsHref = d.link("attachments").Href
	if wp.Schema.IsZero() && d.err == nil { // its address follows from project and type (API.md 5)
		if wp.Project.ID == 0 || wp.Type.ID == 0 {
			d.err = errors.New("neither a schema nor project and type")
			return
		}
		wp.Schema.Href = schemaPath(wp.Project.ID, wp.Type.ID)
	}
}

// time reads RFC 3339 with any number of fraction digits.
func (d *decoder) time(key string) time.Time {
	var text string
	d.need(key, &text)
	if d.err != nil {
		return time.Time{}
	}
	t, err := time.Parse(time.RFC3339, text)
	d.fail(key, err)
	return t.UTC()
}

// longText reads the raw form of a formattable text; null is "".
func (d *decoder) longText(key string) string {
	var text struct {
		Raw string `json:"raw"`
	}
	d.want(key, &text)
	return text.Raw
}

func (d *decoder) link(name string) Ref {
	r, err := d.links.one(name)
	d.fail("_links", err)
	return r
}
