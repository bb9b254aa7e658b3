package urlclean

import "fmt"

// RuleError is a rule that cannot be used.
type RuleError struct {
	Where  string // "extra rule 2", or file and line of the table
	Reason string
	List   List // the list of the Options that holds the rule
	Index  int  // and where it stands there, from 0
	help   string
}

// List is one of the lists of rules of the Options.
type List uint8

const (
	// Table is no list of the Options: the rule is the built-in table's.
	Table List = iota
	// ListExtra is Options.Extra.
	ListExtra
	// ListKeep is Options.Keep.
	ListKeep
	// ListSites is Options.Sites.
	ListSites
)

func (e *RuleError) Error() string { return fmt.Sprintf("%s: %s", e.Where, e.Reason) }

// Hint says what the wrong part of the rule must look like.
func (e *RuleError) Hint() string { return e.help }

// What the parts of a rule look like.
const (
	hostHelp = `write a host as "example.com" (with its subdomains), "example.*" (any country's ending), "click." (any host that begins so) or "*", in lower case and without "https://"`
	pathHelp = `write a path as "/begin", "/whole$", "~segment" or "*anywhere", a parameter as "?name" or "?name=value", and name the hosts they belong to`
	nameHelp = `write a name as "exact", "begin*", "*end" or "*middle*", with "#" before it for fragments only`
	rowHelp  = `write a row as "scope | what | why" under a section such as [drop mail]`
	manyHelp = `join rules: one may hold many hosts and names`
)

func (r *row) errorf(help, format string, args ...any) error {
	return &RuleError{Where: r.where, Reason: fmt.Sprintf(format, args...), List: r.list, Index: r.index, help: help}
}
