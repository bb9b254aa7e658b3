package pipeline

import (
	"context"
	"iter"
	"time"
)

// Store is what is remembered between runs; *state.DB is one. It is a cache
// and a memory, never the truth: the tracker and the content tree are. Lost, it
// is filled again by the next runs, and no document changes its name for that.
//
// All methods may be called from several goroutines. What Put, Forget and
// SetFact were given survives a crash once they have returned.
type Store interface {
	// Entry returns what is remembered of a work package, nil when that is
	// nothing. The error is a *DamagedEntryError when only this one cannot be
	// read: it is then looked at anew, and Put takes its place.
	Entry(ctx context.Context, id int64) (*Entry, error)
	// Entries yields all entries in the order of their ids. One that cannot be read
	// is a *DamagedEntryError at its place, and those behind it follow; any other
	// error is the last. Entries may be put while it runs.
	Entries(ctx context.Context) iter.Seq2[*Entry, error]
	// Put remembers an entry in place of the one with the same id.
	Put(ctx context.Context, e *Entry) error
	// Forget drops an entry; one that is not there is no error.
	Forget(ctx context.Context, id int64) error
	// Due lists the work packages whose next try has come at now, by id.
	Due(ctx context.Context, now time.Time) ([]int64, error)
	// Stale lists the work packages whose page was last read before the given
	// time, longest ago first, at most limit.
	Stale(ctx context.Context, before time.Time, limit int) ([]int64, error)
	// Published lists the work packages that have a document, as far as is
	// remembered, by id: the last look at them neither failed nor skipped nor
	// removed it. All of them are asked for each night.
	Published(ctx context.Context) ([]int64, error)
	// WithURL lists the work packages whose clean or canonical URL is the given
	// one, by id.
	WithURL(ctx context.Context, url string) ([]int64, error)
	// Fact returns a value of the run's own, "" when there is none: the
	// watermark, ids found for names, the digest of the archetype.
	Fact(ctx context.Context, key string) (string, error)
	// SetFact remembers a value; "" forgets it.
	SetFact(ctx context.Context, key, value string) error
	// SaveRun keeps a report and drops those of runs long past.
	SaveRun(ctx context.Context, r *Report) error
	// Runs returns the last n reports, the newest first. One that cannot be read is
	// passed over.
	Runs(ctx context.Context, n int) ([]*Report, error)
}

// Entry is what is remembered of one work package. The blobs are the
// pipeline's own (JSON, or the bytes of a file); a store does not look into
// them and may keep them compressed.
type Entry struct {
	ID        int64
	Subject   string
	UpdatedAt time.Time // of the work package, when it was last worked on
	CheckedAt time.Time // when that was

	Outcome  Outcome   // of the last run that worked on it; Removed: its document is kept off the site
	Error    string    // of a failed one; with Unchanged, why its document should leave the site
	Failures int       // in a row
	NextTry  time.Time // of a failed one; zero when nothing is due
	// Attention says why an editor should look at it, "" when all is well.
	Attention string

	// Clean and Canonical are the addresses by which duplicates are found.
	Clean, Canonical string

	Path    string    // the document in the content tree, with slashes; "" without one
	Tracker []byte    // the work package as the tracker gave it
	Visit   []byte    // link, hops, page, assets: what the steps found
	ReadAt  time.Time // when the source page was last read; zero for never
	HTML    []byte    // the source page, when it is to be kept
	Written []byte    // what the document holds from us (output.Written)
	Assets  []StoredAsset
}

// StoredAsset is one asset that a document refers to.
type StoredAsset struct {
	Name   string // file name in the assets folder
	SHA256 string // hexadecimal, as it was written or, where a hand's edit stayed, offered
	URL    string // where it was taken from
	// ETag and LastModified are the validators that came with it (RFC 9110,
	// section 8.8).
	ETag, LastModified string
}
