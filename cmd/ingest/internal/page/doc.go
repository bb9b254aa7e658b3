// Package page is the editors' page of the service: what needs attention, each
// entry with its preview and where its values came from, a button that refreshes
// it, and the runs.
//
//	p, err := page.New(page.Options{Desk: d})
//	guard, err := access.New(access.Options{LoginPage: p.LoginPage, …})
//	p.Routes(mux, guard.Require)
//
// # One page, twice
//
// Every page is whole HTML, made by html/template on the server; a form is a POST
// that is answered with a redirect. A page whose subject is still at work asks the
// browser to load it again after two seconds, inside <noscript>.
//
// The script (static/page.js) adds to that and replaces nothing: it sends the same
// form, fetches the same page, and puts those parts of it that are marked data-part
// in the place of the ones on screen. While a work package is looked at it listens
// to /api/v1/events and says each step in a live region. Should the events not come,
// it asks every two seconds, as the browser would have done. It writes times, which
// the server gives in UTC, in the reader's zone.
//
// # What comes from outside
//
// Titles, addresses, documents, diffs and reports are strangers' texts. html/template
// escapes them; only http and https addresses become links (address.go);
// characters that control, turn or part a text unseen are shown as what they are in
// every page, and in addresses and diffs all that are not seen (visible.go); Markdown is rendered without its raw HTML and without its
// images (preview.go). The one picture, the featured image, is served from here
// with the type that its bytes have, an SVG as a download with a sandbox. The
// Content-Security-Policy (head.go) allows what comes from this service, and nothing
// inline, so that what slips through still does nothing.
//
// # Who may
//
// Routes asks for the scope read before every page and run before every order;
// buttons that would be refused are not shown. An error's page says what happened
// to what and what to do; what only the operator can mend is in the log.
package page
