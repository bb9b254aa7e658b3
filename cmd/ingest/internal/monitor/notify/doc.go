// Package notify tells people when the service begins to fail and when it is well
// again: by a webhook that takes what Slack's takes, by mail, or by both.
//
//	run ended ──► queue ──► troubles ──► is there news? ──► digest ──► webhook, mail
//	                          every minute: missed runs
//
// A Notifier is a daemon.Watcher that only queues; all else happens in Notifier.Run,
// so that no run waits for a mail server.
//
// # When
//
// Troubles (trouble.go) are what is wrong at the moment: a kind of run that was stopped
// by an error, one that was skipped or missed, and each work package that failed. A
// trouble goes when a run shows that it is over. People are told once when the first
// trouble comes, and once when the last one goes. In between they are told when the
// gravest kind of trouble changes: a stopped run is news although a work package failed
// before, and so is its end, an hour after they were told of it at the earliest. Of
// other troubles they are told at most once a day, and only of those which they do not
// know. A link that was found dead is no trouble of the service, which may be well with
// a hundred of them: each is told of once, when it dies.
//
// A named work package that the tracker does not show, such as a mistyped one, is no
// trouble either: no later run tries it again, so none would show that it is over. The
// report of its run and the page tell of it.
//
// A run that a shutdown ended early is nobody's fault. A rehearsal changes nothing,
// and so says nothing.
//
// # What is remembered
//
// The troubles, and those that were told, are a fact of the state ("notify"): a
// restart neither repeats a message nor swallows one. They are written before a
// message goes out and again after it, so that a crash in between may repeat it. A
// message that nobody took is an error in the log and is tried again ten minutes
// later, made of what is wrong then.
//
// # Words from outside
//
// Subjects and errors come from anywhere. They become single lines of bounded length
// without control characters, what Slack takes for markup or a mention is escaped,
// and a mail's text is quoted-printable, so that none of them can end a header or
// a message. The webhook's address is a secret: no error and no log has it.
package notify
