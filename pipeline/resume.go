package pipeline

import (
	"ingest/output/archetype"
	"ingest/output/frontmatter"
)

// before is where a document was, and what it held from us.
type before struct {
	path   string
	matter frontmatter.Map
}

// before is what is remembered of a document, nil when that is nothing. What
// cannot be read is as good as not remembered.
func (j *job) before() *before {
	last, err := lastWritten(j.entry)
	if err != nil || last == nil || j.entry.Path == "" {
		return nil
	}
	return &before{j.entry.Path, last.FrontMatter}
}

// resume gives a document whose file is gone the address that it had: a file that
// was lost, or taken off the site, comes back under the links that lead to it.
func (p *Pipeline) resume(j *job, matter frontmatter.Map) frontmatter.Map {
	before := j.before()
	if before == nil || p.FollowTitles || p.published(j) {
		return matter
	}
	return p.Template.Document().Keep(matter, before.matter)
}

// had are the addresses that a document has in the tree, or had when it was
// there.
func (p *Pipeline) had(j *job, env archetype.Env) []string {
	before := j.before()
	if before == nil || p.published(j) {
		return p.Sink.URLs(j.record.ID)
	}
	url, err := p.Template.Address(env, archetype.Written{FrontMatter: before.matter, File: before.path})
	if err != nil || url == "" {
		return nil
	}
	return append([]string{url}, p.Template.Document().ListAliases(before.matter)...)
}
