package urlclean

import "strings"

// work is one Clean at work.
type work struct {
	options *Options
	result  *Result
	scope   scope
	cuts    []span // what goes from the address at hand, in order
	room    [8]span
	state   guard
	held    bool // a keep row held something back
}

// span is a stretch of bytes of the address at hand.
type span struct{ from, to int }

// guard remembers whether the address at hand was found to be one that must
// come back untouched; it is only asked when something would go.
type guard uint8

const (
	unasked guard = iota
	free
	protected
)

// strip takes the trackers out of the address at hand and reports whether
// another look is needed.
func (w *work) strip() bool {
	w.cuts, w.state, w.held = w.room[:0], unasked, false
	before := len(w.result.Removed)
	a := &w.scope.addr
	w.stripPath()
	if a.hasQuery && a.query != "" && w.state != protected {
		w.stripQuery()
	}
	if a.hasFrag && w.state != protected {
		w.stripFragment()
	}
	if w.state == protected || len(w.cuts) == 0 {
		w.result.Removed = w.result.Removed[:before]
		return false
	}
	w.result.Output = w.cut()
	return w.again()
}

// again reports whether the address, now shorter, may be read differently: a
// redirect whose target is the whole query, a row that asks for a parameter
// now gone, a ";" that parts parameters since the last "&" went.
func (w *work) again() bool {
	for _, one := range w.scope.sites {
		if one.kind == open || one.kind == trim || len(one.cond.queries) > 0 {
			return true
		}
	}
	a := &w.scope.addr
	return w.held || strings.IndexByte(a.query, ';') >= 0 || strings.IndexByte(a.fragment, ';') >= 0
}

// cut joins what stays.
func (w *work) cut() string {
	raw := w.scope.addr.raw
	var b strings.Builder
	b.Grow(len(raw))
	at := 0
	for _, c := range w.cuts {
		b.WriteString(raw[at:c.from])
		at = c.to
	}
	b.WriteString(raw[at:])
	return b.String()
}

// may reports whether anything may go from the address at hand.
func (w *work) may() bool {
	if w.state == unasked {
		w.state = free
		if why := w.scope.leave(); why != "" {
			w.state = protected
			w.result.Notes = append(w.result.Notes, "left alone: "+why)
		}
	}
	return w.state == free
}

// stripPath cuts a path as a trim row says: from its mark to the end.
func (w *work) stripPath() {
	i, row := w.scope.trimFrom()
	if row == nil || !w.may() {
		return
	}
	a := &w.scope.addr
	at := len(a.head) + i
	w.cuts = append(w.cuts, span{at, len(a.head) + len(a.path)})
	name, value, _ := strings.Cut(a.path[i:], "=")
	w.record(Removal{Name: name, Value: value, Rule: row.key, Why: row.why})
}

// stripQuery cuts trackers out of the query, and its "?" when none are left.
func (w *work) stripQuery() {
	a := &w.scope.addr
	at := a.queryAt()
	from := len(w.cuts)
	if w.params(a.query, at, inQuery) {
		w.cuts = append(w.cuts[:from], span{at - 1, at + len(a.query)})
		if w.options.KeepEmptyQuery {
			w.cuts[from].from++
		}
	}
}

// stripFragment does the same for a fragment that holds name=value text. A
// route keeps what stands before its "?", a text directive is left alone.
func (w *work) stripFragment() {
	a := &w.scope.addr
	text := a.fragment
	if strings.IndexByte(text, '=') < 0 || strings.Contains(text, ":~:") {
		return
	}
	at, from := a.fragmentAt(), len(w.cuts)
	q := strings.IndexByte(text, '?')
	if q < 0 && (text[0] == '/' || text[0] == '!') {
		return
	}
	if w.params(text[q+1:], at+q+1, inFragment) {
		whole := span{at + max(q, 0), at + len(text)}
		if whole.from == at {
			whole.from-- // nothing before it: the "#" goes too
		}
		w.cuts = append(w.cuts[:from], whole)
	}
}

func (w *work) record(r Removal) {
	if cap(w.result.Removed) == 0 {
		likely := strings.Count(w.scope.addr.query, "&") + 1
		w.result.Removed = make([]Removal, 0, min(likely, 8))
	}
	w.result.Removed = append(w.result.Removed, r)
}
