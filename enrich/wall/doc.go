// Package wall tells pages that stand in the way from pages that are what a
// link promises. It is pure: what came back goes in, a [Finding] comes out.
//
// Sites answer programs with much that is no content and says so only to
// people: a challenge to prove that one is human, a request to accept cookies,
// a form to sign in, an offer to buy the domain, a kind word that the page is
// gone, sent with status 200. Taken as content, each would give a document the
// title "Just a moment..." and put it over a good one.
//
// # Evidence
//
// No single sign is trusted. An article about captchas has the words of a bot
// wall; a page with a comment form loads the scripts of one; a news page has a
// cookie banner and a box to sign in. So evidence is weighed: each row of
// rules.txt says where it is looked for and what it weighs, and one kind of
// wall must reach ten. For a wall speak that the page shows hardly any text of
// its own (navigation, buttons and footers do not count), that the status
// refuses, that the address was left for another one that names it in its
// query, that a password is asked for. Against it speaks, with more weight than
// any two strong rows have, whatever shows content: paragraphs, or metadata of
// an article, a product, a film, or an author and a day. One paragraph or two
// in an article element weigh less, and so do single signs of a piece of
// writing. A title that only begins like that of a wall and goes on with other
// words is a hint. What a page says about cookies and subscriptions is no text
// of its own where consent is in question. Hints alone never make a finding. A
// page behind a paywall is content, for it has its metadata.
//
// What the page's scripts would do is not known: a wall that only a script
// would put up is not one for us, and content that only a script would bring is
// missing here as well as there.
//
// # Cost
//
// A page is read by one pass of the tokenizer, without a tree, up to the first
// half megabyte, and no further than to the point where it has shown enough
// text to be content. Most rows are looked for only where it did not.
package wall
