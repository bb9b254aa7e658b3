package pipeline

import (
	"context"
	"errors"
	"slices"
	"strings"

	"ingest/enrich"
	"ingest/output"
	"ingest/output/archetype"
	"ingest/output/frontmatter"
)

// claim asks the sink for the document's place, name and address. It runs
// before the source is visited, so that none of them depends on what is there
// today: what an archetype makes them of is the work package.
func (p *Pipeline) claim(ctx context.Context, j *job) error {
	if err := p.others(ctx, j, cleanURL(j.item)); err != nil {
		return err
	}
	first := !p.published(j)
	var early frontmatter.Map
	if first {
		var err error
		j.name = "-" // no archetype makes a name of it
		if early, err = p.Template.Render(p.env(j)); err != nil {
			early = nil // the visit may bring what it lacks; if not, that is when to say so
		}
		p.claimFile(j, early)
	}
	name, warning := p.Sink.Name(j.record.ID, cleanURL(j.item))
	j.name = name
	j.warn("name", warning)
	if early != nil || !first && p.FollowTitles {
		p.claimAddress(j)
	}
	return nil
}

func cleanURL(it *enrich.Item) string {
	if it.Link == nil {
		return ""
	}
	return it.Link.Clean
}

// claimFile asks for a place, where the archetype has one of its own.
func (p *Pipeline) claimFile(j *job, early frontmatter.Map) {
	if early == nil {
		return
	}
	proposed, err := p.Template.File(p.env(j), early)
	if before := j.before(); before != nil {
		proposed, err = before.path, nil
	}
	if err != nil || strings.HasPrefix(proposed, "-.") { // the name, which is not known yet, decides
		return
	}
	place, warning := p.Sink.ClaimFile(j.record.ID, proposed)
	j.file = place
	j.warn("name", warning)
}

// claimAddress asks for the address of a document that is new or follows its
// title. Where another has it, what makes the address gets the work package's id
// behind it.
func (p *Pipeline) claimAddress(j *job) {
	env := p.env(j)
	matter, err := p.Template.Render(env)
	if err != nil {
		return
	}
	matter = p.resume(j, matter)
	proposed, err := p.Template.Address(env, archetype.Written{FrontMatter: matter, File: p.place(j)})
	if err != nil || proposed == "" {
		return
	}
	address, warning := p.Sink.ClaimURL(j.record.ID, proposed)
	j.suffix = address != proposed
	j.warn("name", warning)
}

// published tells whether the tree holds the document of a job.
func (p *Pipeline) published(j *job) bool { return p.Sink.Place(j.record.ID) != "" }

// place is where the document is, or will be.
func (p *Pipeline) place(j *job) string {
	if place := p.Sink.Place(j.record.ID); place != "" {
		return place
	}
	if j.file != "" {
		return j.file
	}
	return j.name + ".md"
}

// warn notes a warning of the sink, once: that of a place comes with the claim
// and with the write. Of duplicates the report tells at its end, naming both.
func (j *job) warn(step string, warning error) {
	if _, twice := errors.AsType[*output.DuplicateError](warning); warning == nil || twice {
		return
	}
	text := warning.Error()
	if slices.ContainsFunc(j.item.Warnings, func(w enrich.Warning) bool { return w.Text == text }) {
		return
	}
	j.item.Warnings = append(j.item.Warnings, enrich.Warning{Step: step, Text: text, Hint: HintOf(warning)})
}
