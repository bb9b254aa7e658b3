// Package enrich turns what an editor wrote into what a reader gets: a clean
// link, the metadata of the page behind it, an image, a PDF, an icon and
// related offerings.
//
// An [Item] is one work package on its way. Steps work on it in this order:
//
//	Clean   the source URL loses its tracking parameters      enrich/urlclean
//	Follow  redirects are followed, the page is brought home  enrich/fetch, enrich/wall
//	Scrape  metadata is read from the page                    enrich/page
//	Assets  image, PDF and icon are taken and looked at       enrich/asset
//	Inline  attachments that the body shows are taken         enrich/body
//	Relate  offerings with the same topics are found
//
// Each step is a small struct whose fields are its options, with two methods,
// Name and Apply; the pipeline declares the interface they meet. The packages
// behind the steps are pure or know one thing only, and do not import each
// other: urlclean, page, wall, asset and body turn bytes into facts, and fetch
// is the one door to the web. What an item has learned can be remembered as a
// [Visit]; with the one of an earlier day the steps ask for less.
//
// Three things can go wrong, and each has its own way out. A work package that
// is not wanted as it stands ends with a [Skip]. Trouble that a document can
// live with becomes a [Warning] on the item; where it may pass by another day
// the item also notes which part it lost: that of the visit before stands in
// ([Item.KeepLast]), so that nothing written earlier is replaced by a gap or by
// something less. Everything else is an error, and the item's alone.
//
// The bytes of assets never stay in memory: a [Spool] keeps them in temporary
// files until [Item.Close].
//
// This package and those below it know neither the tracker nor the content
// tree; an attachment arrives as a name and a function that streams it.
package enrich
