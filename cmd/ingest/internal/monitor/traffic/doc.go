// Package traffic watches the requests that the service answers: a line in the log
// for each, a call of an observer (metrics), and a panic of a handler turned into
// a 500 that a person can look up.
//
//	watch := &traffic.Watch{Logger: logger, Client: guard.ClientIP, Observe: metrics.Served}
//	server.Handler = watch.Outside(guard.Wrap(watch.Inside(mux)))
//
// It stands at two places, because what is worth telling is known at two. Outside,
// around everything, sees the answer and how long it took, also of what the guard
// refused. Inside, right around the mux, sees what the others have found out: who
// asks (package access) and which pattern of the mux answered. A request that never
// came that far has neither.
//
// A line tells method, pattern, status, duration, who and the client's address. It
// tells neither the path nor the query: those hold what an editor searched for, and
// in mistyped requests tokens and passwords. Ids are in the lines of the runs.
//
// A panic is logged with its stack and with an id, and the answer names that id and
// nothing else. When the answer had begun already, the connection is cut, so that
// half of it is not taken for the whole.
package traffic
