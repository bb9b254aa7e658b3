package urlclean

import "strings"

// work is one Clean at work.
type work struct {
	options *Options
	result  Result
	scope   scope
	cuts    cuts
	have    marks // of a signature, in the query at hand
	unsure  bool  // what stays may be read differently, see again
}

// strip takes the trackers out of the address at hand and reports whether
// another look is needed.
func (w *work) strip() bool {
	w.cuts.n, w.cuts.more, w.have, w.unsure = 0, w.cuts.more[:0], marks{}, false
	before := len(w.result.Removed)
	a := &w.scope.addr
	w.stripPath()
	if a.query != "" {
		w.stripQuery()
	}
	if a.fragment != "" {
		w.stripFragment()
	}
	if len(w.result.Removed) == before {
		return false
	}
	if why := w.scope.leave(w.have); why != "" {
		w.result.Removed = w.result.Removed[:before]
		w.result.Notes = append(w.result.Notes, why)
		return false
	}
	w.result.Output = w.cuts.apply(a.raw)
	return w.again()
}

// again reports whether the address, now shorter, may be read differently: a
// redirect whose target is the end of the query, a row that asks for a
// parameter now gone, a ";" that parts parameters since the last "&" went, a
// parameter that had a second "?" behind it, a fragment that became a route.
func (w *work) again() bool {
	for _, list := range w.scope.lists[:w.scope.n] {
		for _, one := range list.rows {
			if one.kind == open && one.opener.where != byParam || len(one.cond.queries) > 0 {
				return true
			}
		}
	}
	return w.unsure || strings.IndexByte(w.scope.addr.query, ';') >= 0
}

// stripPath cuts a path as a trim row says: from its mark to the end.
func (w *work) stripPath() {
	var i, j int
	row := w.scope.next(trim, &i, &j)
	if row == nil {
		return
	}
	a := &w.scope.addr
	at := strings.Index(a.path, row.mark)
	if at < 0 {
		return
	}
	w.cuts.add(span{len(a.head) + at, len(a.head) + len(a.path)})
	name, value, _ := strings.Cut(a.path[at:], "=")
	w.record(Removal{Name: name, Value: value, Rule: row.key, Why: row.why})
}

// stripQuery cuts trackers out of the query, and its "?" when none are left.
func (w *work) stripQuery() {
	a := &w.scope.addr
	at, before := a.queryAt(), w.cuts.len()
	if !w.params(a.query, at, inQuery) {
		return
	}
	whole := span{at - 1, at + len(a.query)}
	if w.options.KeepEmptyQuery {
		whole.from = at
	}
	w.cuts.truncate(before)
	w.cuts.add(whole)
}

// stripFragment does the same for a fragment that holds name=value text. A
// route keeps what stands before its "?", a text directive is left alone.
func (w *work) stripFragment() {
	a := &w.scope.addr
	text := a.fragment
	if strings.IndexByte(text, '=') < 0 || strings.Contains(text, ":~:") {
		return
	}
	q, route := strings.IndexByte(text, '?'), text[0] == '/' || text[0] == '!'
	switch {
	case route && q < 0:
		return
	case !route && q >= 0 && strings.IndexByte(text[:q], '=') >= 0:
		q = -1 // parameters on both sides
	}
	at, before := a.fragmentAt(), w.cuts.len()
	all := w.params(text[q+1:], at+q+1, inFragment)
	w.unsure = w.unsure || w.cuts.len() > before
	if !all {
		return
	}
	whole := span{at + q, at + len(text)}
	if q <= 0 {
		whole.from = at - 1 // nothing before it: the "#" goes too
	}
	w.cuts.truncate(before)
	w.cuts.add(whole)
}

func (w *work) record(r Removal) {
	if cap(w.result.Removed) == 0 {
		likely := strings.Count(w.scope.addr.query, "&") + 1
		w.result.Removed = make([]Removal, 0, min(likely, 8))
	}
	w.result.Removed = append(w.result.Removed, r)
}
