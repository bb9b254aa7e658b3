package access

import (
	"html/template"
	"net/http"
	"sync"
)

// plainTemplate is the page of a guard that was given none.
//
//nolint:gochecknoglobals // parsed once, read only
var plainTemplate = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("login").Parse(`<!DOCTYPE html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Sign in</title>
<h1>Sign in</h1>
{{with .Error}}<p role="alert">{{.}}</p>{{end}}
{{if .Password}}<form method="post" action="/login"><input type="hidden" name="next" value="{{.Next}}">
<p><label>Name <input name="name" value="{{.Name}}" autocomplete="username" required></label>
<p><label>Password <input name="password" type="password" autocomplete="current-password" required></label>
<p><button>Sign in</button></form>{{end}}
{{with .OIDC}}<p><a href="/login/oidc?next={{$.Next}}">{{.}}</a>{{end}}
</html>
`))
})

func plainPage(w http.ResponseWriter, _ *http.Request, status int, v LoginView) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Security-Policy", "default-src 'none'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'")
	w.WriteHeader(status)
	_ = plainTemplate().Execute(w, v) // the connection is gone
}
