// Package openprojecttest is a tracker that answers like OpenProject's API v3,
// for tests and for the demo. It holds projects, types, statuses, users, custom
// fields, work packages and attachments in memory and serves them over HTTP, so
// that any client of OpenProject can read it, not only ours:
//
//	tracker := openprojecttest.Curation(openprojecttest.Options{APIKey: "secret"})
//	tracker.Add(openprojecttest.WorkPackage{ID: 3960, Subject: "…", Fields: map[string]any{
//		"Source URL": "https://example.com/a", "Medigy Topics": []string{"Telemedicine"}}})
//	if err := tracker.Start("127.0.0.1:0"); err != nil { … }
//	defer tracker.Close()
//	// tracker.URL() is the base address to give to a client
//
// It keeps to what is known of the real one, the traps above all: without a
// filters parameter closed work packages are left out; offset counts pages, not
// rows; pages are silently cut to a maximum; unknown filter values fail the
// whole list; what one may not see is 404; a PATCH without the right lockVersion
// is a conflict; downloads may redirect to a storage host that refuses
// credentials.
//
// The holdings may be changed at any time, also while clients read: every
// method is safe for concurrent use, each request sees one moment. Change
// methods panic on what only a mistake in a fixture can cause, an unknown type,
// say; nothing that arrives over HTTP makes them panic.
//
// [Tracker.Webhook] registers an address that is told of changes, as it is told by
// the real one but at once: signed, one request per event, in no order, never
// again. [Tracker.SignedHook] draws up such a request for a test to send.
//
// [Tracker.SetFault] makes requests fail in the ways real trackers and networks
// do, and [Tracker.Requests] tells what was asked.
//
// Left out: select, eprops, time entries, forms, deleting and
// creating work packages over HTTP, uploads.
package openprojecttest
