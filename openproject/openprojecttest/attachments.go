package openprojecttest

import (
	"fmt"
	"mime"
	"net/http"
	"slices"
	"strings"
)

func (t *Tracker) attachmentsOf(workPackage int64) object {
	var list []any
	for _, f := range t.files {
		if f.workPackage == workPackage {
			list = append(list, t.attachment(f))
		}
	}
	return collection(list, t.href("work_packages", number(workPackage), "attachments"))
}

func (t *Tracker) attachment(f *file) object {
	content := object{"href": t.href("attachments", number(f.ID), "content")}
	links := object{
		"self":      t.link("attachments", f.ID, f.FileName),
		"author":    t.userLink(f.Author),
		"container": t.parentLink(f.workPackage),
		"delete":    object{"href": t.href("attachments", number(f.ID)), "method": "delete"},
	}
	if !f.NoLinks {
		links["staticDownloadLocation"], links["downloadLocation"] = content, content
	}
	if t.opts.RemoteStorage {
		links["downloadLocation"] = object{"href": t.signed(f)}
	}
	a := object{
		"_type": "Attachment", "id": f.ID, "fileName": f.FileName, "fileSize": len(f.Content),
		"description": formattable("plain", f.Description), "contentType": f.ContentType,
		"digest":    object{"algorithm": "md5", "hash": f.digest()},
		"createdAt": t.stamp(f.CreatedAt), "status": "uploaded", "_links": links,
	}
	if f.Size != nil {
		a["fileSize"] = *f.Size
	}
	switch f.Status {
	case "":
	case "-":
		delete(a, "status")
	default:
		a["status"] = f.Status
	}
	if f.Digest == "-" {
		a["digest"] = nil
	}
	return a
}

func (f *file) digest() string {
	if f.Digest != "" {
		return f.Digest
	}
	return digestOf(f.Content)
}

// visibleFile finds a file whose work package one may see.
func (t *Tracker) visibleFile(v viewer, id string) (*file, bool) {
	i := slices.IndexFunc(t.files, func(f *file) bool { return number(f.ID) == id })
	if i < 0 {
		return nil, false
	}
	_, found := t.visibleRow(v, number(t.files[i].workPackage))
	return t.files[i], found
}

func (t *Tracker) getAttachment(v viewer, id int64) answer {
	f, found := t.visibleFile(v, number(id))
	if !found {
		return notFound()
	}
	return ok(t.attachment(f))
}

// getContent sends the bytes, or to the storage host for them.
func (t *Tracker) getContent(v viewer, r *http.Request) answer {
	f, found := t.visibleFile(v, r.PathValue("id"))
	if !found {
		return notFound()
	}
	if t.opts.RemoteStorage {
		return answer{status: http.StatusFound, header: http.Header{"Location": {t.signed(f)}}}
	}
	return f.bytes()
}

func (f *file) bytes() answer {
	kind := f.ContentType
	if kind == "" {
		kind = "application/octet-stream"
	}
	disposition := mime.FormatMediaType("attachment", map[string]string{"filename": f.FileName})
	return answer{
		status: http.StatusOK,
		header: http.Header{"Content-Type": {kind}, "Content-Disposition": {disposition}},
		body:   f.Content,
	}
}

// signed is the address of a file on the storage host.
func (t *Tracker) signed(f *file) string {
	signature := digestOf(fmt.Appendf(nil, "%d of %p", f.ID, t))
	return fmt.Sprintf("%s/attachment/file/%d/content?X-Amz-Expires=300&X-Amz-Signature=%s", t.storageURL, f.ID, signature)
}

// serveStorage is the storage host: a good signature is enough, and a second
// kind of credentials is too much (API.md 7).
func (t *Tracker) serveStorage(w http.ResponseWriter, r *http.Request) {
	t.mu.Lock()
	defer t.mu.Unlock()
	refusal := answer{header: http.Header{"Content-Type": {"application/xml"}}}
	for _, f := range t.files {
		if !strings.HasPrefix(r.URL.Path, fmt.Sprintf("/attachment/file/%d/", f.ID)) {
			continue
		}
		switch {
		case r.Header.Get("Authorization") != "":
			refusal.status = http.StatusBadRequest
			refusal.body = []byte("<Error><Message>Only one auth mechanism allowed</Message></Error>")
		case !strings.HasSuffix(t.signed(f), r.URL.RequestURI()):
			refusal.status = http.StatusForbidden
			refusal.body = []byte("<Error><Code>SignatureDoesNotMatch</Code></Error>")
		default:
			f.bytes().write(w)
			return
		}
		refusal.write(w)
		return
	}
	refusal.status = http.StatusNotFound
	refusal.write(w)
}
