// Package asset tells what a file really is: an image, an icon, a PDF or something else, by its bytes alone.
//
// Names and declared types are not asked, since both lie. [Inspect] reads the header of the file, and of its end what
// shows whether it is whole; it never decodes pixels, so a picture that claims to be 60,000 pixels wide costs no more
// than any other. What is wrong with a file (empty, cut short, a page of HTML in place of the picture, a script in an SVG)
// is a fact about it and stands in [Info]; an error means only that the file could not be read.
package asset
