package linkhealth

import (
	"net/http"
	"strconv"
	"strings"
)

// words says in a few words what was found. Alive needs none.
func (e Evidence) words() string {
	switch {
	case e.Class == "":
		return "not checked yet"
	case e.Class == Alive && e.Moved != "":
		return "redirected for good"
	case e.Class == Alive:
		return ""
	case e.Detail != "" && e.Status != 0 && (e.Class == Refused || e.Class == Server):
		return strconv.Itoa(e.Status) + ", " + e.Detail
	case e.Class == Home:
		return "sent to the front page"
	case e.Detail != "" && e.Class != Parked && e.Class != SoftGone:
		return string(e.Class) + ": " + e.Detail
	case e.Detail != "":
		return e.Detail
	case e.Status != 0:
		return strings.TrimSpace(strconv.Itoa(e.Status) + " " + http.StatusText(e.Status))
	}
	return string(e.Class)
}
