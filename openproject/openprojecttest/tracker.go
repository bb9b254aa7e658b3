package openprojecttest

import (
	"fmt"
	"net"
	"net/http"
	"sync"
)

// Tracker is a tracker in memory. Make it with New or Curation.
type Tracker struct {
	opts Options

	mu         sync.Mutex
	projects   []Project
	types      []Type
	statuses   []Status
	priorities []Priority
	users      []User
	fields     []*field
	rows       []*row // by id
	files      []*file
	activities []*activity
	lastID     int64
	era        int // grows when anything but a work package changes
	fault      func(*http.Request) *Fault
	requests   []Request
	hooks      hooks

	server, storage *http.Server
	listener        net.Listener
	storageURL      string
}

// field is a custom field with the ids of its options.
type field struct {
	Field
	options []option
}

type option struct {
	id    int64
	label string
}

func (f *field) key() string { return fmt.Sprintf("customField%d", f.ID) }

// row is a work package with its wire form, kept until something changes.
type row struct {
	WorkPackage
	wire []byte
	era  int
}

type file struct {
	Attachment
	workPackage int64
}

type activity struct {
	Activity
	workPackage int64
	changed     bool // a change that a comment was merged into
}
