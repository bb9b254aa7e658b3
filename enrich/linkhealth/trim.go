package linkhealth

// maxKept is how much evidence is kept since a link was last alive: a suspect's
// of a hundred days, a dead link's of two years.
const maxKept = 100

// Trim leaves out of a history what [Judge] has no more use for: all before the
// last row of successes, and all but the first and last of that row. Of what
// failed since, the first and the latest stay. The result is in order of time.
func Trim(evidence []Evidence) []Evidence {
	all := ordered(evidence)
	last := -1 // success
	for i, e := range all {
		if e.Class == Alive {
			last = i
		}
	}
	var kept []Evidence
	if last >= 0 {
		if first := rowStart(all, last); first < last {
			kept = append(kept, all[first])
		}
		kept = append(kept, all[last])
	}
	since := all[last+1:]
	if len(since) > maxKept {
		kept = append(kept, since[0])
		since = since[len(since)-maxKept+1:]
	}
	return append(kept, since...)
}

// rowStart is where the row of successes with one address begins that ends at
// last. What says nothing does not end it.
func rowStart(all []Evidence, last int) int {
	start := last
	for i := last - 1; i >= 0; i-- {
		e := all[i]
		switch {
		case e.Class == Alive && e.Moved == all[last].Moved:
			start = i
		case e.Class == Alive || e.failed() || e.Class == Home:
			return start
		}
	}
	return start
}
