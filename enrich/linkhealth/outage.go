package linkhealth

// minOutage is how many links must fail to be reached before this machine's
// network is suspected: fewer may well be dead themselves.
const minOutage = 5

// Check is one check of a run.
type Check struct {
	Before Evidence // the latest until then, zero when there was none
	Found  Evidence
}

// Outage reports whether a run tells more about this machine's network than
// about links: more than half of the links that could be reached before, and
// [minOutage] at least, could not be reached. Links that could not be reached
// before are no witnesses, or a night on which only suspects are checked would
// never count.
func Outage(run []Check) bool {
	witnesses, failed := 0, 0
	for _, c := range run {
		if c.Before.Network() {
			continue
		}
		witnesses++
		if c.Found.Network() {
			failed++
		}
	}
	return failed >= minOutage && 2*failed > witnesses
}
