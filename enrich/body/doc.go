// Package body makes the Markdown of a work package fit for a page that is
// published: byte for byte as the editor wrote it, but for what the tracker
// alone understands and what a site would take for orders.
//
// [Rewrite] does what its [Options] say; the zero Options change nothing.
//
//   - The tracker's attachments, /api/v3/attachments/10312/content, get the
//     address that the site gives them, in links, images, reference
//     definitions, autolinks and the attributes of HTML. [Attachments] lists
//     them beforehand, so that they can be fetched.
//   - The tracker's macros become what a reader sees of them: a mention its
//     name, [[a wiki page]] its title, version:"1.0" its name, ###123 the
//     number #123, or a link where the site has a page for that work package.
//     A table of contents, a button or an embedded table has nothing to show
//     and goes. A macro that shows a value only the tracker knows
//     (workPackageValue:12:status) stays, with a note.
//   - Link targets lose what [Options.CleanURL] takes away. An autolink
//     <https://…> is a target and is cleaned; a bare https://… in the text is
//     the editor's words: some generators make a link of it and some do not, so
//     it stays, with a note, unless BareURLs says otherwise. The targets of
//     images stay.
//   - Template tags that the site's generator would run are written so that
//     it shows them; see [Tags].
//   - UTF-8 that was once read as Windows-1252 (â€™) is mended where that is
//     certain; see [RepairMojibake].
//
// Code, whether inline or in blocks, and HTML comments are left alone, but for
// template tags: a generator looks for those before it reads Markdown.
//
// Where a link begins and ends is told by goldmark, a CommonMark parser: our
// wrappers around its inline parsers note the bytes that each has taken. What
// it leaves open (where in those bytes the target stands) is held against the
// target it found, and left alone unless they agree.
//
// Rewriting the result again changes nothing, except for template tags: a tag
// that has been escaped is a text like any other, and to show it, it must be escaped
// again. So always begin with the tracker's own text.
//
// [Suspicious] reports what a person should look at; it changes nothing.
package body
