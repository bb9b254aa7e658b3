// Package openproject reads OpenProject through its API v3: work packages as an
// iterator, one work package by id, custom fields by the label the editors see,
// attachments as a stream. It writes comments, custom fields and statuses. It is
// the only package that speaks to the tracker and the only one that imports
// resty; what the tracker says of its own accord is read by its room webhook.
//
// # One request
//
// A [Client] is made once by [New] from a base address and an API key and is
// safe for concurrent use. Every read is a GET, tried again only where a second
// try can help (429, 502, 503, 504, timeouts, broken connections; see [Retry]),
// capped in size, and decoded wholly or not at all. Credentials go to the
// origin of the base address and to no other: replies of the API may redirect
// within that origin only, downloads may leave it but then travel without
// credentials. Addresses found inside replies ("hrefs") are resolved against
// the base address, with or without its path prefix, and refused when they name
// another host.
//
// # One listing
//
// [Client.WorkPackages] promises that every work package which matches from the
// beginning to the end of the listing is yielded, once, although the tracker
// lives on while it is read. Page numbers cannot promise that: a row deleted on
// a page already read moves an unread row onto it. So the listing sorts by a
// time that only grows (createdAt, or updatedAt when the query has
// UpdatedSince), and reads page 1 again and again from a lower bound that
// follows the last row seen. Three rules make it safe:
//
//   - A new bound is trusted only if the tracker's own totals prove that no row
//     fell between the old bound and the new one; else the old bound stays and
//     the next page is read. This also covers trackers that sort or filter
//     otherwise than asked.
//   - Where one second holds more rows than a page, pages are counted after all,
//     and after each page the one before it is read again, so that rows which
//     moved up between two requests are met there.
//   - A listing that cannot reach the total which the tracker states ends in
//     [IncompleteError], never in silence and never in a loop.
//
// A row is yielded in the state in which it was first seen. A caller who keeps a
// watermark takes it from before the listing began.
//
// # Custom fields
//
// The wire knows customField13; editors know "Medigy Topics". Work packages
// carry their [Schema], and [Fields] finds values by label, trimmed and
// case-folded, because labels are what configuration names. A label that does
// not exist or that two fields share is a [NameError] with the labels that do
// exist. Values come back as they are: a blank stays blank.
//
// # Writes
//
// Nothing that is written notifies anybody, and nothing is written that stands
// there already. A write is sent a second time only where that cannot be done
// twice: [Client.EditComment] sets a text, [Client.Change] carries the lock version
// of what it read, and [Client.AddComment], for which the tracker offers no such
// thing, looks for its marker among the comments first. After a conflict
// [Client.Change] reads again and yields to whoever touched the same values. Writes
// follow no redirect.
//
// # Errors
//
// Every error is one of a few types, each with a Hint method that tells a
// person what to do next: [APIError] (the tracker answered no), [TransportError]
// (no whole answer), [PayloadError] (an answer that is not what the API
// promises), [NameError], [ContentError] (a download that is not what the
// listing said), [IncompleteError]; of writes, [PermissionError],
// [ConflictError], [FieldError] and [StatusError]. Cancelling the context ends any call at once
// with the context's error.
package openproject
