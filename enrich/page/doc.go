// Package page reads what a web page says about itself: title, authors, dates, image, site name, language and the rest.
//
// It is pure. [Parse] takes the page's bytes (UTF-8) and the address they were served from and returns a [Page]; it opens no
// connection, reads no file and looks at no clock, so the same bytes always give the same answer.
//
// # How a page is read
//
// The bytes are parsed once, by goquery, behind a guard that keeps hostile markup from costing more than linear time
// (guard.go) and takes out what says nothing (thin.go): scripts, comments, white space between blocks, attributes that no
// field reads. An attribute read anywhere must be on the list in keeper.go; a test holds the two together. Since parsing is
// most of the cost, this pays for all the rest: a page is read in little more time than goquery takes for the whole of it.
//
// One walk over the tree (walk.go) then writes down every signal a field may want: meta tags, links, JSON-LD blocks,
// microdata, RDFa and microformats, headings, times, images, elements whose class names speak of an author or a date, and
// the text runs in their order. Each signal remembers the frame it stood in (zone.go): navigation, footer, comments, related
// stories. After the walk nothing looks at the tree except to take the text or the attributes of an element already found.
//
// # How a field is decided
//
// Every field has a file of its own, and in it a chain: an ordered table of places to look. Each place yields candidates;
// the field's judgement (is this a logo? a placeholder date? the site's own name?) drops or reorders them, and the first
// that is left wins. [Page.Sources] keeps those that were looked at, the winner first, each with the place it came from
// and, where it was refused or doubted, the reason, so that a value can be explained. Plain text is asked only where nothing
// sound is declared. The candidates for the image and [Page.Icons] are also the order in which to try them where the first
// cannot be fetched; a few pictures of the content therefore stand behind a sound declaration too.
//
// The judgements are about kinds of pages, never about one site. Nothing is made up: a date without a year stays
// out, and a logo in the text is no picture of the page.
package page
