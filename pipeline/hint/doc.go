// Package hint keeps the hints that something may have changed: a webhook, a
// click on the editors' page, a call of the API, a comment in the tracker. A hint
// names a work package and says no more; what is written follows from the
// tracker's present state, so a hint that is lost costs at most one night.
//
//	queue.Add(hint.Hint{ID: 3960, Trigger: hint.Webhook})
//	hints, err := queue.Take(ctx, 100) // waits for the first
//	…                                  // look at them
//	queue.Done(3960)
//
// The queue is keyed by work package:
//
//   - Hints on one id become one. The more urgent of two decides.
//   - A webhook's hint ripens: it is taken when nothing has come for its id for
//     Queue.Quiet, at the latest Queue.Longest after the first. An editor who
//     saves five times in ten seconds makes one job.
//   - An urgent hint, a person's, is taken at once and before all others.
//   - A hint that comes for an id that is taken, waits until Done: an id is never
//     in work twice at once, and whoever changed something while it was looked
//     at gets another look.
//
// # Elsewhere
//
// Queue lives in the memory of one process. What takes from it declares the few
// methods it needs, and package hinttest holds them as a contract, so that an
// engine shared by several machines can take its place.
package hint
