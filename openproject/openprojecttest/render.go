package openprojecttest

import (
	"encoding/json"
	"html"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// object is a JSON object.
type object = map[string]any

// href is a link's address as it stands in replies.
func (t *Tracker) href(segments ...string) string {
	path := "/api/v3"
	if !t.opts.BareHrefs {
		path = t.opts.Prefix + path
	}
	for _, s := range segments {
		path += "/" + url.PathEscape(s)
	}
	return path
}

// link is a link to a resource with a title; to nothing when id is 0.
func (t *Tracker) link(kind string, id int64, title string) object {
	if id == 0 {
		return object{"href": nil}
	}
	l := object{"href": t.href(kind, number(id))}
	if title != "" {
		l["title"] = title
	}
	return l
}

func self(l object) object { return object{"self": l} }

func number(id int64) string { return strconv.FormatInt(id, 10) }

// stamp writes a time as the installation does: UTC, in whole seconds before
// 2024 or so, in milliseconds since.
func (t *Tracker) stamp(at time.Time) string {
	if t.opts.WholeSeconds {
		return at.UTC().Format("2006-01-02T15:04:05Z")
	}
	return at.UTC().Format("2006-01-02T15:04:05.000Z")
}

// formattable is a long text. Nobody reads the HTML, so it is one paragraph.
func formattable(format string, raw any) object {
	text, _ := raw.(string)
	rendered := ""
	if text != "" {
		rendered = `<p class="op-uc-p">` + html.EscapeString(text) + `</p>`
	}
	return object{"format": format, "raw": raw, "html": rendered}
}

// collection is a list that always comes whole.
func collection(elements []any, at string) object {
	if elements == nil {
		elements = []any{}
	}
	return object{
		"_type": "Collection", "total": len(elements), "count": len(elements),
		"_embedded": object{"elements": elements},
		"_links":    self(object{"href": at}),
	}
}

// cutPage takes one page out of n rows. Offset is a page number; page sizes that
// are too large are cut in silence, size 0 asks for the totals only (API.md 3.3).
func (t *Tracker) cutPage(query url.Values, n int) (offset, size, from, to int) {
	size = t.opts.DefaultPageSize
	if asked, err := strconv.Atoi(query.Get("pageSize")); err == nil {
		size = asked
	}
	if size < 0 || size > t.opts.MaxPageSize {
		size = t.opts.MaxPageSize
	}
	offset, err := strconv.Atoi(query.Get("offset"))
	if err != nil || offset < 1 {
		offset = 1
	}
	from = n
	if size == 0 {
		from = 0
	} else if offset-1 <= n/size {
		from = (offset - 1) * size
	}
	return offset, size, from, min(from+size, n)
}

// pageOf makes the reply that holds one page.
func pageOf(kind, path string, query url.Values, offset, size, total int, elements []any) object {
	at := func(change map[string]string) string {
		q := url.Values{}
		for key := range query {
			q.Set(key, query.Get(key))
		}
		q.Set("offset", strconv.Itoa(offset))
		q.Set("pageSize", strconv.Itoa(size))
		for key, value := range change {
			q.Set(key, value)
		}
		return path + "?" + q.Encode()
	}
	links := object{
		"self":       object{"href": at(nil)},
		"jumpTo":     object{"href": at(map[string]string{"offset": "{offset}"}), "templated": true},
		"changeSize": object{"href": at(map[string]string{"pageSize": "{size}"}), "templated": true},
	}
	if offset*size < total {
		links["nextByOffset"] = object{"href": at(map[string]string{"offset": strconv.Itoa(offset + 1)})}
	}
	if offset > 1 {
		links["previousByOffset"] = object{"href": at(map[string]string{"offset": strconv.Itoa(offset - 1)})}
	}
	return object{
		"_type": kind, "total": total, "count": len(elements), "pageSize": size, "offset": offset,
		"_embedded": object{"elements": elements}, "_links": links,
	}
}

// decodeJSON reads a request's body; numbers keep their digits.
func decodeJSON(body string, to any) error {
	d := json.NewDecoder(strings.NewReader(body))
	d.UseNumber()
	return d.Decode(to)
}
