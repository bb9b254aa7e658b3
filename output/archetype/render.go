package archetype

import (
	"fmt"
	"reflect"
	"strconv"

	"github.com/expr-lang/expr/vm"

	"ingest/output/frontmatter"
)

// Render makes the front matter of one document. The same Env gives the same
// result; the error is a *RenderError.
func (a *Archetype) Render(e Env) (frontmatter.Map, error) {
	return a.root.fill(a.run(e), "")
}

func (a *Archetype) run(e Env) *run {
	r := &run{file: a.file, env: e.vars(), values: newConverter()}
	r.vm.MemoryBudget = memoryBudget
	return r
}

// run is the state of one rendering.
type run struct {
	file   string
	env    map[string]any
	vm     vm.VM
	values *converter
}

// eval runs an expression and returns its raw result.
func (r *run) eval(e *expression, path string) (any, error) {
	v, err := r.vm.Run(e.program, r.env)
	if err != nil {
		return nil, r.failed(e, path, failure(err))
	}
	return v, nil
}

func (r *run) failed(e *expression, path string, err error) error {
	return &RenderError{File: r.file, Line: e.line, Key: path, Expression: e.source, Err: err}
}

func (l literal) render(*run, string) (any, bool, error) { return l.value, true, nil }

func (e expression) render(r *run, path string) (any, bool, error) {
	raw, err := r.eval(&e, path)
	if err != nil {
		return nil, false, err
	}
	v, err := r.values.value(raw, 0)
	if err != nil {
		return nil, false, r.failed(&e, path, err)
	}
	return v, true, nil
}

func (s sequence) render(r *run, path string) (any, bool, error) {
	list := make(frontmatter.List, 0, len(s))
	for i, n := range s {
		v, keep, err := n.render(r, path+"["+strconv.Itoa(i)+"]")
		if err != nil {
			return nil, false, err
		}
		if keep {
			list = append(list, v)
		}
	}
	return list, true, nil
}

func (m mapping) render(r *run, path string) (any, bool, error) {
	if m.when != nil {
		holds, err := r.holds(m.when, path)
		if err != nil || !holds {
			return nil, !m.omit, err
		}
	}
	if m.each != nil {
		v, err := m.list(r, path)
		return v, true, err
	}
	v, err := m.fill(r, path)
	return v, true, err
}

// holds runs a $when.
func (r *run) holds(e *expression, path string) (bool, error) {
	v, err := r.eval(e, path+"."+formWhen)
	if err != nil {
		return false, err
	}
	b, ok := v.(bool)
	if !ok {
		return false, r.failed(e, path+"."+formWhen, fmt.Errorf("must be true or false, got %s", show(v)))
	}
	return b, nil
}

// list runs a $each: one mapping per element. Null is a list of nothing.
func (m mapping) list(r *run, path string) (any, error) {
	v, err := r.eval(m.each, path+"."+formEach)
	if err != nil || v == nil {
		return frontmatter.List{}, err
	}
	items := reflect.ValueOf(v)
	if items.Kind() != reflect.Slice {
		return nil, r.failed(m.each, path+"."+formEach, fmt.Errorf("needs a list, got %s", show(v)))
	}
	outer := r.env[element]
	list := make(frontmatter.List, 0, items.Len())
	for i := range items.Len() {
		r.env[element] = items.Index(i).Interface()
		entries, err := m.fill(r, path+"["+strconv.Itoa(i)+"]")
		if err != nil {
			return nil, err
		}
		list = append(list, entries)
	}
	r.env[element] = outer
	return list, nil
}

// fill renders the keys of a mapping in their order.
func (m mapping) fill(r *run, path string) (frontmatter.Map, error) {
	out := make(frontmatter.Map, 0, len(m.entries))
	for _, e := range m.entries {
		v, keep, err := e.value.render(r, join(path, e.key))
		if err != nil {
			return nil, err
		}
		if keep {
			out = append(out, frontmatter.Entry{Key: e.key, Value: v})
		}
	}
	return out, nil
}

func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}
