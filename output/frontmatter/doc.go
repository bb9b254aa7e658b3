// Package frontmatter writes the YAML block at the head of a document and reads the ones that exist. It carries the
// promise of stable bytes: what it writes is, byte for byte, what the JavaScript library js-yaml 4 makes of the same
// value with its default options, so that a content tree written by that library can be adopted without a change, and
// a change in the tree is a change that somebody made.
//
// # Writing
//
// [Append] walks a [Map] and appends lines: two columns of indentation per level, lists indented below their key,
// collections within a list beginning on the line of its dash. Nothing is built but the output. For each string one
// pass finds out what is in it, and the first of these styles that can hold it is taken:
//
//   - single quotes for the empty string and for words that older readers take for booleans or base 60 numbers;
//   - double quotes with escapes if there is a control or otherwise unprintable character;
//   - folded (>) if a line is longer than the width, which is 80 less the indentation but never below 40;
//   - literal (|) if there is a line feed;
//   - plain, unless YAML would see syntax or another type in it;
//   - single quotes.
//
// Keys are written on one line, so they know no blocks; one longer than 1024 takes the explicit form `? key`. Lengths
// are measured in UTF-16 units, as JavaScript measures them: an emoji outside the basic plane counts two.
//
// Decided here, where JavaScript gives no answer: an int64 that JavaScript would round is written with all its digits;
// a run of bytes that is not UTF-8 becomes one U+FFFD; a key that stands twice, a Go type that YAML has no word for and
// more than [MaxDepth] levels are errors, and nothing is written.
//
// The reference is js-yaml 4.2.0 to 4.3.2. Up to 4.1.1 it also quoted strings like `1_000` and `1e400`, which it then
// took for numbers; nothing else differs. output/testdata/jsyaml compares with any version.
//
// # Reading
//
// [Split] cuts a file into byte order mark, fences, front matter and body without changing a byte. [Decode] reads the
// front matter with go.yaml.in/yaml, but decides itself what a plain scalar means, by the very rules that the writer
// quotes by (plain.go). The library follows YAML 1.1 in places where js-yaml does not, and would read some strings that
// js-yaml leaves plain as numbers or dates: digits with underscores (1_000), prefixes in capitals (0X1F), a sign before a
// point (+.5), dates and times with single digits (2020-1-5). Front matter is also readable here that is not quite
// YAML, when js-yaml writes it so: a key of the outermost mapping that begins with three dots and a blank. Other readers
// take these as they please; no such value or key is usual in front matter.
//
// Texts from strangers are bounded: [MaxDepth] levels, [MaxAliasCost] behind aliases. All errors are typed and say where.
//
// # Comparing
//
// [Equal] tells whether a value read from a file means the same as a new one. A field for which it holds keeps its bytes
// in the file, however its author chose to write them.
//
// # Editing
//
// [File.Splice] edits a file by the keys of its outermost mapping, whoever wrote it: js-yaml, PyYAML, Psych, a person. The
// parser tells on which line each key begins; an entry is all lines up to the next key. Where its value ends, and blank
// lines and comments begin that stand between keys, is asked of the reader, since a line that looks like a comment may be
// part of a text: the value ends where cutting another line would change what is read. What is not edited is copied. The
// result is read back; where a style defeats this (a mapping in braces, a merge key whose source changes) the block is
// written anew as a whole, with every key, and [Spliced] says why.
package frontmatter
