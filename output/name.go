package output

import (
	"strconv"
	"strings"
	"sync"

	"github.com/google/uuid"
	"golang.org/x/text/unicode/norm"
)

// Name gives a work package's document its name: the stem of its file and of
// the names of its assets. It is
//
//   - that of the existing document with this id, for ever: its file's stem
//     when that is a UUID, else the stem of its mdName, else its file's stem;
//   - else the stem of the place it has claimed with ClaimFile;
//   - else the UUIDv5 of cleanURL in the URL namespace (RFC 9562), the same on
//     every machine;
//   - else, without a URL or when another work package has the URL or the
//     name, the UUIDv5 in that namespace of "urn:ingest:work-package:" and the
//     id.
//
// The error is a warning, a *DuplicateError or *SharedIDError; the name is
// good all the same. Where a file that cannot be read has the name already, it
// is that file's error, and Write will refuse the document: the file may be the
// document itself, in the middle of a merge. The first to ask for a URL owns it, so work packages must
// be named in the tracker's order by one goroutine for the names to be the same
// on every run. Asking again gives the same answer.
func (t *Tree) Name(id int64, cleanURL string) (string, error) {
	r := &t.names
	r.mu.Lock()
	defer r.mu.Unlock()
	if given, ok := r.given[id]; ok {
		return given.name, given.warning
	}
	name, warning := r.choose(id, cleanURL, t)
	r.given[id] = naming{name, warning}
	return name, warning
}

// occupied tells whether a file has the name of a new document. What cannot be
// told is left to Write, which has an error to return.
func (t *Tree) occupied(name string) bool {
	info, err := t.content.stat(t.newFile(name))
	return info != nil || err != nil
}

// extension is that of new documents.
const extension = ".md"

// newFile is the place of a new document for which none is proposed.
func (t *Tree) newFile(name string) string {
	if t.options.Bundle {
		return name + "/index" + extension
	}
	return name + extension
}

// idName is the name of a document that cannot have one by its URL.
func idName(id int64) string {
	return urlName("urn:ingest:work-package:" + strconv.FormatInt(id, 10))
}

func urlName(url string) string {
	return uuid.NewSHA1(uuid.NameSpaceURL, []byte(url)).String()
}

// register knows which names, links and files are whose.
type register struct {
	mu        sync.Mutex
	documents map[int64]existing
	unclear   map[int64]*SharedIDError
	broken    map[string]error // by folded name: files that cannot be read
	blocked   map[int64]error  // work packages whose document may be one of those
	names     map[string]int64 // by folded name
	urls      map[string]int64
	links     sharing             // as they were told
	known     map[int64][2]string // clean and canonical URL of those that only the memory tells
	owners    map[string]int64    // the oldest of those, by clean URL
	given     map[int64]naming
	stems     map[int64]string // of the places that new documents have claimed
}

// naming is an answer of Name.
type naming struct {
	name    string
	warning error
}

func (r *register) init(documents map[int64]existing, unclear map[int64]*SharedIDError, broken map[string]error) {
	r.documents, r.unclear, r.broken, r.blocked = documents, unclear, broken, map[int64]error{}
	r.names, r.urls, r.given = map[string]int64{}, map[string]int64{}, map[int64]naming{}
	r.links, r.stems = sharing{}, map[int64]string{}
	r.known, r.owners = map[int64][2]string{}, map[string]int64{}
	for id, e := range documents {
		key := fold(e.name)
		if other, taken := r.names[key]; !taken || id < other {
			r.names[key] = id
		}
	}
}

// choose finds a name for a work package that has not asked yet, and enters
// it. The caller holds the lock.
func (r *register) choose(id int64, url string, t *Tree) (string, error) {
	document, exists := r.documents[id]
	r.links.share(url, holder{id: id, source: true})
	byURL := r.ownURL(id, url)
	name := urlName(url)
	switch stem := r.stems[id]; {
	case stem != "":
		return stem, r.warning(id, byURL, id, url, stem)
	case exists && checkName(document.name) == nil:
		name = document.name
	case url == "" || byURL != 0:
		name = idName(id)
	}
	if err := r.broken[fold(name)]; err != nil && !exists {
		r.blocked[id] = err
		return name, err
	}
	byName := r.names[fold(name)]
	if byName == 0 && !exists && t.occupied(name) {
		r.blocked[id] = &ForeignError{File: t.content.file(t.newFile(name)), ID: id, Key: t.options.IDKey}
		return name, r.blocked[id]
	}
	if byName != 0 && byName != id {
		name = idName(id)
	}
	r.names[fold(name)] = id
	return name, r.warning(id, byURL, byName, url, name)
}

// ownURL makes a link a work package's own, unless another has it or is known to
// have had it earlier: then it returns that one, else 0.
func (r *register) ownURL(id int64, url string) int64 {
	if url == "" {
		return 0
	}
	if owner, taken := r.urls[url]; taken {
		return owner
	}
	if owner, known := r.owners[url]; known && owner < id {
		return owner
	}
	r.urls[url] = id
	return 0
}

// warning says what a person should know of a name that was just given.
func (r *register) warning(id, byURL, byName int64, url, name string) error {
	switch {
	case r.unclear[id] != nil:
		return r.unclear[id]
	case byURL != 0:
		return &DuplicateError{ID: id, Owner: byURL, URL: url, Name: name}
	case byName != 0 && byName != id:
		return &DuplicateError{ID: id, Owner: byName, Name: name}
	}
	return nil
}

// place returns the file of a work package's document.
func (r *register) place(id int64) (existing, bool, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if shared := r.unclear[id]; shared != nil {
		return existing{}, false, shared
	}
	if err := r.blocked[id]; err != nil {
		return existing{}, false, err
	}
	e, ok := r.documents[id]
	return e, ok, nil
}

// reserve gives a new document the stem of its place for a name.
func (r *register) reserve(id int64, stem string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.stems[id] = stem
	if _, taken := r.names[fold(stem)]; !taken {
		r.names[fold(stem)] = id
	}
}

// free tells whether a name is nobody else's.
func (r *register) free(id int64, name string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	owner, taken := r.names[fold(name)]
	return !taken || owner == id
}

// owner returns the work package whose existing document has a name, or 0.
func (r *register) owner(name string) int64 {
	r.mu.Lock()
	defer r.mu.Unlock()
	id := r.names[fold(name)]
	if _, exists := r.documents[id]; !exists {
		return 0
	}
	return id
}

// enter notes that a document was written.
func (r *register) enter(id int64, e existing) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.documents[id] = e
}

// leave notes that a document was removed. Its name stays its own.
func (r *register) leave(id int64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.documents, id)
}

// fold makes names equal that some file system takes for one.
func fold(name string) string { return strings.ToLower(norm.NFC.String(name)) }
