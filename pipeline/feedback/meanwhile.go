package feedback

import (
	"context"
	"reflect"
	"strings"

	"ingest/openproject"
)

// sight is a work package as it stands at a moment.
type sight struct {
	wp    *openproject.WorkPackage
	files []openproject.Attachment
}

// look reads the work package and its attachments, which move its updatedAt too.
// Before the writes the files come first and after them last: one that arrives
// between the two requests is seen either as a file or by the time.
func (v *visit) look(ctx context.Context) (s sight, err error) {
	id := v.told.Item.ID
	files := func() (err error) { s.files, err = v.t.Client.Attachments(ctx, id); return err }
	wp := func() (err error) { s.wp, err = v.t.Client.WorkPackage(ctx, id); return err }
	order := []func() error{files, wp}
	if v.looked {
		order = []func() error{wp, files}
	}
	v.looked = true
	for _, ask := range order {
		if err := ask(); err != nil {
			return sight{}, err
		}
	}
	return s, nil
}

// unmoved says whether two sights differ only in what this visit wrote.
func (v *visit) unmoved(before, after sight) bool {
	return reflect.DeepEqual(before.files, after.files) &&
		reflect.DeepEqual(v.rest(before.wp), v.rest(after.wp)) &&
		(reflect.DeepEqual(before.wp.Status, after.wp.Status) || v.status && strings.EqualFold(after.wp.Status.Title, strings.TrimSpace(v.t.Status))) &&
		v.sameFields(before.wp.Fields, after.wp.Fields)
}

// rest is a work package without what our own writes change.
func (v *visit) rest(wp *openproject.WorkPackage) openproject.WorkPackage {
	rest := *wp
	rest.LockVersion, rest.UpdatedAt, rest.Status, rest.Fields = 0, rest.CreatedAt, openproject.Ref{}, openproject.Fields{}
	return rest
}

func (v *visit) sameFields(before, after openproject.Fields) bool {
	labels := before.Labels()
	if !reflect.DeepEqual(labels, after.Labels()) {
		return false
	}
	for _, label := range labels {
		was, _ := before.Get(label)
		is, _ := after.Get(label)
		ours := v.link != "" && strings.EqualFold(strings.TrimSpace(label), strings.TrimSpace(v.t.CleanURLLabel)) && is.Text() == v.memory.LinkIs
		if !ours && !reflect.DeepEqual(was.Any(), is.Any()) {
			return false
		}
	}
	return true
}
