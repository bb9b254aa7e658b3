// Package daemon keeps ingest running: it decides when the next run begins and
// sees to it that there are never two.
//
//	schedule ──► request ─┐
//	API, page ──► request ─┼──► one run at a time ──► events, history
//	webhook, click ──► hint ┘
//
// # Requests and hints
//
// A Request is a run over the whole query (incremental, full, links) or over named
// work packages that somebody asked for. A hint (package hint) is less: something
// may have changed. Hints that are ripe when nothing else is to be done make a run
// of their own; while a run lists, those that it has not met yet are taken ahead
// of the rest (pipeline.Pipeline.Ahead), so that nobody waits for the night's run
// to end.
//
// # The clock
//
// Schedules are cron lines in a time zone (schedule.go). A tick that meets a run
// which looks at the same things is skipped, and a skipped tick is a Run of its
// own in the history: it is never silent. A tick that meets any other run waits for
// its end. At the start an incremental run looks for what was missed while nobody
// was there; a full run whose time came meanwhile is caught up once.
//
// # Setbacks
//
// After a run that an error stopped, hints wait, and each time longer (again.go), so
// that nobody is asked over and over in vain; what a person or a schedule asks for
// begins at once all the same. A listing that was stopped by what passes by itself is
// tried again. Reschedule, with which a configuration is taken over, ends the pause.
//
// # The end
//
// When the context of Daemon.Run ends, the run at hand is drained: items at hand
// are finished, nothing else begins. After ShutdownTimeout it is cancelled. One that
// still waits for another process ends as a drained one does. What was not reached is
// found by the next start, since a hint is only a hint.
//
// The daemon knows nothing of HTTP, of the configuration and of what a run does:
// a Runner carries it out. It is the only user of robfig/cron.
package daemon
