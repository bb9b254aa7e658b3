package feedback

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"ingest/enrich"
	"ingest/openproject"
	"ingest/pipeline"
)

// visit is the work on one work package.
type visit struct {
	t      *Tracker
	told   pipeline.Told
	body   string // what the comment is to say, without answer and mark
	memory memory // as it will be remembered

	says    bool   // a comment is to be written
	link    string // the clean URL to write; "" for none
	status  bool   // the status is to be set
	looked  bool
	changed time.Time // what Tell returns
}

// decide finds out what there is to write. It asks the tracker only for a comment
// that is not remembered.
func (v *visit) decide(ctx context.Context) error {
	if v.t.Comment && v.t.may(commenting, v.told.Project) {
		if v.memory.Comment == 0 {
			if err := v.findOwn(ctx); err != nil {
				return err
			}
		}
		v.says = v.told.Asked || v.memory.Digest != digest(v.body)
	}
	if v.t.may(editing, v.told.Project) && v.published() {
		v.decideLink()
		v.decideStatus()
	}
	return nil
}

func (v *visit) published() bool {
	switch v.told.Item.Outcome {
	case pipeline.Created, pipeline.Updated, pipeline.Unchanged:
		return true
	}
	return false
}

// decideLink wants the published link in its field when a page answered there: an
// address that ends at a wall or an error is no better than the editor's.
func (v *visit) decideLink() {
	seen := v.told.Visit
	if !v.t.CleanURL || v.t.CleanURLLabel == "" || !well(seen) {
		return
	}
	is, _ := v.told.Fields[pipeline.FieldCleanURL].(string)
	if seen.Link.Href != is && (seen.Link.Href != v.memory.Link || is != v.memory.LinkIs) {
		v.link = seen.Link.Href
	}
}

// well says whether a visit reached what the link names.
func well(seen *enrich.Visit) bool {
	return seen != nil && seen.Link != nil && len(seen.Link.Hops) > 0 && !slices.Contains(seen.Lost, enrich.PartPage)
}

// decideStatus wants the status for a publication that did not have it yet. A
// document that lacks what could not be had today is none, unless it is the first.
func (v *visit) decideStatus() {
	if v.t.Status == "" || v.told.Edition == "" {
		return
	}
	first := v.told.Item.Outcome == pipeline.Created
	whole := v.told.Visit == nil || len(v.told.Visit.Lost) == 0
	fresh := v.t.Store != nil && v.memory.Edition != v.told.Edition
	switch {
	case !first && (!fresh || !whole):
	case strings.EqualFold(strings.TrimSpace(v.told.Status), strings.TrimSpace(v.t.Status)):
		v.memory.Edition = v.told.Edition
	default:
		v.status = true
	}
}

func (v *visit) writes() bool { return v.says || v.link != "" || v.status }

// write carries out what was decided, and finds out whether anything else happened
// to the work package meanwhile.
func (v *visit) write(ctx context.Context) []error {
	before, err := v.look(ctx)
	if err != nil {
		return []error{err}
	}
	still := before.wp.UpdatedAt.Equal(v.told.UpdatedAt)
	var errs []error
	wrote := false
	try := func(d deed, done bool, err error) {
		wrote = wrote || done
		if err := v.t.once(d, v.told.Project, err); err != nil {
			errs = append(errs, err)
		}
	}
	if v.says {
		done, err := v.say(ctx)
		try(commenting, done, err)
	}
	if v.link != "" && still { // else somebody is at it, and the next run sees what they want
		done, err := v.writeLink(ctx, before.wp)
		try(editing, done, err)
	}
	if v.status && still && v.t.may(editing, v.told.Project) {
		done, err := v.setStatus(ctx, before.wp)
		try(editing, done, err)
	}
	if !wrote || !still {
		return errs
	}
	after, err := v.look(ctx)
	if err != nil {
		return append(errs, err)
	}
	if v.unmoved(before, after) {
		v.changed = after.wp.UpdatedAt
	}
	return errs
}

func (v *visit) writeLink(ctx context.Context, base *openproject.WorkPackage) (bool, error) {
	wp, err := v.t.Client.Change(ctx, v.told.Item.ID, openproject.Change{Fields: map[string]any{v.t.CleanURLLabel: v.link}, Base: base})
	if err != nil {
		return false, err
	}
	value, _ := wp.Fields.Get(v.t.CleanURLLabel)
	v.memory.Link, v.memory.LinkIs = v.link, value.Text()
	return true, nil
}

// setStatus sets the status. Where an editor has just decided otherwise, that
// stands, and it is not asked for again.
func (v *visit) setStatus(ctx context.Context, base *openproject.WorkPackage) (bool, error) {
	_, err := v.t.Client.Change(ctx, v.told.Item.ID, openproject.Change{Status: v.t.Status, Base: base})
	if conflict, ok := errors.AsType[*openproject.ConflictError](err); err == nil || ok && conflict.What != "" {
		v.memory.Edition = v.told.Edition
	}
	return err == nil, err
}
