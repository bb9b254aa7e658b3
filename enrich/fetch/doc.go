// Package fetch is the one guarded door to the web: every page, image and PDF
// that the program reads from a site comes through [Client.Get].
//
// # The walk
//
// Get visits an address and follows where it leads: HTTP redirects, the
// Refresh header and, for HTML when the request asks for it, meta refresh. The
// loop is this package's own, so each address becomes a [Hop] with the reason
// it was visited and the status it gave. Each target is resolved against the
// address that named it, cleaned by [Options.Clean] and visited in its cleaned
// form; where that form was visited before in the same chain, the target is
// tried as the site gave it, because some sites add a parameter by redirect
// and would otherwise send us in a circle. An address that returns with
// nothing changed is a [Loop]; [Options.MaxHops] ends the rest. The address
// that the caller names is visited as named: who names it has decided.
//
// # The guard
//
// Only public addresses are connected to. The check sits in the dialer, after
// the name was looked up and on the very address being connected, for each
// connection of each hop, so neither a redirect nor a name server that changes
// its answer gets around it. Refused are all rows of IANA's special-purpose
// registries, multicast, and IPv6 outside the global unicast range; IPv4 inside
// IPv6 (mapped, NAT64, ISATAP) is checked as the IPv4 address it stands for, and
// 6to4, Teredo and IPv4-compatible addresses are refused whole.
// A network's own NAT64 prefix cannot be told from any other address.
// [Options.AllowPrivate] opens named hosts. A host opened by name is opened
// when the link says that name, and only then; a CIDR opens addresses whatever
// their name. A kept connection is used again only for the host and port it
// was made for.
//
// With [Options.Proxy] the proxy makes the connection. Its own address is the
// operator's choice and is not checked; the target's name is looked up here
// first, and all its addresses must be public. The proxy looks the name up
// again, so a changing name server is then the proxy's to refuse.
//
// # Limits
//
// Every exchange has a time limit that covers connecting, headers and body, so
// a body that drips ends. Bodies are unpacked (gzip, deflate, brotli, zstd) and
// then capped; reading past the cap gives [TooLarge], and memory stays with the
// decoder's window. Requests to one host are spaced and counted
// ([PerHost]); the place is given back when the body ends, is closed, or runs
// out of time, so a forgotten body cannot hold it. Waiting for a place is not
// counted in the exchange's time.
//
// # What a site learns
//
// The User-Agent, the address asked for, and cookies that this same chain was
// given; [Request.Validators] go to the address they were got from and to no
// other. No Referer, no Authorization; user info in an address is taken off
// before anything is sent or logged.
//
// # What a site may ask for
//
// robots.txt (RFC 9309) is obeyed at every host of a chain unless
// [Options.Robots] says otherwise, and the verdict stands on each [Hop]. The
// file comes by the same guarded door, is kept for a day, and counts neither as
// a hop nor as a turn. A site without one allows all; one that is in trouble
// and cannot say is left alone, with an error that may pass. Its Crawl-delay is
// kept up to 30 s. The library of that trade, github.com/temoto/robotstxt, is
// not used to read the files: it takes patterns as unanchored, part of our name
// for ours, and one line that it cannot read for the end of the file, and keeps
// 40 MB of expressions for a file of 500 KB; the tests hold what it reads
// otherwise side by side.
//
// A Retry-After on a 429 or 503 keeps every request from that host until then,
// up to a day; what [Retry.Max] does not wait for fails at once, and the error
// carries the time. Other hosts are not held up.
//
// # Errors
//
// All failures are [*Error]: its Kind says which, Temporary whether asking
// again may help, Hint what a person can do. What a server sent along with a
// refusal is kept in Answer: it tells a bot wall from a page that is gone.
package fetch
