package openprojecttest

import (
	"net/http"
	"strconv"
)

// route answers one request while the tracker is locked.
type route func(viewer, *http.Request) answer

func (t *Tracker) routes() http.Handler {
	mux := http.NewServeMux()
	for pattern, answering := range map[string]route{
		"GET /api/v3/users/me":                  t.getMe,
		"GET /api/v3/{kind}":                    t.getList,
		"GET /api/v3/{kind}/{id}":               t.getOne,
		"GET /api/v3/projects/{id}/{sub}":       t.getProjectSub,
		"GET /api/v3/workspaces/{id}/{sub}":     t.getProjectSub,
		"GET /api/v3/work_packages":             t.listWorkPackages,
		"GET /api/v3/work_packages/{id}":        t.getWorkPackage,
		"GET /api/v3/work_packages/schemas":     t.listSchemas,
		"GET /api/v3/work_packages/{id}/{sub}":  t.getWorkPackageSub,
		"GET /api/v3/attachments/{id}/content":  t.getContent,
		"PATCH /api/v3/work_packages/{id}":      t.patchWorkPackage,
		"POST /api/v3/work_packages/{id}/{sub}": t.postComment,
		"PATCH /api/v3/activities/{id}":         t.patchComment,
	} {
		mux.Handle(pattern, t.locked(answering))
	}
	mux.HandleFunc("GET /api/v3", t.serveRoot)
	mux.HandleFunc("GET /api/v3/{$}", t.serveRoot)
	mux.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) { notFound().write(w) })
	return mux
}

func (t *Tracker) locked(answering route) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		v, refusal := t.authenticate(r)
		if refusal != nil {
			refusal.write(w)
			return
		}
		if r.Method != http.MethodGet && r.Header.Get("Content-Type") == "" {
			refuse(http.StatusNotAcceptable, "TypeNotSupported", "Missing content-type header").write(w)
			return
		}
		t.mu.Lock()
		a := answering(v, r)
		t.mu.Unlock()
		a.write(w)
	})
}

// serveRoot needs no credentials: clients ask it whether there is a tracker.
func (t *Tracker) serveRoot(w http.ResponseWriter, _ *http.Request) {
	ok(object{
		"_type": "Root", "instanceName": t.opts.InstanceName, "coreVersion": "17.6.0",
		"_links": object{
			"self":          object{"href": t.href()},
			"configuration": object{"href": t.href("configuration")},
			"user":          t.link("users", t.opts.User.ID, t.opts.User.Name),
		},
	}).write(w)
}

func (t *Tracker) getMe(v viewer, _ *http.Request) answer {
	if v.anonymous {
		return ok(t.renderUser(User{ID: 2, Name: "Anonymous"}))
	}
	return ok(t.renderUser(t.opts.User))
}

func (t *Tracker) getList(v viewer, r *http.Request) answer {
	kind := r.PathValue("kind")
	switch kind {
	case "projects", "workspaces":
		return t.listProjects(v, r)
	case "types":
		return ok(collection(render(t.types, t.renderType), t.href(kind)))
	case "statuses":
		return ok(collection(render(t.statuses, t.renderStatus), t.href(kind)))
	case "priorities":
		return ok(collection(render(t.priorities, t.renderPriority), t.href(kind)))
	case "users", "principals":
		return t.listUsers(kind, r)
	case "configuration":
		return ok(object{
			"_type": "Configuration", "maximumAPIV3PageSize": t.opts.MaxPageSize,
			"perPageOptions": []int{t.opts.DefaultPageSize, 100},
		})
	}
	return notFound()
}

func render[T any](all []T, as func(T) object) []any {
	list := make([]any, len(all))
	for i, one := range all {
		list[i] = as(one)
	}
	return list
}

func (t *Tracker) getOne(v viewer, r *http.Request) answer {
	kind := r.PathValue("kind")
	if kind == "projects" || kind == "workspaces" {
		if p, found := t.project(v, r.PathValue("id")); found {
			return ok(t.renderProject(p))
		}
		return notFound()
	}
	id, err := strconv.ParseInt(r.PathValue("id"), 10, 64)
	if err != nil {
		return notFound()
	}
	switch kind {
	case "types":
		return oneOf(t.types, id, typeID, t.renderType)
	case "statuses":
		return oneOf(t.statuses, id, statusID, t.renderStatus)
	case "priorities":
		return oneOf(t.priorities, id, priorityID, t.renderPriority)
	case "users", "groups", "placeholder_users", "principals":
		return oneOf(t.users, id, userID, t.renderUser)
	case "attachments":
		return t.getAttachment(v, id)
	case "activities":
		return t.getActivity(v, id)
	}
	return notFound()
}

func oneOf[T any](all []T, id int64, of func(T) int64, as func(T) object) answer {
	one, found := byID(all, id, of)
	if !found {
		return notFound()
	}
	return ok(as(one))
}
