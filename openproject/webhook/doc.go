// Package webhook reads what OpenProject sends of its own accord: it checks that
// a body comes from the tracker ([Verify]) and tells what the body is about
// ([Parse]). It opens no connection and knows no HTTP beyond the name of one
// header, [Header].
//
//	if err := webhook.Verify(body, r.Header.Get(webhook.Header), secrets); err != nil {
//		// log err, answer 401
//	}
//	event, err := webhook.Parse(body)
//
// # An event is a hint
//
// An administrator enters an address and a secret in the tracker and picks events
// and projects. From then on the tracker posts a JSON body with the name of the
// action and the resource it is about, drawn up with the eyes of the system user:
// fields and work packages may be in it that our own account must not see. So
// nothing of an event is ever published. It says where to look; what is there is
// read with our own credentials.
//
// What can be relied on, and what not (API.md 10):
//
//   - Events are late. The tracker waits until an editor has been quiet for some
//     minutes and makes one event of all that was done. Only the first of these
//     states, or only the last, may ever be seen in an event.
//   - Events are unordered, and two may come in at the same time. An older state
//     can arrive after a newer one.
//   - Events get lost. Only a timeout of ours is tried again, three times in all
//     and by newer versions only; any answer counts as delivered, an error as well,
//     and nobody calls again when the connection is refused. So the receiver
//     stores the hint and answers 202 at once, and a scheduled run finds what no
//     event told of.
//   - Nothing is said of deletions, of work packages that move out of sight, or of
//     a comment that is edited.
//   - Events come twice. There is neither an id nor a time in the headers, so a
//     recorded request can be played again for as long as the secret is valid. That
//     it asks for no more than a look makes this harmless; [Event.Key] finds such
//     repetitions.
//   - Our own writes come back as events. [Event.Actor] tells who caused one, where
//     the version of the tracker says so; who decides by content needs no actor.
//   - A file can belong to a wiki page or a meeting, which pass every filter by
//     project: their [Event.WorkPackage] is 0.
//   - Versions up to 2023 draw a body up twice, to sign it and to send it. On a rare
//     day the two differ, and an honest event is refused.
//
// # The signature
//
// With a secret set, the tracker sends the HMAC-SHA1 of the body's bytes under it.
// The bytes must be those that arrived: read again and written anew, the same JSON
// has others. Several secrets can be valid at a time, so that one can be replaced
// without losing an event in between. Without a valid secret everything is refused:
// whoever finds the address could otherwise keep the service busy.
package webhook
