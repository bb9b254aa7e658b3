package urlclean

import "strings"

// run is a stretch of neighbouring parameters that all go.
type run struct {
	sep, start, end int
	open            bool
}

// params cuts the trackers out of text, which begins at byte offset of the
// address. It reports true when some go and none stays.
func (w *work) params(text string, offset int, at place) bool {
	var r run
	var kept, gone bool
	for ps := piecesOf(text, at); ; {
		pc, more := ps.next()
		if !more {
			break
		}
		if !w.goes(text[pc.start:pc.end], at) {
			kept = kept || pc.end > pc.start
			w.end(&r, text, pc, offset)
			continue
		}
		if !r.open {
			r = run{sep: pc.sep, start: pc.start, open: true}
		}
		r.end, gone = pc.end, true
		w.unsure = w.unsure || pc.sep < pc.start && text[pc.sep] == '?'
	}
	if r.open {
		w.cuts.add(span{offset + r.sep, offset + r.end})
	}
	return gone && !kept
}

// end cuts a run that ends before a parameter that stays. As a rule the
// separator before the run goes with it; at the beginning, and where the next
// separator is a "?" that the run brought along, the one behind goes.
func (w *work) end(r *run, text string, next piece, offset int) {
	switch {
	case !r.open:
		return
	case r.sep == r.start || text[next.sep] == '?':
		w.unsure = w.unsure || text[next.sep] == '?'
		w.cuts.add(span{offset + r.start, offset + next.start})
	default:
		w.cuts.add(span{offset + r.sep, offset + r.end})
	}
	r.open = false
}

// goes decides on one parameter and records it when it goes.
func (w *work) goes(param string, at place) bool {
	if param == "" {
		return false
	}
	raw, value := param, ""
	if i := strings.IndexByte(param, '='); i >= 0 {
		raw, value = param[:i], param[i+1:]
	} else if at == inFragment {
		return false // an anchor
	}
	var n name
	n.set(raw)
	if at == inQuery {
		w.scope.table.signed.note(&w.have, n.bytes())
	}
	r := w.scope.verdict(n.bytes(), value, at)
	if r == nil || r.class == affiliate && w.options.Affiliate == Keep {
		return false
	}
	if w.scope.kept(n.bytes(), value, r) {
		w.unsure = true
		return false
	}
	w.record(Removal{Name: raw, Value: value, Rule: r.key, Why: r.why})
	return true
}
