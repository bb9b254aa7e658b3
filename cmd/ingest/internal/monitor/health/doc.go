// Package health answers whether the service lives and whether it can do its work.
//
// /healthz says that the process answers HTTP, always and at once; what restarts a
// process asks it. /readyz says whether the service could do its work now: 200, or
// 503 with the checks that failed. What sends traffic or wakes a person asks it.
//
//	{"status":"failed","checks":{"content_tree":"ok","schedule":"ok","state":"ok","tracker":"failed"}}
//
// A stranger sees names and results only. Why a check failed holds addresses of the
// inner network and paths; it stands in the log, once when a check begins to fail and
// once when it passes again, and in the answer to those who are signed in.
//
// # One check at a time
//
// A Check has a time limit and a time for which its answer is kept. However many
// ask, it runs once and all of them get its answer; asking does no harm that way. A
// check that does not keep to its limit (a file system that hangs) is left behind:
// whoever asks gets "failed" in time, and it is not begun again before it ends.
//
// # The schedule
//
// Punctual is the check of the schedule, and a daemon.Watcher that learns of runs.
// A scheduled run is missed when its time was longer ago than a grace, and since
// that time no run that looks at the same came to its end. A run that was stopped by
// an error does not count, a run that hangs never ends: one rule finds all of it.
// The grace has to be longer than the longest run.
package health
