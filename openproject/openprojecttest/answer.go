package openprojecttest

import (
	"net/http"
	"strings"
)

// answer is what a request gets.
type answer struct {
	status int
	header http.Header
	body   []byte
}

func ok(body any) answer { return answered(http.StatusOK, body) }

func answered(status int, body any) answer {
	return answer{
		status: status,
		header: http.Header{"Content-Type": {"application/hal+json; charset=utf-8"}},
		body:   mustJSON(body),
	}
}

func (a answer) write(w http.ResponseWriter) {
	for key, values := range a.header {
		w.Header()[key] = values
	}
	w.WriteHeader(a.status)
	_, _ = w.Write(a.body) // the client may be gone
}

// refuse is an error answer, API.md 2.
func refuse(status int, identifier, message string) answer {
	return answered(status, errorObject(identifier, message, ""))
}

func errorObject(identifier, message, attribute string) object {
	e := object{
		"_type":           "Error",
		"errorIdentifier": "urn:openproject-org:api:v3:errors:" + identifier,
		"message":         message,
	}
	if attribute != "" {
		e["_embedded"] = object{"details": object{"attribute": attribute}}
	}
	return e
}

func notFound() answer {
	return refuse(http.StatusNotFound, "NotFound", "The requested resource could not be found.")
}

func forbidden() answer {
	return refuse(http.StatusForbidden, "MissingPermission", "You are not authorized to access this resource.")
}

func invalidQuery(message string) answer {
	return refuse(http.StatusBadRequest, "InvalidQuery", message)
}

// invalid answers one or several faults of a body: 422.
func invalid(faults []object) answer {
	if len(faults) == 1 {
		return answered(http.StatusUnprocessableEntity, faults[0])
	}
	all := errorObject("MultipleErrors", "Multiple field constraints have been violated.", "")
	all["_embedded"] = object{"errors": faults}
	return answered(http.StatusUnprocessableEntity, all)
}

// viewer is who asks.
type viewer struct{ anonymous bool }

func (v viewer) sees(p Project) bool { return !p.Hidden && (p.Public || !v.anonymous) }

// authenticate knows API key and token; see Options. The second result is the
// refusal, if any.
func (t *Tracker) authenticate(r *http.Request) (viewer, *answer) {
	name, password, basic := r.BasicAuth()
	bearer, isBearer := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	key, token := t.opts.APIKey, t.opts.Token
	switch {
	case key == "" && token == "",
		basic && name == "apikey" && key != "" && password == key,
		isBearer && bearer != "" && (bearer == key || bearer == token):
		return viewer{}, nil
	case r.Header.Get("Authorization") == "" && t.opts.Anonymous:
		return viewer{anonymous: true}, nil
	}
	message := "You did not provide the correct credentials."
	if r.Header.Get("Authorization") == "" {
		message = "You need to be authenticated to access this resource."
	}
	a := refuse(http.StatusUnauthorized, "Unauthenticated", message)
	a.header.Set("WWW-Authenticate", `Basic realm="OpenProject API"`)
	return viewer{}, &a
}
