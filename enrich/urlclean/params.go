package urlclean

import "strings"

// run is a stretch of neighbouring parameters that all go.
type run struct {
	sep, start, end int
	open            bool
}

// params cuts the trackers out of text, which begins at byte offset of the
// address. It reports true, with its cuts void, when no parameter stays.
func (w *work) params(text string, offset int, at place) bool {
	var r run
	var kept, gone bool
	for ps := piecesOf(text); ; {
		pc, more := ps.next()
		if !more {
			break
		}
		if w.goes(text[pc.start:pc.end], at) {
			if !r.open {
				r = run{sep: pc.sep, start: pc.start, open: true}
			}
			r.end, gone = pc.end, true
			continue
		}
		if w.state == protected {
			return false
		}
		kept = kept || pc.end > pc.start
		w.close(&r, text, pc, offset)
	}
	if r.open {
		w.cuts = append(w.cuts, span{offset + r.sep, offset + r.end})
	}
	return gone && !kept
}

// close cuts a run that ends before a parameter that stays. As a rule the
// separator before the run goes with it; at the beginning, and where the next
// separator is a "?" that the run brought along, the one behind goes.
func (w *work) close(r *run, text string, next piece, offset int) {
	if !r.open {
		return
	}
	if r.sep == r.start || text[next.sep] == '?' {
		w.cuts = append(w.cuts, span{offset + r.start, offset + next.start})
	} else {
		w.cuts = append(w.cuts, span{offset + r.sep, offset + r.end})
	}
	r.open = false
}

// goes decides on one parameter and records it when it goes.
func (w *work) goes(param string, at place) bool {
	raw, value, assigned := strings.Cut(param, "=")
	if param == "" || at == inFragment && !assigned {
		return false
	}
	var n name
	n.set(raw)
	r := w.scope.verdict(n.bytes(), value, at)
	switch {
	case r == nil,
		r.class == affiliate && w.options.Affiliate == Keep,
		!w.may():
		return false
	case w.scope.kept(n.bytes(), value, r):
		w.held = true
		return false
	}
	w.record(Removal{Name: raw, Value: value, Rule: r.key, Why: r.why})
	return true
}
