package openproject

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Schema tells which custom fields the work packages of one project and type
// have. The methods of a nil Schema act as if it had none.
type Schema struct {
	Href   string  // "/api/v3/work_packages/schemas/41-7"
	Fields []Field // in the order in which the fields were made
}

// Field is one custom field of a schema.
type Field struct {
	Key   string // "customField13"
	Label string // "Medigy Topics", as the tracker has it
	// Type is the wire's name of the format, API.md 6: String, Formattable, Link,
	// Integer, Float, Boolean, Date, CalculatedValue, CustomOption, User, Version,
	// CustomField::Hierarchy::Item, with "[]" in front where several are allowed.
	Type string
	// ReadOnly tells that the user may not write it, or that nobody can.
	ReadOnly bool
}

// Labels lists the labels, also those that two fields share.
func (s *Schema) Labels() []string {
	if s == nil {
		return nil
	}
	labels := make([]string, len(s.Fields))
	for i, f := range s.Fields {
		labels[i] = f.Label
	}
	return labels
}

// Field finds a field by label, trimmed and case-folded. None or several are a
// [NameError].
func (s *Schema) Field(label string) (Field, error) {
	var fields []Field
	if s != nil {
		fields = s.Fields
	}
	return oneByName("custom field", label, fields, func(f Field) string { return f.Label }, func(f Field) string { return f.Key })
}

// Schema reads the schema of a project and type, from memory if it is known.
func (c *Client) Schema(ctx context.Context, projectID, typeID int64) (*Schema, error) {
	return c.schema(ctx, schemaPath(projectID, typeID))
}

func schemaPath(projectID, typeID int64) string {
	return fmt.Sprintf("%s/work_packages/schemas/%d-%d", apiRoot, projectID, typeID)
}

// bindSchema gives a work package the schema its fields are named by.
func (c *Client) bindSchema(ctx context.Context, wp *WorkPackage) (err error) {
	wp.Fields.schema, err = c.schema(ctx, wp.Schema.Href)
	return err
}

func (c *Client) schema(ctx context.Context, href string) (*Schema, error) {
	return c.schemas.get(ctx, href, func() (*Schema, error) {
		in := call{op: "read schema " + href[strings.LastIndexByte(href, '/')+1:]}
		var err error
		if in.url, err = c.base.resolve(href); err != nil {
			return nil, fmt.Errorf("%s: %w", in.op, err)
		}
		body, err := c.get(ctx, in)
		if err != nil {
			return nil, err
		}
		s, err := decodeSchema(body)
		if err != nil {
			return nil, c.payload(in, err)
		}
		return s, nil
	})
}

func decodeSchema(raw []byte) (*Schema, error) {
	d, err := newDecoder(raw)
	if err != nil {
		return nil, fmt.Errorf("schema: %w", err)
	}
	s := &Schema{Href: d.link("self").Href}
	if d.err == nil && s.Href == "" {
		d.err = errors.New("no link to itself")
	}
	for key, entry := range d.doc {
		if !isCustomField(key) {
			continue
		}
		f, err := decodeField(key, entry)
		d.fail(key, err)
		s.Fields = append(s.Fields, f)
	}
	if d.err != nil {
		return nil, fmt.Errorf("schema %s: %w", s.Href, d.err)
	}
	slices.SortFunc(s.Fields, func(a, b Field) int {
		return cmp.Or(cmp.Compare(a.number(), b.number()), strings.Compare(a.Key, b.Key))
	})
	return s, nil
}

func decodeField(key string, raw json.RawMessage) (Field, error) {
	entry, err := newDecoder(raw)
	if err != nil {
		return Field{}, err
	}
	f := Field{Key: key}
	entry.need("name", &f.Label)
	entry.need("type", &f.Type)
	writable := true // unless it says otherwise (API.md 6)
	entry.want("writable", &writable)
	f.ReadOnly = !writable || f.Type == "CalculatedValue"
	return f, entry.err
}

func (f Field) number() int64 {
	n, err := strconv.ParseInt(strings.TrimPrefix(f.Key, "customField"), 10, 64)
	if err != nil { // more digits than an id can have: last
		return 1<<63 - 1
	}
	return n
}
