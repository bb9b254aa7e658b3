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
// IPv6 (mapped, NAT64) is checked as the IPv4 address it stands for.
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
// given. No Referer, no Authorization; user info in an address is taken off
// before anything is sent or logged.
//
// # Errors
//
// All failures are [*Error]: its Kind says which, Temporary whether asking
// again may help, Hint what a person can do.
package fetch
