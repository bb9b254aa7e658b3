// Package asset tells what a file really is: an image, an icon, a PDF or something else, by its bytes alone.
//
// Names and declared types are not asked, since both lie. What is wrong with a file (empty, cut short, a page of HTML in
// place of the picture, a script in an SVG, a PDF without pages) is a fact about it and stands in [Info]; an error means
// only that the file could not be read.
//
// [Inspect] takes the dimensions from the header and then walks the file from block to block to its end mark, so that a
// file cut anywhere is known and one with data behind its end is not taken for one. It never decodes pixels: a picture
// that claims to be 60,000 pixels wide costs no more than any other, and one whose compressed data is garbage between
// sound blocks passes.
//
// Of a PDF it reads the structure: tables old and new, objects plain and packed, files saved many times or with a wrong
// table. That is a small part of the format, and our own code rather than a library's, because what is read is hostile:
// every step is paid from a budget of bytes, nothing is kept that the file's size does not bound, and nothing panics. An
// SVG is kept only where a browser could neither run nor load anything from it; see svg_active.go.
package asset
