package archetype

import "time"

// Env is everything an expression may use. The expr tags are the names that
// archetypes write: together with the functions listed in the package comment
// they are a promise to everyone who keeps an archetype of their own, so a
// name is added here but never renamed or given another meaning.
//
// Optional objects are pointers: nil reads as null, and link?.href is null
// where link.href would be an error. Texts are "" where nothing is known,
// except in the maps, where a missing name is null.
type Env struct {
	// WP is the work package as the tracker has it.
	WP WorkPackage `expr:"wp"`
	// Title is the title to publish: the work package's subject, cleaned.
	Title string `expr:"title"`
	// Body is the Markdown under the front matter.
	Body string `expr:"body"`
	// Name is the document's identity, a UUID: the stem of its file name and
	// of the names of its assets.
	Name string `expr:"name"`
	// Bundle tells that the document has a folder of its own with its assets in
	// it: false for a plain file, also in a tree of bundles.
	Bundle bool `expr:"bundle"`
	// Topics are the labels of the topics field, in the tracker's order.
	Topics []string `expr:"topics"`
	// Link is the source the work package points to; nil without a usable one.
	Link *Link `expr:"link"`
	// Page is what the source page says of itself; all empty when it could
	// not be read, never nil.
	Page Page `expr:"page"`
	// Image is the featured image; nil when there is none.
	Image *Asset `expr:"image"`
	// PDF is the featured PDF; nil when there is none.
	PDF *Asset `expr:"pdf"`
	// Icon is the best icon of the source page; nil when there is none.
	Icon *Asset `expr:"icon"`
	// Offerings are the related offerings, the closest first.
	Offerings []Offering `expr:"offerings"`
	// Site holds the settings of the site that the document is for.
	Site Site `expr:"site"`
}

// WorkPackage is `wp`.
type WorkPackage struct {
	// ID is the number that never changes.
	ID int64 `expr:"id"`
	// Type, Status, Project and Author are names as the tracker shows them.
	Type    string `expr:"type"`
	Status  string `expr:"status"`
	Project string `expr:"project"`
	Author  string `expr:"author"`
	// Subject is the tracker's title, as it was typed.
	Subject string `expr:"subject"`
	// URL is where a person opens the work package in the tracker.
	URL string `expr:"url"`
	// CreatedAt and UpdatedAt are instants: date() writes them.
	CreatedAt time.Time `expr:"createdAt"`
	UpdatedAt time.Time `expr:"updatedAt"`
	// Fields are the configured custom fields by their configured key
	// (source_url, via_link, …). Null where the tracker has no value.
	Fields map[string]any `expr:"fields"`
	// CustomFields are the same fields as a document shows them: only those
	// with a value, by the camelCased label in the tracker ("Source URL" is
	// sourceUrl).
	CustomFields map[string]any `expr:"customFields"`
}

// Link is `link`: the source URL and what became of it.
type Link struct {
	// Href is the cleaned URL, to be published.
	Href string `expr:"href"`
	// Original is the URL as the editor gave it.
	Original string `expr:"original"`
	// Canonical is what the page names as its own URL, or "".
	Canonical string `expr:"canonical"`
	// Brand is the host without "www.": mindbowser.com.
	Brand string `expr:"brand"`
	// Domain is the first label of the registrable domain: mindbowser. It is
	// "" where there is none, as for an IP address.
	Domain string `expr:"domain"`
	// Hops are the addresses passed on the way, the given one first.
	Hops []Hop `expr:"hops"`
	// Health is what the checks of the link say: "ok", "moved", "suspect" or
	// "dead"; "" while nothing is known.
	Health string `expr:"health"`
	// Archived is the address of an archived copy, known for links that fail;
	// else "".
	Archived string `expr:"archived"`
}

// Hop is one element of `link.hops`.
type Hop struct {
	// URL is the address as it was met, Clean the same without tracking
	// parameters.
	URL   string `expr:"url"`
	Clean string `expr:"clean"`
	// Status is the HTTP status answered; 0 when nothing answered.
	Status int `expr:"status"`
	// Reason says why the hop was taken ("redirect", "meta refresh", …).
	Reason string `expr:"reason"`
}

// Page is `page`: what the source page says of itself.
type Page struct {
	Title       string   `expr:"title"`
	Description string   `expr:"description"`
	Authors     []string `expr:"authors"`
	// Published and Modified are nil where the page gives no date.
	Published *time.Time `expr:"published"`
	Modified  *time.Time `expr:"modified"`
	SiteName  string     `expr:"siteName"`
	Canonical string     `expr:"canonical"`
	// Lang is the language tag of the page ("en", "pt-BR"), or "".
	Lang     string   `expr:"lang"`
	Keywords []string `expr:"keywords"`
	// Meta holds the texts of the page's meta tags by their name or property
	// as the page writes it: page.meta["og:title"]. A missing one is null.
	Meta map[string]any `expr:"meta"`
}

// Asset is `image`, `pdf` or `icon`.
type Asset struct {
	// Name is the file name in the assets folder; "" when nothing was stored.
	Name string `expr:"name"`
	// Href is the address it was taken from.
	Href string `expr:"href"`
	// Format names the kind of file as its bytes show it: JPEG, PNG, PDF, ….
	Format string `expr:"format"`
	// Width and Height are pixels; 0 when unknown.
	Width  int `expr:"width"`
	Height int `expr:"height"`
	// Valid tells whether the bytes could be read as what Format says.
	Valid bool `expr:"valid"`
	// Source tells where it came from: "attachment" or "page".
	Source string `expr:"source"`
	// WorkPackage is the id of the work package it belongs to.
	WorkPackage int64 `expr:"workPackage"`
	// Attachment is the tracker's attachment; nil when it came from the page.
	Attachment *Attachment `expr:"attachment"`
}

// Attachment is `image.attachment` and its like.
type Attachment struct {
	ID int64 `expr:"id"`
	// FileName is the name the editor's file had.
	FileName string `expr:"fileName"`
	// Link is the tracker's path of the bytes:
	// /api/v3/attachments/10312/content.
	Link string `expr:"link"`
}

// Offering is one element of `offerings`.
type Offering struct {
	ID        int64    `expr:"id"`
	Label     string   `expr:"label"`
	Permalink string   `expr:"permalink"`
	Topics    []string `expr:"topics"`
}
