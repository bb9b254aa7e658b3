package openproject

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// holds tells that a value is the wanted one already. A blank that nobody can
// tell from nothing is told all the same: the tracker's " " is not "".
func (v Value) holds(want any) bool {
	switch want := want.(type) {
	case nil:
		return v.Text() == ""
	case string:
		if v.field.linked() {
			return sameNames(v.Texts(), chosen(want))
		}
		return v.Text() == want
	case []string:
		return sameNames(v.Texts(), want)
	case bool:
		b, ok := v.Bool()
		return ok && b == want
	case int64:
		if n, ok := v.Int(); ok {
			return n == want
		}
		f, ok := v.Float() // a fraction is written as 5.0
		return ok && f == float64(want)
	case float64:
		n, ok := v.Float()
		return ok && n == want
	}
	return false
}

// sameNames compares sets of names.
func sameNames(a, b []string) bool {
	within := func(in []string) func(string) bool {
		return func(name string) bool {
			return !slices.ContainsFunc(in, func(other string) bool { return sameName(name, other) })
		}
	}
	return !slices.ContainsFunc(a, within(b)) && !slices.ContainsFunc(b, within(a))
}

// chosen are the names in a single choice: one or none.
func chosen(name string) []string {
	if name == "" {
		return nil
	}
	return []string{name}
}

// linked tells that values are links to what may be chosen, not plain properties
// (the table of API.md 6). A web address is plain.
func (f Field) linked() bool {
	switch f.Type {
	case "String", "Formattable", "Link", "Integer", "Float", "Boolean", "Date", "CalculatedValue":
		return false
	}
	return true
}

// fit turns a wanted value into the wire's form for a field.
func (c *Client) fit(ctx context.Context, schema string, f Field, want any) (any, error) {
	misfit := &FieldError{Label: f.Label, Type: f.Type, Err: fmt.Errorf("%#v does not fit", want)}
	if f.linked() {
		names, ok := want.([]string)
		if name, single := want.(string); single {
			names, ok = chosen(name), true
		}
		if !ok && want != nil || len(names) > 1 && !strings.HasPrefix(f.Type, "[]") {
			return nil, misfit
		}
		return c.choose(ctx, schema, f, names)
	}
	text, isText := want.(string)
	number, isInt := want.(int64)
	switch {
	case f.Type == "Formattable" && (isText || want == nil):
		return map[string]string{"raw": text}, nil
	case want == nil || want == "":
		return nil, nil
	case f.Type == "Float" && isInt:
		return float64(number), nil
	case fits(f.Type, want):
		return want, nil
	}
	return nil, misfit
}

func fits(kind string, want any) bool {
	switch want.(type) {
	case string:
		return kind == "String" || kind == "Link" || kind == "Date"
	case int64:
		return kind == "Integer"
	case float64:
		return kind == "Float"
	case bool:
		return kind == "Boolean"
	}
	return false
}

// choose turns names into links to what they name.
func (c *Client) choose(ctx context.Context, schema string, f Field, names []string) (any, error) {
	links := []any{}
	if len(names) > 0 {
		allowed, err := c.allowed(ctx, schema, f)
		if err != nil {
			return nil, err
		}
		found, err := findAll(fmt.Sprintf("value of %q named", f.Label), names, allowed, func(r Ref) Ref { return r })
		if err != nil {
			return nil, err
		}
		for _, r := range found {
			links = append(links, wireTarget(r.Href))
		}
	}
	switch {
	case strings.HasPrefix(f.Type, "[]"):
		return links, nil
	case len(links) == 0:
		return wireTarget(""), nil
	}
	return links[0], nil
}

// allowed reads what may be chosen in a field, afresh: an entry may have been
// made since the schema was read. It stands in the schema, or the schema links to
// where it stands.
func (c *Client) allowed(ctx context.Context, schema string, f Field) ([]Ref, error) {
	in := call{op: fmt.Sprintf("read the values of custom field %q", f.Label)}
	var err error
	if in.url, err = c.base.resolve(schema); err != nil {
		return nil, fmt.Errorf("%s: %w", in.op, err)
	}
	body, err := c.get(ctx, in)
	if err != nil {
		return nil, err
	}
	refs, listed, err := decodeAllowed(body, f.Key)
	switch {
	case err != nil:
		return nil, c.payload(in, err)
	case listed:
		return refs, nil
	case len(refs) == 0:
		return nil, &FieldError{Label: f.Label, Type: f.Type, Err: errors.New("the tracker does not tell its values")}
	}
	if in.url, err = c.base.resolve(refs[0].Href); err != nil {
		return nil, fmt.Errorf("%s: %w", in.op, err)
	}
	return readAll(ctx, c, in, decodeOption)
}

// decodeAllowed finds the allowed values of a field in its schema: listed, or
// else one link to a collection, or none.
func decodeAllowed(schema []byte, key string) (refs []Ref, listed bool, err error) {
	d, err := newDecoder(schema)
	if err != nil {
		return nil, false, err
	}
	entry, err := newDecoder(d.doc[key])
	if err != nil {
		return nil, false, fmt.Errorf("%s: %w", key, err)
	}
	return entry.links.all("allowedValues")
}

// decodeOption reads a list entry, which has a value, or anything else that can be
// chosen, which has a name.
func decodeOption(raw json.RawMessage) (Ref, int64, error) {
	d, err := newDecoder(raw)
	if err != nil {
		return Ref{}, 0, fmt.Errorf("allowed value: %w", err)
	}
	r := d.link("self")
	d.need("id", &r.ID)
	d.want("name", &r.Title)
	d.want("value", &r.Title)
	if d.err == nil && r.Href == "" {
		d.err = errors.New("no link to itself")
	}
	return r, r.ID, d.err
}
