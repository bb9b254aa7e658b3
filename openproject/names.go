package openproject

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"strings"
)

// User is an account of the tracker.
type User struct {
	ID    int64
	Name  string
	Login string // only shown to the user and to administrators
}

// Project is a project that the user may see.
type Project struct {
	ID         int64
	Identifier string
	Name       string
}

// Type is a work package type.
type Type struct {
	ID        int64
	Name      string
	Milestone bool
}

// Status is a work package status.
type Status struct {
	ID     int64
	Name   string
	Closed bool
}

// Me reads the user whose credentials are used. A tracker that admits anonymous
// visitors answers requests without credentials too, with fewer items: compare
// the user with the expected one.
func (c *Client) Me(ctx context.Context) (User, error) {
	in := call{op: "read the user of the API key", url: c.base.api(nil, "users", "me")}
	return readOne(ctx, c, in, decodeUser)
}

// Project reads a project by id or identifier.
func (c *Client) Project(ctx context.Context, ref string) (Project, error) {
	in := call{op: fmt.Sprintf("read project %q", ref)}
	var err error
	if in.url, err = c.base.inProject(nil, ref); err != nil {
		return Project{}, fmt.Errorf("%s: %w", in.op, err)
	}
	return readOne(ctx, c, in, decodeProject)
}

// Projects lists the projects the user may see, oldest first.
func (c *Client) Projects(ctx context.Context) ([]Project, error) {
	in := call{op: "list projects", url: c.base.api(url.Values{"sortBy": {`[["id","asc"]]`}}, "projects")}
	return readAll(ctx, c, in, decodeProject)
}

// Types lists the types enabled in a project, or with project "" all types of
// the tracker.
func (c *Client) Types(ctx context.Context, project string) ([]Type, error) {
	in := call{op: "list types", url: c.base.api(nil, "types")}
	if project != "" {
		in.op = fmt.Sprintf("list types of project %q", project)
		var err error
		if in.url, err = c.base.inProject(nil, project, "types"); err != nil {
			return nil, fmt.Errorf("%s: %w", in.op, err)
		}
	}
	return readAll(ctx, c, in, decodeType)
}

// Statuses lists the statuses of the tracker.
func (c *Client) Statuses(ctx context.Context) ([]Status, error) {
	in := call{op: "list statuses", url: c.base.api(nil, "statuses")}
	return readAll(ctx, c, in, decodeStatus)
}

// inProject is the address of something in a project. Path segments of dots
// would name something else altogether.
func (b base) inProject(query url.Values, ref string, more ...string) (*url.URL, error) {
	if strings.Trim(ref, ".") == "" {
		return nil, errors.New("not the id or identifier of a project")
	}
	return b.api(query, append([]string{"projects", ref}, more...)...), nil
}

func decodeUser(raw json.RawMessage) (u User, id int64, err error) {
	id, err = decodeNamed("user", raw, &u.ID, &u.Name, "login", &u.Login)
	return u, id, err
}

func decodeProject(raw json.RawMessage) (p Project, id int64, err error) {
	id, err = decodeNamed("project", raw, &p.ID, &p.Name, "identifier", &p.Identifier)
	return p, id, err
}

func decodeType(raw json.RawMessage) (t Type, id int64, err error) {
	id, err = decodeNamed("type", raw, &t.ID, &t.Name, "isMilestone", &t.Milestone)
	return t, id, err
}

func decodeStatus(raw json.RawMessage) (s Status, id int64, err error) {
	id, err = decodeNamed("status", raw, &s.ID, &s.Name, "isClosed", &s.Closed)
	return s, id, err
}

// decodeNamed reads what all of these have, and the one key that each has beside it.
func decodeNamed(kind string, raw json.RawMessage, id *int64, name *string, key string, value any) (int64, error) {
	d, err := newDecoder(raw)
	if err == nil {
		d.need("id", id)
		d.need("name", name)
		d.want(key, value)
		err = d.err
	}
	if err != nil {
		return 0, fmt.Errorf("%s: %w", kind, err)
	}
	return *id, nil
}

// oneByName finds the one element whose name is the given one, trimmed and
// case-folded (API.md 4).
func oneByName[T any](kind, name string, all []T, nameOf, describe func(T) string) (T, error) {
	var found []T
	e := &NameError{Kind: kind, Name: name}
	for _, element := range all {
		e.Known = append(e.Known, nameOf(element))
		if sameName(nameOf(element), name) {
			found = append(found, element)
		}
	}
	if len(found) == 1 {
		return found[0], nil
	}
	for _, element := range found {
		e.Matches = append(e.Matches, describe(element))
	}
	var none T
	return none, e
}
