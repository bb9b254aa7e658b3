package api

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"net/http"
)

// document describes the API as OpenAPI 3.1 does (https://spec.openapis.org/oas/v3.1.1).
//
//go:embed openapi.json
var document []byte

// openAPI answers with the document, in the program's version.
func (a *api) openAPI(w http.ResponseWriter, r *http.Request) {
	if _, err := query(r); err != nil {
		a.fail(w, r, err)
		return
	}
	version, err := json.Marshal(a.Version)
	if err != nil {
		a.fail(w, r, err)
		return
	}
	a.send(w, r, "application/json", http.StatusOK, bytes.Replace(document, []byte(`"$VERSION"`), version, 1))
}
