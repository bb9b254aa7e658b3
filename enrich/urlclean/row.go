package urlclean

import (
	"slices"
	"strings"
)

// kind is what a row does.
type kind uint8

const (
	drop  kind = iota // parameters that go
	keep              // parameters that stay although a drop row names them
	leave             // addresses that come back untouched
	sign              // parameters that mark a signed address, left untouched as well
	trim              // pieces of the path that go, with all that follows in the path
	open              // redirects that carry their target
	lift              // configuration: built-in keep and leave rows do not hold
	shut              // configuration: redirects are not opened
)

// row is one line of the table, or one rule of the configuration.
type row struct {
	where string // "rules/40-open-mail.txt:12", "extra rule 2": for error messages
	list  List
	index int // in the list
	kind  kind
	class class
	user  bool // from the configuration
	hosts []string
	cond  cond
	items []string
	why   string
}

// testSigns are the first bytes of a test, which no host begins with; "*" alone
// is every host.
const testSigns = "/~*?"

// scope reads the first column: hosts, then tests of path and query.
func (r *row) scope(column string) error {
	for _, word := range strings.Fields(column) {
		read := r.host
		if word != "*" && strings.IndexByte(testSigns, word[0]) >= 0 {
			read = r.test
		}
		if err := read(word); err != nil {
			return err
		}
	}
	return r.checkHosts()
}

func (r *row) checkHosts() error {
	switch {
	case len(r.hosts) == 0:
		return r.errorf(hostHelp, "no host")
	case len(r.hosts) > 1 && slices.Contains(r.hosts, "*"):
		return r.errorf(hostHelp, "* stands for every host, others beside it are of no use")
	}
	return nil
}

// host accepts "example.com" (with subdomains), "example.*" (under any
// country's ending), "click." (any host that begins with that label) and "*".
func (r *row) host(word string) error {
	if word == "*" {
		r.hosts = append(r.hosts, word)
		return nil
	}
	if word != strings.ToLower(word) || strings.ContainsAny(strings.TrimSuffix(word, "*"), "*/:?#@ ") ||
		!strings.Contains(word, ".") || word[0] == '.' || strings.HasSuffix(word, "*") && !strings.HasSuffix(word, ".*") {
		return r.errorf(hostHelp, "%q is no host", word)
	}
	r.hosts = append(r.hosts, word)
	return nil
}

// test accepts the path tests "/begin", "/whole$", "~segment", "*anywhere" and
// the query tests "?name" and "?name=value".
func (r *row) test(word string) error {
	lowered := strings.ToLower(word)
	switch body := lowered[1:]; {
	case word[0] != '/' && body == "":
		return r.errorf(pathHelp, "%q tests nothing", word)
	case word[0] == '?':
		name, value, _ := strings.Cut(body, "=")
		r.cond.queries = append(r.cond.queries, queryTest{name, value})
	case word[0] == '~' || word[0] == '*':
		r.cond.paths = append(r.cond.paths, pathTest{word[0], body})
	case strings.HasSuffix(lowered, "$"):
		r.cond.paths = append(r.cond.paths, pathTest{'$', strings.TrimSuffix(lowered, "$")})
	default:
		r.cond.paths = append(r.cond.paths, pathTest{'/', lowered})
	}
	return nil
}

// pattern reads "name", "begin*", "*end", "*middle*", with "#" before it for a
// name that goes from fragments only and "~test" behind it for its value.
func (r *row) pattern(item string) (*rule, error) {
	out := &rule{why: r.why, class: r.class, place: inQuery}
	if r.any() {
		out.place = inQuery | inFragment
	}
	text := strings.ToLower(item)
	if rest, ok := strings.CutPrefix(text, "#"); ok {
		text, out.place = rest, inFragment
	}
	if name, test, ok := strings.Cut(text, "~"); ok {
		if out.test = valueTests()[test]; out.test == nil {
			return nil, r.errorf(rowHelp, "%q: no such test of a value", item)
		}
		text = name
	}
	text, out.shape.tail = strings.CutSuffix(text, "*")
	text, out.shape.head = strings.CutPrefix(text, "*")
	out.shape.text = text
	if text == "" || strings.ContainsAny(text, "*~&=? ") {
		return nil, r.errorf(nameHelp, "%q is no parameter name", item)
	}
	if len(text) > maxName {
		return nil, r.errorf(nameHelp, "%q is longer than %d bytes", item, maxName)
	}
	out.key = item
	return out, nil
}

// any reports whether the row holds on every host.
func (r *row) any() bool { return len(r.hosts) == 1 && r.hosts[0] == "*" }
