package explain

import (
	"slices"
	"strings"

	"ingest/enrich"
	"ingest/output/archetype"
	"ingest/output/frontmatter"
)

// key explains one row.
func (a account) key(r row) Key {
	value, there := at(a.now(), r.path)
	k := Key{Key: r.path, Value: Value{value}, Conditions: conditions(r)}
	if o := r.origins[0]; o.Key == r.path {
		k.Expression, k.Line = o.Expression, o.Line
	}
	k.From = a.sources(r)
	a.judge(&k, r, there)
	return k
}

// conditions are the forms that decide about a row, each once.
func conditions(r row) []Condition {
	var list []Condition
	for _, o := range r.origins {
		for _, f := range o.Around {
			c := Condition{Key: f.Key, Form: f.Word, Expression: f.Expression, Line: f.Line}
			if covers(f.Key, r.path) && !slices.Contains(list, c) {
				list = append(list, c)
			}
		}
	}
	return list
}

// judge says whose a value is.
func (a account) judge(k *Key, r row, there bool) {
	ours, offered := at(a.r.Document.FrontMatter, k.Key)
	same := there == offered && (frontmatter.Equal(ours, k.Value.V) || k.Key == a.r.IDKey) // the id is, in any writing, or the file were not the document
	if !same && offered {
		k.Offered = &Value{ours}
	}
	var parts []string
	for _, o := range r.origins {
		parts = append(parts, o.Parts...)
	}
	why, since := a.lost(parts)
	k.Edits = a.edits(k.Key)
	if len(k.Edits) == 0 && !there && offered && a.tidied(k.Key, ours) {
		k.Edits = []Edit{{Key: k.Key, Offered: Value{ours}, Deleted: true}}
	}
	switch {
	case len(k.Edits) > 0:
		k.State = Hand
		if k.Edits[0].Key == k.Key {
			k.From = append([]Source{{Kind: ByHand, Text: "an edit made by hand", Value: k.Edits[0].Value}}, k.From...)
		}
	case a.r.Found && same && why != "" && a.stoodIn(parts) && !k.Value.none():
		k.State, k.Why, k.Since = Kept, why, since
	case a.r.Found && !same && slices.ContainsFunc(a.r.Result.Kept, func(path string) bool { return covers(path, k.Key) }):
		k.State, k.Why, k.Since, k.Offered = Kept, why, since, nil
	case a.r.Found && !same && slices.ContainsFunc(a.r.Document.Locked, func(path string) bool { return covers(path, k.Key) }):
		k.State = Locked
	case !a.r.Found || !same:
		k.State = Pending
	default:
		k.State = Ours
	}
	if k.State == Ours && k.Value.none() {
		k.Why = why
	}
}

// stoodIn says whether one of the parts could not be had on the last visit and is
// that of an earlier one.
func (a account) stoodIn(parts []string) bool {
	v := a.r.Visit
	has := map[enrich.Part]bool{enrich.PartPage: v.Page != nil, enrich.PartImage: v.Image != nil, enrich.PartPDF: v.PDF != nil, enrich.PartIcon: v.Icon != nil}
	return slices.ContainsFunc(v.Lost, func(part enrich.Part) bool {
		return has[part] && slices.ContainsFunc(parts, func(p string) bool { return names(p)[0] == string(part) })
	})
}

// tidied tells a key that a person took out although nothing stood there: the
// merge lets it stay away without a word.
func (a account) tidied(path string, ours any) bool {
	if !a.r.Found || a.r.Document.Last == nil || !(Value{ours}).none() {
		return false
	}
	_, was := at(a.r.Document.Last.FrontMatter, path)
	return was
}

// edits are those made by hand to a key and below it.
func (a account) edits(path string) []Edit {
	var list []Edit
	for _, e := range a.r.Result.HandEdits {
		if covers(path, e.Path) {
			list = append(list, Edit{Key: e.Path, Value: Value{e.Hand}, Offered: Value{e.Ours}, Deleted: e.Deleted, Dropped: e.Dropped, Conflict: e.Conflict})
		}
	}
	return list
}

// sources are what a row is made of.
func (a account) sources(r row) []Source {
	var list []Source
	for _, part := range parts(r) {
		for _, s := range a.source(part, r) {
			if !slices.ContainsFunc(list, func(other Source) bool { return other.Text == s.Text && other.ID == s.ID }) {
				list = append(list, s)
			}
		}
	}
	empty := !slices.ContainsFunc(list, func(s Source) bool { return !s.Empty })
	value, _ := at(a.r.Document.FrontMatter, r.path)
	if len(list) == 0 || empty && !(Value{value}).none() {
		list = append(list, literal(r))
	}
	return list
}

// literal is the source of a value that the archetype says itself.
func literal(r row) Source {
	text := "a literal of the archetype"
	if r.origins[0].Expression != "" && r.origins[0].Key == r.path {
		text = "a literal in the expression"
	}
	return Source{Kind: Literal, Text: text}
}

// parts are those to look for: what the expression names, or what the forms
// around it do, where the key is their whole value or an element of a list.
func parts(r row) []string {
	var list []string
	for _, o := range r.origins {
		if o.Key == r.path && (len(o.Own) > 0 || !inElement(o)) {
			list = append(list, o.Own...)
			continue
		}
		n := len(list)
		for _, f := range o.Around {
			if covers(r.path, f.Key) || f.Word == "$each" {
				list = append(list, f.Parts...)
			}
		}
		if len(list) == n {
			list = append(list, o.Own...)
		}
	}
	return list
}

// inElement tells an expression over the element of a $each.
func inElement(o archetype.Origin) bool {
	return o.Expression != "" && strings.Contains(o.Key, "[") && slices.ContainsFunc(o.Around, func(f archetype.Form) bool { return f.Word == "$each" })
}
