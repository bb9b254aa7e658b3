// Package urlclean takes trackers out of links and opens redirects that carry
// their target. It is pure: no network, no clock, no file but its own table.
//
// # How an address is cleaned
//
// [Cleaner.Clean] cuts the address into scheme, host, path, query and fragment
// without decoding it, and looks up the rows of the table for its host. If one
// of them says that the address is a redirect and its target can be read, the
// target takes its place and the work begins again, five times at most.
// Otherwise each parameter's name is compared with the table, escapes and
// letter case aside, and what goes is cut out of the raw bytes. What stays
// keeps its bytes, its order, its doubled keys, its ";", "+" and escapes, and
// an address with nothing to cut is returned as the same string.
//
// Parameters are parted by "&", by the "&amp;" of unescaped HTML, by a second
// "?" with a name and "=" behind it, and by ";" in a query without "&". A
// separator goes with the parameter behind it; where all parameters go, the
// "?" goes too ([Options.KeepEmptyQuery] keeps it). Fragments that hold
// name=value text are cleaned like queries; anchors, routes and text
// directives are left alone.
//
// # What is never touched
//
// Anything that is no http or https address with a host comes back as it was.
// So do, with a note, addresses that are signed (the signature covers the whole
// query), sign-ins, payments, archives and redirects that cannot be opened.
// Parameters that do real work in one place stay there: a mail's mark where its
// recipient leaves the list, "ref" on a git host, "utm_source" where a file
// transfer is named by it.
//
// # The table
//
// All of this is data, in the text files of the folder rules, read in the
// order of their names. A line is a comment ("#"), a section, or a row of
// columns between "|": where it holds, what it is about, why.
//
//	[drop mail]
//	* | mc_cid mc_eid | Mailchimp
//	amazon.* */dp/ | keywords | Amazon: search before, on a product's page
//	[keep]
//	* *unsub | @mail | leaving a mailing list needs the recipient's mark
//	[leave]
//	* ~login ~signin | a sign-in
//	[sign]
//	* | awsaccesskeyid + signature | Amazon, signature version 2
//	[trim]
//	amazon.* | /ref= | Amazon: place on the page, and the session behind it
//	[open]
//	google.* /url$ | ?url,q | Google: search result or link in a document
//
// A drop section names the class of its rows: campaign, click, mail, affiliate,
// share or visit. A host is "example.com" with its subdomains, "example.*"
// under any country's ending, "click." for hosts that begin so, or "*". Behind
// the hosts stand tests, of which one of each kind must hold: "/begin",
// "/whole$", "~segment" and "*anywhere" of the path, "?name" and "?name=value"
// of the query. Names may begin or end with "*"; "#name" goes from fragments
// only, "name~test" only with a value that passes the test (values.go). Keep
// rows also take "@class", "@global" (all that rows for every host take), "*"
// and "!class". Open rows say where the target is and how it is written
// (unwrap.go and decode.go).
//
// The names are facts gathered from public lists, from vendors' documentation
// and from reports of broken pages; the choice, the grouping and the words are
// ours. A name for every host is one that two lists agree on or that bears its
// maker's mark; a word that means something elsewhere has a row per site, or a
// test of its value. A redirect is opened only for hosts and paths of the table
// and only to an address that has a host with a dot in it. The classes follow the policy: campaign tags, click ids,
// mailing and recipient ids, session, referral and share marks go, affiliate
// marks as [Options.Affiliate] says.
//
// Every row, every name and every host has a line in testdata/rows.golden, made
// by go test -update; a row that is lost or changed shows up there, and a row
// that another one covers is refused by the tests.
package urlclean
