package pipeline

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"ingest/enrich"
	"ingest/output/frontmatter"
)

// Teller brings what became of a work package back to where its editor works.
// *feedback.Tracker is one. It is called by several goroutines.
type Teller interface {
	// Tell returns when the tracker changed the work package because of it, so that
	// the next run does not take that for news; zero when nothing was written, or
	// when there is other news besides. An error is a warning of the item; one that
	// joins several is as many.
	Tell(ctx context.Context, t Told) (changed time.Time, err error)
}

// TellerFact is the key of the fact in which a Teller keeps what it has told of a
// work package. It goes with the entry of that.
func TellerFact(id int64) string { return fmt.Sprintf("feedback %d", id) }

// Told is what there is to tell of one work package.
type Told struct {
	Item ItemReport
	// UpdatedAt is when the tracker last changed the work package, as the run read
	// it; Fields are its values by our names, Status is its status and Project the
	// id of its project.
	UpdatedAt time.Time
	Fields    map[string]any
	Status    string
	Project   int64
	// Address is the document's on the site and Path its place in the content
	// folder; "" when it is not there or that is not known. They are there too for a
	// work package that failed or was skipped, and had a document before.
	Address, Path string
	// Edition names what the document says: it changes with every value and file of
	// it, but not with the time and the status of the work package alone. "" when the
	// run came to no document.
	Edition string
	// Duplicates are the other work packages that are known to be about the same
	// link, by id.
	Duplicates []int64
	// Visit is what was found at the source; nil when it was not visited.
	Visit *enrich.Visit
	// Asked says that a person asked for this run in a comment.
	Asked bool
}

// tell lets the teller speak. That it cannot be heard is a warning: the document
// is written all the same. Of trouble that is this machine's or the tracker's own
// nothing is told: no editor can mend it.
func (p *Pipeline) tell(ctx context.Context, j *job, r *result) {
	unreadable := j.leaves != "" && r.err != nil // there is nowhere to write to
	if p.Teller == nil || p.DryRun || !j.noted || j.still || j.recast || unreadable || general(*r) {
		return
	}
	told, err := p.told(ctx, j, r)
	if err == nil {
		j.told, err = p.Teller.Tell(ctx, told)
	}
	if err == nil || ctx.Err() != nil {
		return
	}
	if _, refused := errors.AsType[*StoreError](err); refused {
		r.err = err
	}
	for _, one := range apart(err) {
		r.item.Warnings = append(r.item.Warnings, Warning{Step: "feedback", Text: one.Error(), Hint: HintOf(one)})
	}
}

// general says that an item failed for a reason that every other would meet, or that
// is the state's own.
func general(r result) bool {
	_, disk := errors.AsType[*StoreError](r.err)
	_, entry := errors.AsType[*DamagedEntryError](r.err)
	_, link := errors.AsType[*DamagedLinkError](r.err)
	return disk || entry || link || (&judge{silent: maxSilent, refused: maxRefused}).fatal(r) != nil
}

// apart gives the errors that were joined; what is wrapped deeper belongs together.
func apart(err error) []error {
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		return joined.Unwrap()
	}
	return []error{err}
}

// told gathers what there is to tell.
func (p *Pipeline) told(ctx context.Context, j *job, r *result) (t Told, err error) {
	id := j.record.ID
	t = Told{Item: r.item, UpdatedAt: j.seen, Status: j.record.Status, Project: j.record.ProjectID, Fields: map[string]any{},
		Address: j.address, Path: p.Sink.Place(id)}
	if urls := p.Sink.URLs(id); t.Address == "" && len(urls) > 0 {
		t.Address = urls[0]
	}
	for name, label := range p.Fields {
		t.Fields[name] = j.record.field(label)
	}
	if p.Asked != nil {
		t.Asked = p.Asked(id)
	}
	if j.item == nil {
		return t, nil
	}
	if j.visited {
		t.Visit = j.item.Visit()
	}
	if r.err == nil && r.item.Outcome != Skipped {
		t.Edition = p.edition(j)
	}
	t.Duplicates, err = p.twins(ctx, j)
	return t, err
}

// edition names what the document of a job says.
func (p *Pipeline) edition(j *job) string {
	env := p.env(j)
	env.WP.UpdatedAt, env.WP.Status = env.WP.CreatedAt, "" // rendered without what must not count
	matter, err := p.Template.Render(env)
	if err != nil {
		return ""
	}
	text, err := frontmatter.Marshal(matter)
	if err != nil {
		return ""
	}
	sum := sha256.New()
	fmt.Fprintf(sum, "%s\n%s", text, env.Body)
	for _, name := range slices.Sorted(maps.Keys(j.files)) {
		fmt.Fprintf(sum, "\n%s %s", name, j.files[name].SHA256)
	}
	return hex.EncodeToString(sum.Sum(nil)[:8])
}

// twins finds the work packages with the same link: an older one that this run has
// met, and all that are remembered and have a document. Of a younger one that this
// run may or may not have met yet nothing is said, lest two runs say different
// things.
func (p *Pipeline) twins(ctx context.Context, j *job) (ids []int64, err error) {
	for _, d := range p.Sink.Duplicates() {
		if d.ID == j.record.ID && !d.Canonical && d.URL != "" {
			ids = append(ids, d.Owner)
		}
	}
	if p.Store != nil && j.item.Link != nil {
		for _, url := range []string{j.item.Link.Clean, j.item.Link.Canonical} {
			known, err := p.withURL(ctx, url)
			if err != nil {
				return nil, err
			}
			ids = append(ids, known...)
		}
	}
	slices.Sort(ids)
	return slices.DeleteFunc(slices.Compact(ids), func(id int64) bool { return id == j.record.ID }), nil
}

// withURL lists the remembered work packages with a link that have a document.
func (p *Pipeline) withURL(ctx context.Context, url string) ([]int64, error) {
	if url == "" {
		return nil, nil
	}
	ids, err := p.Store.WithURL(ctx, url)
	if err != nil {
		return nil, &StoreError{err}
	}
	return slices.DeleteFunc(ids, func(id int64) bool { return p.Sink.Place(id) == "" }), nil
}

// unstamp gives a work package that only our own words have changed since the last
// run the time it had before them: they must not reach the site as a change.
func (p *Pipeline) unstamp(j *job) error {
	if j.entry == nil || !j.entry.UpdatedAt.Equal(j.record.UpdatedAt) {
		return nil
	}
	before, err := recordOf(j.entry)
	if err != nil {
		return err
	}
	j.record.UpdatedAt = before.UpdatedAt
	return nil
}
