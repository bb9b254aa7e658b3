package explain

import (
	"slices"
	"strconv"
	"strings"

	"ingest/output"
	"ingest/output/archetype"
	"ingest/output/frontmatter"
)

// row is a key and the origins that it stands for: one, or all those of a
// mapping that is one key.
type row struct {
	path    string
	origins []archetype.Origin
}

// keys lists the document's keys in their order.
func (a account) keys() []Key {
	rows := a.rows(a.r.Origins)
	var list []Key
	for i, row := range rows {
		if i == 0 || rows[i-1].path != row.path {
			list = append(list, a.key(row))
		}
	}
	return append(append(list, a.others(rows)...), a.body())
}

// rows turns origins into keys: those of a $each once for each element, those
// of a mapping that is one value into one.
func (a account) rows(origins []archetype.Origin) []row {
	var rows []row
	for len(origins) > 0 {
		if path, whole := a.whole(origins[0]); whole {
			n := run(origins, func(o archetype.Origin) bool { p, ok := a.whole(o); return ok && p == path })
			rows, origins = append(rows, row{path, origins[:n]}), origins[n:]
			continue
		}
		list, _, ok := strings.Cut(origins[0].Key, each)
		if !ok {
			rows, origins = append(rows, row{origins[0].Key, origins[:1]}), origins[1:]
			continue
		}
		n := run(origins, func(o archetype.Origin) bool { return strings.HasPrefix(o.Key, list+each) })
		v, _ := at(a.now(), list)
		elements, _ := v.(frontmatter.List)
		for i := range elements {
			rows = append(rows, a.rows(element(origins[:n], list, i))...)
		}
		origins = origins[n:]
	}
	return rows
}

// run counts how many origins at the beginning are alike.
func run(origins []archetype.Origin, alike func(archetype.Origin) bool) int {
	n := 0
	for n < len(origins) && alike(origins[n]) {
		n++
	}
	return n
}

// element is the origins of one element of a list.
func element(origins []archetype.Origin, list string, i int) []archetype.Origin {
	made := make([]archetype.Origin, len(origins))
	number := func(key string) string { return strings.Replace(key, list+each, list+"["+strconv.Itoa(i)+"]", 1) }
	for k, o := range origins {
		o.Key = number(o.Key)
		around := make([]archetype.Form, len(o.Around))
		for f, form := range o.Around {
			form.Key = number(form.Key)
			around[f] = form
		}
		o.Around = around
		made[k] = o
	}
	return made
}

// whole returns the path of a mapping or list around a key that is one value:
// a hand has replaced it, or it is null, empty or not there.
func (a account) whole(o archetype.Origin) (path string, ok bool) {
	for _, edit := range a.r.Result.HandEdits {
		if edit.Path != o.Key && covers(edit.Path, o.Key) {
			return edit.Path, true
		}
	}
	for _, form := range o.Around {
		v, _ := at(a.now(), form.Key)
		switch v := v.(type) {
		case frontmatter.Map:
		case frontmatter.List:
			if len(v) == 0 {
				return form.Key, true
			}
		default:
			return form.Key, true
		}
	}
	return "", false
}

// now is the front matter that the document has, or will have if it has none.
func (a account) now() frontmatter.Map {
	if a.r.Found {
		return a.r.File
	}
	return a.r.Document.FrontMatter
}

// others are the keys of the file that the archetype does not have.
func (a account) others(rows []row) []Key {
	var list []Key
	var visit func(path string, m frontmatter.Map)
	visit = func(path string, m frontmatter.Map) {
		for _, e := range m {
			p := join(path, e.Key)
			switch known, below := meets(rows, p); {
			case known:
			case below: // of a list there is nothing to add
				inner, _ := e.Value.(frontmatter.Map)
				visit(p, inner)
			default:
				list = append(list, a.other(p, e.Value))
			}
		}
	}
	if a.r.Found {
		visit("", a.r.File)
	}
	return list
}

// meets tells whether a path is that of a row, and whether rows lie below it.
func meets(rows []row, path string) (known, below bool) {
	for _, r := range rows {
		known = known || r.path == path
		below = below || covers(path, r.path)
	}
	return known, below
}

// other is a key that only the file has.
func (a account) other(path string, value any) Key {
	k := Key{Key: path, Value: Value{value}, State: Foreign, From: []Source{{Kind: FileAlone, Text: "the file alone: the archetype has no such key"}}}
	if edits := a.edits(path); len(edits) > 0 {
		k.State, k.Edits = Hand, edits
		k.From = []Source{{Kind: ByHand, Text: "an edit made by hand"}}
	} else if ours, made := at(a.r.Document.FrontMatter, path); made { // the pipeline adds former addresses, no expression does
		k.State, k.From = Ours, []Source{{Kind: Name, Text: "former addresses of the document"}}
		if !frontmatter.Equal(ours, value) {
			k.State, k.Offered = Pending, &Value{ours}
		}
	} else if slices.ContainsFunc(a.r.Document.Locked, func(locked string) bool { return covers(locked, path) }) {
		k.State, k.From = Locked, []Source{{Kind: Name, Text: "former addresses of the document"}}
	} else if last := a.r.Document.Last; last != nil {
		if _, was := at(last.FrontMatter, path); was {
			k.State, k.Why = Pending, "the archetype has it no more, so it goes the next time the file is written"
		}
	}
	return k
}

// body is the key of the body.
func (a account) body() Key {
	ours := strings.TrimRight(strings.ReplaceAll(a.r.Document.Body, "\r\n", "\n"), "\n")
	k := Key{Key: output.BodyKey, Value: Value{cut(ours)}, State: Ours, From: []Source{{Kind: WorkPackage, Text: "description of the work package", Empty: ours == ""}}}
	if a.r.Found {
		k.Value = Value{cut(a.r.Body)}
	}
	if k.Edits = a.edits(output.BodyKey); len(k.Edits) > 0 {
		k.State = Hand
		k.From = append([]Source{{Kind: ByHand, Text: "an edit made by hand"}}, k.From...)
		for i := range k.Edits {
			k.Edits[i].Value, k.Edits[i].Offered = brief(k.Edits[i].Value.V), brief(k.Edits[i].Offered.V)
		}
	} else if !a.r.Found || strings.TrimRight(a.r.Body, "\r\n") != strings.TrimRight(ours, "\r\n") {
		k.State, k.Offered = Pending, &Value{cut(ours)}
	}
	return k
}
