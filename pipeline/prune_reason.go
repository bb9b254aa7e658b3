package pipeline

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"

	"ingest/enrich"
	"ingest/openproject"
)

// reason says why a work package was not listed. The zero reason is that of one
// which belongs to the site after all: rows shift while pages are read.
type reason struct {
	text string
	hint string
	// stays says that it may be there all the same, so that its document must
	// not go.
	stays bool
}

// ask asks for each missing work package by its id. A work package that cannot
// be told of fails alone; the error is one that all others would meet too.
func (c *census) ask(ctx context.Context) error {
	var judge judge
	for _, d := range c.gone {
		select {
		case <-c.p.Drain:
			return &DrainedError{}
		default:
		}
		if d.err != nil { // nothing can be done about it
			continue
		}
		d.reason, d.err = c.why(ctx, d)
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		if err := judge.fatal(result{err: d.err, asked: true}); err != nil {
			return err
		}
		if d.reason.text == "" && d.err == nil && len(c.s.IDs) > 0 {
			d.reason = reason{text: "it belongs to the site", stays: true}
			d.err = d.damaged // a run looks at it
		}
	}
	return nil
}

// why tells the reasons apart.
func (c *census) why(ctx context.Context, d *departure) (reason, error) {
	wp, err := c.p.Source.WorkPackage(ctx, d.id)
	if err != nil {
		return c.unread(ctx, d, err)
	}
	d.subject = wp.Subject
	err = c.p.elsewhere(ctx, c.s, wp)
	skip, moved := errors.AsType[*enrich.Skip](err)
	ofType := Selection{Query: openproject.Query{Types: c.s.Query.Types}}
	switch {
	case moved:
		return reason{text: skip.Reason, hint: skip.Help}, nil
	case err != nil:
		return reason{}, err
	case !ofType.wants(wp):
		return reason{text: fmt.Sprintf("its type is %q", wp.Type.Title), hint: "tracker.types says what belongs to the site"}, nil
	case !c.s.wants(wp):
		return reason{text: fmt.Sprintf("its status is %q", wp.Status.Title), hint: "tracker.statuses says what belongs to the site"}, nil
	}
	return reason{}, nil
}

// unread tells why a work package cannot be read. One answer 404 is not enough
// to call it deleted (API.md, section 13.5): its project must be visible still.
func (c *census) unread(ctx context.Context, d *departure, err error) (reason, error) {
	switch wordOn(d.id, err) {
	case http.StatusForbidden:
		return reason{text: "the tracker refuses to show it", hint: hiddenHint, stays: true}, nil
	case http.StatusNotFound:
	default:
		return reason{}, err
	}
	project := c.project(d)
	if project == "" {
		return reason{text: "it is deleted or no longer visible (404); which of the two cannot be told, as no project is named or remembered", hint: hiddenHint, stays: true}, nil
	}
	visible, err := c.sees(ctx, project)
	if err != nil {
		return reason{}, err
	}
	if !visible {
		return reason{text: fmt.Sprintf("it is no longer visible (404), and neither is its project %s", project), hint: hiddenHint, stays: true}, nil
	}
	return reason{text: fmt.Sprintf("it is deleted or was moved out of sight (404), while its project %s is visible", project)}, nil
}

const hiddenHint = "let the user whose key ingest has see it again, or remove the document by hand"

// project is the one that a work package was in when it was last read, else the
// configured one.
func (c *census) project(d *departure) string {
	if d.entry != nil && len(d.entry.Tracker) > 0 {
		if r, err := decodeRecord(d.entry.Tracker); err == nil && r.ProjectID > 0 {
			return strconv.FormatInt(r.ProjectID, 10)
		}
	}
	return c.s.Query.Project
}

// sees says whether the user may see the work packages of a project.
func (c *census) sees(ctx context.Context, project string) (bool, error) {
	if visible, known := c.visible[project]; known {
		return visible, nil
	}
	_, err := c.p.Source.Count(ctx, openproject.Query{Project: project})
	api, answered := errors.AsType[*openproject.APIError](err)
	hidden := answered && api.Identifier != "" && (api.Status == http.StatusNotFound || api.Status == http.StatusForbidden)
	if err != nil && !hidden {
		return false, err
	}
	c.visible[project] = !hidden
	return !hidden, nil
}
