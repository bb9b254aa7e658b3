// Package verify proves a content tree by reading it alone: neither the tracker
// nor the web is asked, and nothing is written.
//
//	survey, err := output.Look("content/news", options)
//	tree, err := output.Open("content/news", "static/news", options)
//	report, err := verify.Proof{Tree: tree, Survey: survey, Template: template}.Run(ctx)
//
// # What is proved
//
// Every Markdown file can be read, and its front matter parses. Pages of the
// site's own, those without a work package's id, are asked for no more, except
// that none may have an address of ours. For each document of ours:
//
//   - its values are of the types that the archetype makes (archetype.Validate);
//   - no other file has its id;
//   - every asset that it names is there, is not empty and is whole, as what its
//     name says: the structure of images, icons, SVGs and PDFs is walked (package
//     enrich/asset), of other files only the presence is asked;
//   - its address, be it set by the generator's own key, is no other page's, and its
//     aliases are no other page's address or alias, compared as package output compares
//     them;
//   - the internal offerings that it relates to are in the catalogue, if that is
//     known.
//
// Each defect is a [Finding]. Assets that nobody speaks of, temporary files of a
// killed run and keys that are not there are findings too, but only warnings: the
// first two do no harm to the site, and a key that a person took out is to stay
// away. A document without its id is none of ours. What could not be proved for want of something is told in a [Note].
//
// # How assets and offerings are found
//
// Where an archetype writes the name of an asset or the permalink of an offering
// is found out by a trial (trial.go): it renders a made-up item with names that
// nothing else has, and looks where they come out. Besides, a word anywhere in a
// document that is named as our assets are (<document>-<role>.<ext>) is an
// asset, and so is the target of a link in its text into the folder of the
// assets.
//
// # Cost
//
// Pages are read a batch at a time, in parallel; what stays is one entry for
// each address and at most [MaxFindings] findings. The order of findings does
// not depend on which page was read first.
package verify
