package openprojecttest

import (
	"sync"
	"time"
)

// Options are the settings of the installation. The zero Options work: any
// credentials are good, pages are cut at 1000 rows.
type Options struct {
	InstanceName string // "" means "OpenProject"
	Prefix       string // path under which it is installed, "/tracker"
	BareHrefs    bool   // leave Prefix out of the links in replies

	// APIKey is accepted as Basic apikey:KEY and as Bearer. Token only as Bearer.
	// With neither set, everything is accepted. Anonymous lets requests without
	// credentials see public projects; else they are refused.
	APIKey, Token string
	Anonymous     bool
	// User is who the key belongs to; the zero User is number 1, "Ingest Bot".
	User User
	// ReadOnly takes away the permission to change anything.
	ReadOnly bool

	Now             func() time.Time // nil: time.Now
	MaxPageSize     int              // 0: 1000
	DefaultPageSize int              // 0: 20
	WholeSeconds    bool             // times without fraction, as before 2024
	NoSchemas       bool             // collections come without embedded schemas
	CommentsTouch   bool             // a comment bumps updatedAt and lockVersion
	// MergeComments makes a new comment part of the newest entry in the history, if
	// that is the same user's and says nothing yet. The answer then tells of that
	// entry, its id and its times, and leaves out the user.
	MergeComments bool
	// NoActor leaves out of webhooks who caused them, as older versions do.
	NoActor bool
	// RemoteStorage keeps attachments on another host: content is a redirect to a
	// signed address there. It needs Start.
	RemoteStorage bool
}

// New makes an empty tracker that knows only the user of the key and the
// priority "Normal".
func New(o Options) *Tracker {
	if o.User.ID == 0 {
		o.User = User{ID: 1, Name: "Ingest Bot", Login: "ingest-bot"}
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.InstanceName == "" {
		o.InstanceName = "OpenProject"
	}
	o.MaxPageSize = positive(o.MaxPageSize, 1000)
	o.DefaultPageSize = positive(o.DefaultPageSize, 20)
	t := &Tracker{opts: o, users: []User{o.User}, priorities: []Priority{{ID: 8, Name: "Normal"}}, lastID: 10_000}
	t.hooks.settled = sync.NewCond(&t.mu)
	return t
}

func positive(n, otherwise int) int {
	if n > 0 {
		return n
	}
	return otherwise
}
