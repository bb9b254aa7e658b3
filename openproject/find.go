package openproject

import (
	"context"
	"errors"
	"fmt"
	"net/http"
)

// Names gives what was asked for and what there is, for "did you mean".
func (e *NameError) Names() (asked string, known []string) { return e.Name, e.Known }

// FindProject reads a project that a person has named, by id or identifier. One
// that is not there, or hidden from the user, is a [NameError].
func (c *Client) FindProject(ctx context.Context, ref string) (Project, error) {
	p, err := c.Project(ctx, ref)
	api, answered := errors.AsType[*APIError](err)
	if !answered || api.Status != http.StatusNotFound {
		return p, err
	}
	projects, err := c.Projects(ctx)
	if err != nil {
		return Project{}, err
	}
	unknown := &NameError{Kind: "project", Name: ref}
	for _, visible := range projects {
		unknown.Known = append(unknown.Known, visible.Identifier)
	}
	return Project{}, unknown
}

// FindTypes finds types by their names, trimmed and case-folded, in the order of
// the names: among those of a project, then among all, since a type may be
// enabled in a subproject only. With project "" all are looked at at once. A
// name that matches nothing or several is a [NameError].
func (c *Client) FindTypes(ctx context.Context, project string, names []string) ([]Type, error) {
	types, err := c.Types(ctx, project)
	if err != nil {
		return nil, err
	}
	found, err := findAll("type", names, types, Type.ref)
	unknown, misnamed := errors.AsType[*NameError](err)
	if project == "" || !misnamed || len(unknown.Matches) > 0 {
		return found, err
	}
	all, allErr := c.Types(ctx, "")
	if allErr != nil {
		return nil, allErr
	}
	if found, allErr = findAll("type", names, all, Type.ref); allErr != nil {
		return nil, err // the project's types are the better list
	}
	return found, nil
}

// FindStatuses finds statuses by their names as [Client.FindTypes] finds types.
func (c *Client) FindStatuses(ctx context.Context, names []string) ([]Status, error) {
	statuses, err := c.Statuses(ctx)
	if err != nil {
		return nil, err
	}
	return findAll("status", names, statuses, Status.ref)
}

func findAll[T any](kind string, names []string, all []T, ref func(T) Ref) ([]T, error) {
	found := make([]T, 0, len(names))
	for _, name := range names {
		one, err := oneByName(kind, name, all, func(t T) string { return ref(t).Title }, func(t T) string { return describe(ref(t)) })
		if err != nil {
			return nil, err
		}
		found = append(found, one)
	}
	return found, nil
}

func (t Type) ref() Ref   { return Ref{ID: t.ID, Title: t.Name} }
func (s Status) ref() Ref { return Ref{ID: s.ID, Title: s.Name} }

// describe tells two things of one name apart.
func describe(r Ref) string { return fmt.Sprintf("%s (#%d)", r.Title, r.ID) }
