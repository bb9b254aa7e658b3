// Package linkhealth finds out whether a link still leads where it led, and is
// slow to call it dead.
//
//	evidence, err := linkhealth.Checker{Web: client}.Check(ctx, url, last)
//	verdict := linkhealth.Judge(append(history, evidence), now)
//
// A [Checker] makes one [Evidence] of one visit; what a night's bad luck is and
// what a page's end is, no single visit can tell. [Judge] weighs a history of
// evidence: it is pure, and asks nobody.
//
// # A check
//
// HEAD comes first, by the guarded door that pages come by (enrich/fetch:
// robots.txt, pauses between requests to one host, no private address). Its
// answer is believed where it is about a file that is no page, or about the
// version of a page that was read before (ETag, Last-Modified). Otherwise a GET
// follows that reads [window] bytes at most: servers refuse HEAD or answer it
// anyhow, and only the page itself shows that a domain is for sale or that a
// page is gone which answers 200 (enrich/wall). A 429 ends the check at once.
//
// # Figures
//
// Checks within [apart] of each other count as one: a night is a night, however
// often it is asked. A link is dead when, since it was last alive,
//
//	410                                     2 checks failed over 24 hours
//	404, 410, parked domain, soft 404       3 checks failed over 3 days
//	these and server, dns, tls, connection  5 checks failed over 14 days
//
// A server that says 410 has decided so (RFC 9110, 15.5.11: likely permanent); a
// 404 may be a bad deployment, which is noticed within a weekend; certificates
// and hosting are renewed late, and two weeks is what owners take. Being
// refused (401, 403, 429, a bot wall) never makes a link dead: somebody is there
// to refuse. It also ends a row of failures to reach the site, for it was
// reached, but not a row of 404. Being sent from a deep path to the site's front
// page is a suspicion only: some sites do so to programs. What could not be
// asked (robots.txt, a private address) says nothing. One success ends it all.
//
// What was alive is believed for [believed] through checks that say nothing;
// then it is unknown.
//
// # The other explanation
//
// When many links that were well fail to be reached in one run, it is this
// machine's network that failed: [Outage] says so, and the run's evidence is
// to be thrown away.
package linkhealth
