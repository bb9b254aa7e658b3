package pipeline

import (
	"fmt"
	"strings"

	"ingest/output/archetype"
	"ingest/output/frontmatter"
)

// addressed is front matter in which the address of a document is settled.
type addressed struct {
	matter frontmatter.Map
	url    string // "" where the published document keeps its own
	former string // path of the former addresses, where the document may get more of them
	leaves string // the one of them that is the document's until now, "" where it stays
}

// address settles what makes the address of a document: that of a published one
// stays, or moves with its title and leaves an alias; a new one gets the id
// behind it where another document has its address. One whose file is gone is as
// good as published (resume.go).
func (p *Pipeline) address(j *job, env archetype.Env, matter frontmatter.Map) (addressed, error) {
	shape := p.Template.Document()
	if p.published(j) && !p.FollowTitles {
		return addressed{matter: matter}, nil
	}
	matter = p.resume(j, matter)
	if j.suffix {
		matter = suffixed(matter, shape.Address, fmt.Sprintf("-%d", j.record.ID))
	}
	a := addressed{matter: matter}
	var err error
	if a.url, err = p.Template.Address(env, archetype.Written{FrontMatter: matter, File: p.place(j)}); err != nil {
		return addressed{}, err
	}
	written := p.had(j, env)
	if j.suffix && !p.published(j) && len(written) > 0 {
		written = written[1:] // its address is another's now
	}
	if len(written) > 0 {
		a.follow(shape, written)
	}
	return a, nil
}

// follow puts the addresses that a document has among its former ones, in the
// order in which they became that: the one that it leaves now is the last.
func (a *addressed) follow(shape archetype.Document, written []string) {
	a.former = shape.Aliases
	left := written[0]
	for _, former := range append(written[1:len(written):len(written)], left) {
		if !shape.SameAddress(a.url, former) { // a title may come back to one that it had
			a.matter = shape.AddAlias(a.matter, former)
		}
	}
	if shape.SameAddress(a.url, left) {
		return
	}
	for _, alias := range shape.ListAliases(a.matter) {
		if shape.SameAddress(alias, left) {
			a.leaves = alias
		}
	}
}

// suffixed puts a suffix behind the texts at the given paths.
func suffixed(m frontmatter.Map, paths []string, suffix string) frontmatter.Map {
	made := make(frontmatter.Map, len(m))
	copy(made, m)
	for _, path := range paths {
		key, rest, nested := strings.Cut(path, ".")
		for i := range made {
			if made[i].Key != key {
				continue
			}
			switch v := made[i].Value.(type) {
			case string:
				trimmed := strings.TrimRight(v, "/") // a whole address ends in a slash
				made[i].Value = trimmed + suffix + v[len(trimmed):]
			case frontmatter.Map:
				if nested {
					made[i].Value = suffixed(v, []string{rest}, suffix)
				}
			}
		}
	}
	return made
}
