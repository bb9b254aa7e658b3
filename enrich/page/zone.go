package page

// zone is a set of the parts of a page that a place lies in.
type zone uint16

const (
	inHeader  zone = 1 << iota // the site's or an article's <header>
	inNav                      // menus, breadcrumbs
	inFooter                   // the site's footer
	inAside                    // sidebars and widgets
	inComment                  // readers' comments and the form for them
	inRelated                  // teasers of other pages
	inForm
	inMain    // <main> or role=main
	inArticle // <article>
	inBio     // a box about the author
	inCaption // figure captions, photo credits
	inHidden  // not shown
	inQuote   // somebody else's words, embedded posts among them
)

// offside are the zones whose contents do not speak of the page itself.
const offside = inNav | inFooter | inAside | inComment | inRelated | inForm | inHidden | inQuote

// frame is one zone that encloses a stretch of the page.
type frame struct {
	parent     *frame
	kind       zone
	start, end int
}

// zones adds up the frames around a place. A frame that also holds the headline is passed over for the zones
// that class names claim: templates put "has-sidebar" and "comments-open" on the wrapper of everything. So is one around the
// <main> that the place lies in.
func (f *frame) zones(headline int) zone {
	var z zone
	for ; f != nil; f = f.parent {
		kind := f.kind
		if headline > 0 && f.start <= headline && headline <= f.end || z&inMain != 0 {
			kind &^= offside | inCaption | inBio
		}
		z |= kind
	}
	return z
}

// nearest returns the innermost frame of a kind; nil where there is none.
func (f *frame) nearest(kind zone) *frame {
	for ; f != nil; f = f.parent {
		if f.kind&kind != 0 {
			return f
		}
	}
	return nil
}

// mark is what class names and attributes say about one element.
type mark uint16

const (
	markAuthor   mark = 1 << iota // byline, author, vcard
	markDate                      // date, published, timestamp
	markUpdated                   // updated, modified
	markHeadline                  // headline, entry-title, p-name
	markKicker                    // kicker, overline, subtitle: beside a headline, not part of it
	markName                      // fn, p-name: the name inside an author's card
	markStrong                    // markup made for machines: itemprop, rel, microformats
	markTitle                     // title
	markLogo
	markUser   // forum user names
	markFormat // microformats
)

// word is what one word of a class name or id says.
type word struct {
	zone zone
	mark mark
}

// classWords gives the meaning of single words in class names and ids; "post-author__name" has the words
// post, author and name.
var classWords = map[string]word{ //nolint:gochecknoglobals // read-only table
	"nav": {zone: inNav}, "navbar": {zone: inNav}, "navigation": {zone: inNav}, "menu": {zone: inNav}, "breadcrumb": {zone: inNav},
	"breadcrumbs": {zone: inNav}, "topbar": {zone: inNav}, "toolbar": {zone: inNav}, "megamenu": {zone: inNav}, "pagination": {zone: inNav},
	"footer": {zone: inFooter}, "colophon": {zone: inFooter}, "copyright": {zone: inFooter}, "imprint": {zone: inFooter},
	"sidebar": {zone: inAside}, "aside": {zone: inAside}, "widget": {zone: inAside}, "rail": {zone: inAside}, "banner": {zone: inAside},
	"newsletter": {zone: inAside}, "subscribe": {zone: inAside}, "cookie": {zone: inAside}, "consent": {zone: inAside}, "popup": {zone: inAside}, "modal": {zone: inAside}, "advert": {zone: inAside},
	"advertisement": {zone: inAside}, "sponsor": {zone: inAside}, "sponsors": {zone: inAside}, "promo": {zone: inAside}, "share": {zone: inAside}, "sharing": {zone: inAside}, "social": {zone: inAside},
	"comment": {zone: inComment}, "comments": {zone: inComment}, "commentlist": {zone: inComment}, "disqus": {zone: inComment}, "respond": {zone: inComment},
	"kommentar": {zone: inComment}, "kommentare": {zone: inComment}, "commentaires": {zone: inComment}, "comentarios": {zone: inComment}, "reviews": {zone: inComment}, "replies": {zone: inComment},
	"related": {zone: inRelated}, "recommended": {zone: inRelated}, "recommendations": {zone: inRelated}, "popular": {zone: inRelated}, "trending": {zone: inRelated}, "mostread": {zone: inRelated},
	"teaser": {zone: inRelated}, "teasers": {zone: inRelated}, "outbrain": {zone: inRelated}, "taboola": {zone: inRelated}, "latest": {zone: inRelated}, "readmore": {zone: inRelated},
	"recirc": {zone: inRelated}, "carousel": {zone: inRelated}, "upnext": {zone: inRelated},
	"form":    {zone: inForm},
	"caption": {zone: inCaption}, "figcaption": {zone: inCaption}, "credit": {zone: inCaption}, "credits": {zone: inCaption}, "photographer": {zone: inCaption},
	"bio":    {zone: inBio},
	"author": {mark: markAuthor}, "authors": {mark: markAuthor}, "byline": {mark: markAuthor}, "bylines": {mark: markAuthor}, "autor": {mark: markAuthor}, "autoren": {mark: markAuthor}, //nolint:misspell // words of many languages
	"autore": {mark: markAuthor}, "auteur": {mark: markAuthor}, "writer": {mark: markAuthor}, "verfasser": {mark: markAuthor}, "redakteur": {mark: markAuthor}, "contributor": {mark: markAuthor}, "contributors": {mark: markAuthor},
	"creator": {mark: markAuthor}, "firma": {mark: markAuthor}, "author-name": {mark: markAuthor}, "journalist": {mark: markAuthor}, "columnist": {mark: markAuthor}, "forfatter": {mark: markAuthor},
	"username": {mark: markUser}, "poster": {mark: markUser}, "user": {mark: markUser},
	"date": {mark: markDate}, "dateline": {mark: markDate}, "published": {mark: markDate}, "publish": {mark: markDate}, "pubdate": {mark: markDate}, "datum": {mark: markDate}, "posted": {mark: markDate}, "timestamp": {mark: markDate}, "datetime": {mark: markDate},
	"time": {mark: markDate}, "publication": {mark: markDate}, "fecha": {mark: markDate}, "data": {mark: markDate}, "dato": {mark: markDate}, "created": {mark: markDate},
	"updated": {mark: markUpdated}, "modified": {mark: markUpdated}, "lastmod": {mark: markUpdated}, "aktualisiert": {mark: markUpdated},
	"headline": {mark: markHeadline}, "title": {mark: markTitle}, "heading": {mark: markTitle}, "titel": {mark: markTitle}, "titre": {mark: markTitle}, "titolo": {mark: markTitle},
	"kicker": {mark: markKicker}, "overline": {mark: markKicker}, "subtitle": {mark: markKicker}, "subheadline": {mark: markKicker}, "eyebrow": {mark: markKicker}, "topline": {mark: markKicker}, "dachzeile": {mark: markKicker}, "subline": {mark: markKicker},
	"roofline": {mark: markKicker}, "label": {mark: markKicker}, "badge": {mark: markKicker}, "category": {mark: markKicker}, "subhead": {mark: markKicker}, "spitzmarke": {mark: markKicker}, "tagline": {mark: markKicker}, "permalink": {mark: markKicker}, "headerlink": {mark: markKicker},
	"fn": {mark: markName}, "logo": {mark: markLogo}, "brand": {mark: markLogo},
}

// classTokens gives the meaning of whole class names: microformats (microformats.org/wiki/h-entry, hAtom) and
// a few names that everybody uses the same way.
var classTokens = map[string]word{ //nolint:gochecknoglobals // read-only table
	"p-author": {mark: markAuthor | markStrong}, "dt-published": {mark: markDate | markStrong}, "dt-updated": {mark: markUpdated | markStrong},
	"p-name": {mark: markName}, "entry-title": {mark: markHeadline}, "entry-date": {mark: markDate},
	"post-title": {mark: markHeadline}, "article-title": {mark: markHeadline}, "page-title": {mark: markHeadline},
	"has-sidebar": {}, "with-sidebar": {}, "no-sidebar": {}, "without-sidebar": {}, // of the page around it
	"post-footer": {}, "entry-footer": {}, "article-footer": {}, "post-header": {}, "entry-header": {}, // an article's own, where bylines stand
	"screen-reader-text": {zone: inHidden}, "sr-only": {zone: inHidden}, "visually-hidden": {zone: inHidden},
	"most-read": {zone: inRelated}, "read-more": {zone: inRelated}, "more-stories": {zone: inRelated}, "up-next": {zone: inRelated}, "see-also": {zone: inRelated}, "you-may": {zone: inRelated},
}
