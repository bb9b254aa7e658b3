package openprojecttest

import "time"

// Project holds work packages.
type Project struct {
	ID         int64
	Identifier string
	Name       string
	Parent     int64     // the project it is a subproject of, or 0
	Types      []int64   // types enabled in it; nil: all
	Versions   []Version // its versions
	Public     bool      // seen by anonymous visitors
	Hidden     bool      // seen by nobody: answers 404
}

// Version is a version of a project.
type Version struct {
	ID   int64
	Name string
}

// Type is a work package type.
type Type struct {
	ID        int64
	Name      string
	Milestone bool
}

// Status is a work package status.
type Status struct {
	ID      int64
	Name    string
	Closed  bool
	Default bool
	From    []int64 // statuses from which the workflow leads here; nil: all
}

// Priority is a work package priority.
type Priority struct {
	ID   int64
	Name string
}

// User is a person, or with another Kind something that can be assigned like one.
type User struct {
	ID    int64
	Name  string
	Login string
	Kind  string // "users" (also if empty), "groups" or "placeholder_users"
}

// Format is a custom field's format, by its name in schemas.
type Format string

// The formats of custom fields.
const (
	Text       Format = "String"
	LongText   Format = "Formattable"
	Link       Format = "Link"
	Integer    Format = "Integer"
	Float      Format = "Float"
	Bool       Format = "Boolean"
	Date       Format = "Date"
	Calculated Format = "CalculatedValue"
	List       Format = "CustomOption"
	Hierarchy  Format = "CustomField::Hierarchy::Item"
	UserField  Format = "User"
	VersionRef Format = "Version"
)

// linked tells that values of the format live among the links.
func (f Format) linked() bool {
	return f == List || f == Hierarchy || f == UserField || f == VersionRef
}

// Field is a custom field.
type Field struct {
	ID       int64 // the number in customField13
	Name     string
	Format   Format
	Multi    bool     // several values; List, Hierarchy, UserField, VersionRef
	Options  []string // labels of List and Hierarchy; more are added as they are used
	Projects []int64  // enabled in these projects; nil: all
	Types    []int64  // enabled for these types; nil: all
	ReadOnly bool     // may be read, not written, by the user of the key
}

// WorkPackage is a work package as tests and the demo give it. References are
// ids; 0 means none, or for those that every work package has, the first there is.
type WorkPackage struct {
	ID          int64 // 0: the next free one
	Subject     string
	Description string
	LockVersion int
	CreatedAt   time.Time // zero: now
	UpdatedAt   time.Time // zero: CreatedAt
	StartDate   string
	DueDate     string

	Project, Type, Status, Priority int64
	Author, Assignee, Responsible   int64
	Parent, Version                 int64

	// Fields are the custom fields by name (or by key, where two share a name):
	// string, bool, int, float64 or nil; for List and Hierarchy a label or
	// []string of labels; for UserField and VersionRef an int64 or []int64.
	Fields map[string]any
}

// Attachment is a file of a work package.
type Attachment struct {
	ID          int64 // 0: the next free one
	FileName    string
	ContentType string
	Description string
	Content     []byte
	Author      int64
	CreatedAt   time.Time // zero: now

	// What the listing says beside the truth, for tests of lies.
	Status  string // "": "uploaded"; "-": leave the property out
	Size    *int64 // nil: the true one
	Digest  string // "": the true md5; "-": null
	NoLinks bool   // without the static address
}

// Activity is an entry in the history of a work package: a comment, or with an
// empty one a change.
type Activity struct {
	ID        int64 // 0: the next free one
	Comment   string
	Internal  bool
	User      int64
	Version   int
	CreatedAt time.Time // zero: now
	UpdatedAt time.Time // zero: CreatedAt
	Notified  bool      // the watchers got mail about it
}
