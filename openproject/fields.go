package openproject

import "strings"

// Fields are the custom fields of one work package, found by the label that
// the editors see. A field shows up only if it is enabled for both the project
// and the type of the work package.
type Fields struct {
	schema *Schema
	values map[string]Value // by key, "customField13"
}

// Lookup finds a value by its label. A label that the schema does not have, or
// has twice, is a [NameError]. A field that exists without a value is null.
func (f Fields) Lookup(label string) (Value, error) {
	field, err := f.schema.Field(label)
	if err != nil {
		return Value{}, err
	}
	v := f.values[field.Key]
	v.field = field
	return v, nil
}

// Get is [Fields.Lookup] for callers to whom a missing label is an ordinary
// case; ok is false also for a label that two fields share.
func (f Fields) Get(label string) (v Value, ok bool) {
	v, err := f.Lookup(label)
	return v, err == nil
}

// Labels are the labels of all fields that this work package can have, in the
// order in which the fields were made.
func (f Fields) Labels() []string { return f.schema.Labels() }

// isCustomField tells customField13 from every other key; only those count, a
// built-in property can have the same label (API.md 6).
func isCustomField(key string) bool {
	number, ok := strings.CutPrefix(key, "customField")
	return ok && number != "" && strings.Trim(number, "0123456789") == ""
}

// customFields reads the values, which live among the properties or, for
// formats that point to something, among the links.
func (d *decoder) customFields() map[string]Value {
	values := map[string]Value{}
	for key, raw := range d.doc {
		if isCustomField(key) {
			plain, err := decodePlain(raw)
			d.fail(key, err)
			values[key] = Value{plain: plain}
		}
	}
	for key := range d.links {
		if isCustomField(key) {
			refs, many, err := d.links.all(key)
			d.fail("_links", err)
			v := values[key]
			v.refs, v.many = refs, many
			values[key] = v
		}
	}
	return values
}
