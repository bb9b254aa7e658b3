package openprojecttest

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
)

// emit sends an event to the webhooks, in the shape of API.md 10. The resource is
// drawn up only if there are any. The tracker is locked.
func (t *Tracker) emit(action, key string, resource func() object, actor int64) {
	if len(t.hooks.to) > 0 {
		t.send(action, t.event(action, key, resource(), actor))
	}
}

func (t *Tracker) emitWorkPackage(verb string, r *row, actor int64) {
	t.emit("work_package:"+verb, "work_package", func() object { return t.single(r) }, actor)
}

func (t *Tracker) event(action, key string, resource object, actor int64) []byte {
	e := object{"action": action, key: resource}
	if u, known := byID(t.users, actor, userID); known && !t.opts.NoActor {
		e["actor"] = t.renderUser(u)
	}
	return mustJSON(e)
}

// attachmentEvent is an attachment with what webhooks embed.
func (t *Tracker) attachmentEvent(f *file) object {
	a := t.attachment(f)
	embedded := object{}
	if u, known := byID(t.users, f.Author, userID); known {
		embedded["author"] = t.renderUser(u)
	}
	if i, known := t.find(f.workPackage); known {
		embedded["container"] = t.workPackage(t.rows[i])
	}
	a["_embedded"] = embedded
	return a
}

// HookBody draws up the body of an event: about a work package, an attachment or a
// comment by its id, or about the project of that id. The present state is in it,
// and an editor as the actor; a comment's actor is its user.
func (t *Tracker) HookBody(action string, id int64) []byte {
	t.mu.Lock()
	defer t.mu.Unlock()
	kind, _, _ := strings.Cut(action, ":")
	switch kind {
	case "work_package":
		return t.event(action, kind, t.single(t.mustHave(id)), t.editor())
	case "work_package_comment":
		i := slices.IndexFunc(t.activities, func(a *activity) bool { return a.ID == id })
		if i >= 0 {
			return t.event(action, "activity", t.renderActivity(t.activities[i]), t.activities[i].User)
		}
	case "attachment":
		i := slices.IndexFunc(t.files, func(f *file) bool { return f.ID == id })
		if i >= 0 {
			return t.event(action, kind, t.attachmentEvent(t.files[i]), t.files[i].Author)
		}
	default:
		if p, found := byID(t.projects, id, projectID); found {
			return t.event(action, kind, t.renderProject(p), t.editor())
		}
	}
	panic(fmt.Sprintf("openprojecttest: nothing with id %d for %s", id, action))
}

// SignedHook is the request with which the webhook that was registered last is told
// of an event; see HookBody. It is for the receiver's handler, or to be sent.
func (t *Tracker) SignedHook(action string, id int64) *http.Request {
	body := t.HookBody(action, id)
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(t.hooks.to) == 0 {
		panic("openprojecttest: no webhook is registered")
	}
	r, err := t.hooks.request(t.hooks.to[len(t.hooks.to)-1], body)
	if err != nil {
		panic(fmt.Sprintf("openprojecttest: %v", err))
	}
	return r
}
