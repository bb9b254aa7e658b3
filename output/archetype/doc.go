// Package archetype makes the front matter of a document from an archetype: a
// YAML file that looks like the finished front matter.
//
//	aliases: '= site.basePath + slug(title)'   # an expression
//	layOut: single                             # everything else is literal
//	id: '= wp.id'
//	featuredImage:
//	  $when: image != nil                      # null unless it holds
//	  alt: '= title'
//	relatedOfferings:
//	  $each: offerings                         # one mapping per element
//	  label: '= it.label'
//
// The order of the keys in the file is their order in the document.
//
// # Values
//
// A text that begins with = is an expression of github.com/expr-lang/expr; a
// literal text that begins with = is written with two: '== x' gives "= x". A
// date without quotes is a text, as everywhere in front matter. An expression
// gives a text, number, bool, null, list or mapping; a mapping it gives is
// written with its keys sorted, for the engine's have no order. A time has no
// form of its own and is an error: date() writes it.
//
// # Forms
//
// Three keys say what becomes of the mapping they stand in. Their value is an
// expression, with or without the = before it.
//
//   - $when: the mapping is null unless the expression is true. Nothing inside
//     is looked at otherwise, so it may use what $when has made sure of.
//   - $omit: true, beside $when: the key is left out instead of being null; in
//     a list the element is left out.
//   - $each: a list with one mapping per element of the list that the
//     expression gives, called it inside. Null gives an empty list. Beside
//     $when, $when comes first. In a $each inside a $each, it is the inner one.
//
// A key that itself begins with $ is written with two.
//
// # The directive
//
// $document, at the top, is not written. It tells the program what the front
// matter means to the site: where the work package's id stands, which keys
// are the address, what that address is, where former ones go, what a new file
// is called, how a draft is marked. See [Document], [Archetype.Address] and
// [Archetype.File].
//
// # Names and functions
//
// [Env] lists the names; the expr tags are how expressions write them. The
// functions beside the engine's own:
//
//   - slug(text): the text as it stands in an address; "" for a text without
//     a letter or digit, so give it a substitute: default(slug(title), …).
//   - date(time, layout[, zone]): the time by a layout of Go's time package,
//     "2006-01-02"; in UTC unless a zone like "Europe/Berlin" is named. An
//     unknown time is null.
//   - truncate(text, n): the first n UTF-16 units, never half a character.
//   - after(text, sep): what follows the first sep; all of it without one.
//   - default(x, y): y where x is null, blank or an empty list or mapping.
//   - string(x): a text, number or bool as a text.
//
// Of the engine's functions those are switched off whose result depends on
// more than their arguments (now, the order of keys), or whose size has no
// bound (repeat, reduce): the same Env always gives the same front matter.
//
// # Checking
//
// [Archetype.Schema] describes the front matter that an archetype makes, and
// [Archetype.Validate] holds a document to it. [Archetype.Origins] tells what
// each value is made of.
//
// [Parse] reports every mistake at once, each with file, line, column and a
// hint. [Archetype.Render] can still meet a null where a value is needed; its
// error names key, line and expression. An archetype is code that its site
// trusts: size and nesting are bounded, but no clock stops an expression.
package archetype
