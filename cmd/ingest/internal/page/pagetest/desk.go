package pagetest

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/color"
	"image/png"
	"io"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"ingest/cmd/ingest/internal/daemon"
	"ingest/cmd/ingest/internal/desk"
	"ingest/pipeline"
	"ingest/pipeline/hint"
)

// Desk is a desk of made-up entries. Its fields are set before it is used.
type Desk struct {
	// All are the entries, Past the runs, Next the schedule.
	All  []*desk.Entry
	Past []desk.Run
	Next []daemon.Upcoming
	// Err is what every method answers if it is not nil.
	Err error
	// BeforeRefresh is called, if it is not nil, by Refresh before it does anything.
	BeforeRefresh func()
	// Looks are what came of work packages that are not known.
	Looks map[int64]*desk.Last
	// Images are the files that Image opens, by name.
	Images map[string][]byte
	Now    func() time.Time // nil is time.Now
	// Delay is why what waits does not begin; nil where nothing keeps it.
	Delay *desk.Delay

	Events Events

	mu     sync.Mutex
	orders []desk.Order
	asked  []string // who asked for what
}

// Overview counts and chooses as the real desk does.
func (d *Desk) Overview(context.Context) (desk.Overview, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	o := desk.Overview{Counts: map[desk.State]int{}, Runs: d.Past, Next: d.Next, Delay: d.Delay}
	groups := map[string][]desk.Summary{}
	for _, e := range d.All {
		o.Counts[e.State]++
		if e.State == desk.Attention || e.State == desk.Failed {
			o.Attention = append(o.Attention, e.Summary)
		}
		if e.Link == "dead" {
			o.Dead = append(o.Dead, e.Summary)
		}
		if len(e.Duplicates) > 0 {
			groups[e.URL] = append(groups[e.URL], e.Summary)
		}
		if e.Pending.Waiting {
			o.Queue++
		}
	}
	for _, group := range groups {
		o.Duplicates = append(o.Duplicates, group)
	}
	return o, d.Err
}

// Upcoming gives Next.
func (d *Desk) Upcoming() []daemon.Upcoming { return d.Next }

// Entries filters and pages.
func (d *Desk) Entries(_ context.Context, f desk.Filter) (desk.List, error) {
	if err := fits(f.Text); err != nil {
		return desk.List{}, err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	list := desk.List{Page: max(f.Page, 1), PerPage: 10}
	var found []desk.Summary
	for _, e := range d.All {
		if (f.State == "" || e.State == f.State) && (!f.Dead || e.Link == "dead") && (!f.Duplicates || len(e.Duplicates) > 0) && has(e, f.Text) {
			found = append(found, e.Summary)
		}
	}
	list.Total = len(found)
	from := min((list.Page-1)*list.PerPage, len(found))
	list.Entries = found[from:min(from+list.PerPage, len(found))]
	return list, d.Err
}

// fits refuses a text as the real desk does.
func fits(text string) error {
	if utf8.RuneCountInString(text) > desk.MaxQuery {
		return &desk.OrderError{Text: "the text to look for is too long", Help: "a few words will do"}
	}
	return nil
}

func has(e *desk.Entry, text string) bool {
	all := strings.ToLower(e.Title + " " + e.URL + " " + e.SourceURL + " " + e.WorkPackageURL + " " + strconv.FormatInt(e.ID, 10))
	return strings.Contains(all, strings.ToLower(text))
}

// Entry returns a copy of one.
func (d *Desk) Entry(_ context.Context, id int64) (*desk.Entry, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if e := d.entry(id); e != nil {
		one := *e
		return &one, d.Err
	}
	err := d.missing("work package", strconv.FormatInt(id, 10))
	if missing, ok := errors.AsType[*desk.NotFoundError](err); ok {
		missing.Last = d.Looks[id]
		missing.Pending = desk.Pending{Waiting: d.Delay != nil, Delay: d.Delay}
	}
	return nil, err
}

func (d *Desk) missing(kind, name string) error {
	if d.Err != nil {
		return d.Err
	}
	return &desk.NotFoundError{Kind: kind, Name: name, Help: "look elsewhere"}
}

func (d *Desk) entry(id int64) *desk.Entry {
	i := slices.IndexFunc(d.All, func(e *desk.Entry) bool { return e.ID == id })
	if i < 0 {
		return nil
	}
	return d.All[i]
}

// Find looks everywhere.
func (d *Desk) Find(_ context.Context, text string) ([]desk.Summary, error) {
	if err := fits(text); err != nil {
		return nil, err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	var found []desk.Summary
	for _, e := range d.All {
		if has(e, text) {
			found = append(found, e.Summary)
		}
	}
	return found, d.Err
}

// Refresh marks an entry as waiting.
func (d *Desk) Refresh(_ context.Context, id int64, trigger hint.Trigger, by string) (desk.Pending, error) {
	if d.Err != nil {
		return desk.Pending{}, d.Err
	}
	if d.BeforeRefresh != nil {
		d.BeforeRefresh()
	}
	d.mu.Lock()
	d.asked = append(d.asked, string(trigger)+" "+by+" "+strconv.FormatInt(id, 10))
	if e := d.entry(id); e != nil {
		e.Pending = desk.Pending{Waiting: true, Delay: d.Delay}
	}
	d.mu.Unlock()
	return desk.Pending{Waiting: true}, nil
}

// AskRun adds a run that waits.
func (d *Desk) AskRun(_ context.Context, o desk.Order, by string) (desk.Run, error) {
	if d.Err != nil {
		return desk.Run{}, d.Err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.orders = append(d.orders, o)
	now := d.now()
	r := desk.Run{ID: "20261122T120000.000-" + strconv.Itoa(100+len(d.Past)), Kind: o.Kind, State: daemon.Queued, Trigger: string(o.Trigger), By: by, DryRun: o.DryRun, Asked: &now}
	d.Past = append([]desk.Run{r}, d.Past...)
	return r, nil
}

// Runs lists the runs.
func (d *Desk) Runs(_ context.Context, limit int) ([]desk.Run, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Clone(d.Past[:min(limit, len(d.Past))]), d.Err
}

// Run returns one.
func (d *Desk) Run(_ context.Context, id string) (*desk.Run, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, r := range d.Past {
		if r.ID == id {
			return &r, d.Err
		}
	}
	return nil, d.missing("run", id)
}

// Image opens the one of Images that an entry names.
func (d *Desk) Image(_ context.Context, id int64) (io.ReadSeekCloser, time.Time, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	e := d.entry(id)
	if e == nil || d.Images[e.Image] == nil {
		return nil, time.Time{}, d.missing("featured image", strconv.FormatInt(id, 10))
	}
	content := d.Images[e.Image]
	return file{bytes.NewReader(content)}, time.Time{}, nil
}

type file struct{ *bytes.Reader }

func (file) Close() error { return nil }

// Asked lists who asked for what refresh: "page ana 3960".
func (d *Desk) Asked() []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Clone(d.asked)
}

// Orders lists the runs that were asked for.
func (d *Desk) Orders() []desk.Order {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Clone(d.orders)
}

// Enter lets a work package enter a step.
func (d *Desk) Enter(id int64, step string) {
	d.mu.Lock()
	if e := d.entry(id); e != nil {
		e.Pending = desk.Pending{Running: true}
	}
	d.mu.Unlock()
	d.Events.Send(daemon.Event{Type: daemon.StepEntered, Run: "r", WorkPackage: id, Step: step})
}

// Finish lets a work package come to its end.
func (d *Desk) Finish(id int64, outcome pipeline.Outcome, diff string) {
	d.mu.Lock()
	now := d.now()
	if e := d.entry(id); e != nil {
		e.Pending, e.Outcome, e.State, e.Attention, e.CheckedAt = desk.Pending{}, outcome, desk.Published, "", now
		e.Last = &desk.Last{Run: d.Past[0].ID, At: now, Diff: diff, Item: pipeline.ItemReport{ID: id, Subject: e.Title, Outcome: outcome,
			Files: []pipeline.File{{Path: e.Path, Change: pipeline.Updated}}, Duration: pipeline.Duration(1400 * time.Millisecond)}}
		e.Outcomes = append([]desk.PastOutcome{{Run: d.Past[0].ID, At: now, Outcome: outcome}}, e.Outcomes...)
	}
	d.mu.Unlock()
	d.Events.Send(daemon.Event{Type: daemon.ItemEnded, Run: "r", WorkPackage: id, Outcome: outcome})
}

func (d *Desk) now() time.Time {
	if d.Now != nil {
		return d.Now()
	}
	return time.Now()
}

// Picture is a PNG of a size, for featured images.
func Picture(width, height int) []byte {
	picture := image.NewRGBA(image.Rect(0, 0, width, height))
	for x := range width {
		for y := range height {
			picture.Set(x, y, color.RGBA{R: uint8(40 + 120*x/width), G: uint8(90 + 80*y/height), B: 150, A: 255})
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, picture); err != nil {
		panic(err) // into memory
	}
	return b.Bytes()
}

// EndRun lets a run come to its end.
func (d *Desk) EndRun(id string, counts map[pipeline.Outcome]int) {
	d.mu.Lock()
	for i := range d.Past {
		if d.Past[i].ID == id {
			d.Past[i].State, d.Past[i].Ended, d.Past[i].Counts = daemon.Done, new(d.now()), counts
		}
	}
	d.mu.Unlock()
	d.Events.Send(daemon.Event{Type: daemon.RunChanged, Run: id})
}
