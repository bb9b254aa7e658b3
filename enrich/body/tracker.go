package body

import (
	"net/url"
	"regexp"
	"strconv"
	"strings"
)

// The addresses of the tracker that a text may link to: an attachment's
// content by the interface and by the browser, and a work package's page, alone or in
// its project (OpenProject's routes).
var (
	attachmentPath  = regexp.MustCompile(`^(?:/api/v3)?/attachments/([0-9]{1,18})(?:/[^/]+)*/?$`)
	workPackagePath = regexp.MustCompile(`^(?:/projects/[^/]+)?/(?:work_packages(?:/details)?|wp)/([0-9]{1,18}|[A-Z][A-Z0-9_]*-[0-9]{1,18})(?:/[^/]*)*$`)
)

// tracker knows the addresses of the tracker.
type tracker struct{ host, prefix string }

func newTracker(base string) tracker {
	u, err := url.Parse(strings.TrimRight(base, "/"))
	if err != nil {
		return tracker{}
	}
	return tracker{strings.ToLower(u.Host), u.Path}
}

// path returns the path of a target in the tracker. Many texts have it without
// the tracker's own prefix, so that is not asked for.
func (t tracker) path(target string) (string, bool) {
	if !strings.Contains(target, "/") {
		return "", false
	}
	u, err := url.Parse(target)
	if err != nil || u.Opaque != "" {
		return "", false
	}
	if u.Host == "" && u.Scheme != "" || u.Host != "" && (t.host == "" || strings.ToLower(u.Host) != t.host) {
		return "", false
	}
	rest, ok := strings.CutPrefix(u.Path, t.prefix)
	if !ok || !strings.HasPrefix(rest, "/") {
		return u.Path, strings.HasPrefix(u.Path, "/")
	}
	return rest, true
}

// attachment returns the id of the attachment that a target is the content of.
func (t tracker) attachment(target string) (int64, bool) {
	p, ok := t.path(target)
	m := attachmentPath.FindStringSubmatch(p)
	if !ok || m == nil {
		return 0, false
	}
	id, err := strconv.ParseInt(m[1], 10, 64)
	return id, err == nil && id > 0
}

// workPackage returns the id of the work package whose page a target is.
func (t tracker) workPackage(target string) (string, bool) {
	p, ok := t.path(target)
	m := workPackagePath.FindStringSubmatch(p)
	if !ok || m == nil {
		return "", false
	}
	return m[1], true
}
