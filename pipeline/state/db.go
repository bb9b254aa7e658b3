package state

import (
	"context"
	"database/sql"
	"errors"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"ingest/pipeline"
)

// Options say how a state file is opened. The zero value will do.
type Options struct {
	// Replace moves a damaged file aside (state.db.broken-20261122T020000Z) and
	// starts anew; [DB.Replaced] then names it. To find damage that would only
	// show later, the whole file is read through, about 2 s for 1 GB. Only the
	// holder of the run's lock may ask for it.
	Replace bool
	// ReadOnly is for who writes nothing: where the file cannot be written, as on a
	// disk that is read-only, it is read as it stands, see [Open].
	ReadOnly bool
	// Wait is how long to wait for another process that writes; 0 is 10 s.
	Wait time.Duration
	// KeepRuns is how many reports are kept; 0 is 200.
	KeepRuns int
	// Now is the clock; nil is time.Now. It names what is moved aside.
	Now func() time.Time
	// Logger hears of a file moved aside; nil discards.
	Logger *slog.Logger
}

func (o Options) filled() Options {
	if o.Wait <= 0 {
		o.Wait = 10 * time.Second
	}
	if o.KeepRuns <= 0 {
		o.KeepRuns = 200
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	return o
}

// DB is a state file. It is a [pipeline.Store]; its methods may be called from
// several goroutines, and several processes may have the file open.
type DB struct {
	path     string
	file     os.FileInfo // as it was opened
	options  Options
	replaced string
	still    bool // nobody can write it
	packer   *packer
	write    *sql.DB // one connection
	read     *sql.DB
	stmts    statements
}

var _ pipeline.Store = (*DB)(nil)

// Open opens a state file, makes it where it is missing (mode 0600, its folder
// 0700 and ignored by git), and brings it to the newest schema. The errors are
// those of the package comment. With [Options.ReadOnly] a file that cannot be
// written is opened all the same, if it has the newest schema and no log lies
// beside it that would have to be played into it; a write then gives an
// *AccessError.
func Open(ctx context.Context, path string, o Options) (*DB, error) {
	o = o.filled()
	d, err := open(ctx, path, o)
	if _, denied := errors.AsType[*AccessError](err); denied && o.ReadOnly {
		if still, stillErr := openStill(ctx, path, o); stillErr == nil {
			return still, nil
		}
	}
	if _, broken := errors.AsType[*CorruptError](err); !broken || !o.Replace {
		return d, err
	}
	aside, moveErr := moveAside(path, o.Now())
	if moveErr != nil {
		return nil, errors.Join(err, moveErr)
	}
	o.Logger.WarnContext(ctx, "damaged state file moved aside", "path", path, "moved_to", aside, "error", err)
	if d, err = open(ctx, path, o); err != nil {
		return nil, err
	}
	d.replaced = aside
	return d, nil
}

func open(ctx context.Context, path string, o Options) (*DB, error) {
	if err := makeFile(path); err != nil {
		return nil, err
	}
	return (&DB{path: path, options: o}).opened(ctx)
}

// opened connects, and closes again what it cannot.
func (d *DB) opened(ctx context.Context) (*DB, error) {
	path, o := d.path, d.options
	err := d.start(ctx)
	if err != nil {
		err = fail(ctx, path, "open state", err)
		if closeErr := d.Close(); closeErr != nil {
			o.Logger.WarnContext(ctx, "state file was not closed", "path", path, "error", closeErr)
		}
		return nil, err
	}
	if d.file, err = os.Stat(path); err != nil {
		return nil, errors.Join(fail(ctx, path, "open state", err), d.Close())
	}
	return d, nil
}

// start connects. The write connection comes first: it alone may make tables,
// and it changes nothing in a file that is not ours.
func (d *DB) start(ctx context.Context) (err error) {
	if d.packer, err = newPacker(); err != nil {
		return err
	}
	s, err := newSchema(migrations)
	if err != nil {
		return err
	}
	if d.write, err = d.connect(1, "_txlock=immediate&_pragma=synchronous(NORMAL)&_pragma=foreign_keys(ON)"); err != nil {
		return err
	}
	if err := s.bring(ctx, d.write, d.path); err != nil {
		return err
	}
	if !d.still {
		err = d.keepLog(ctx)
	}
	if err != nil {
		return err
	}
	if d.options.Replace {
		if err := d.check(ctx); err != nil {
			return err
		}
	}
	if d.read, err = d.connect(readers, "_query_only=1"); err != nil {
		return err
	}
	d.stmts, err = prepare(ctx, d.write, d.read)
	return err
}

// keepLog makes the file one with a write-ahead log, and finds out whether it
// can be written. For the first, SQLite does not wait: of two programs that
// make a new file together, one is told to try again.
func (d *DB) keepLog(ctx context.Context) error {
	waiting, cancel := context.WithTimeout(ctx, d.options.Wait)
	defer cancel()
	for {
		_, err := d.write.ExecContext(ctx, "PRAGMA journal_mode = WAL; DELETE FROM fact WHERE false")
		if _, busy := errors.AsType[*BusyError](classify(d.path, err)); !busy {
			return err
		}
		select {
		case <-waiting.Done():
			return err
		case <-time.After(10 * time.Millisecond):
		}
	}
}

// readers is how many connections read at a time.
const readers = 4

func (d *DB) connect(connections int, params string) (*sql.DB, error) {
	name, err := fileURI(d.path)
	if err != nil {
		return nil, err
	}
	wait := strconv.FormatInt(d.options.Wait.Milliseconds(), 10)
	db, err := sql.Open("sqlite", name+"?_error_rc=1&_dqs=0&_busy_timeout="+wait+"&"+params+d.asItStands())
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	return db, nil
}

// fileURI names a file as SQLite reads it (https://www.sqlite.org/uri.html), in
// which a path may hold "?", "#" and "%".
func fileURI(path string) (string, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	path = filepath.ToSlash(path)
	if !strings.HasPrefix(path, "/") { // C:/…
		path = "/" + path
	}
	return "file://" + (&url.URL{Path: path}).EscapedPath(), nil
}

// Replaced names the damaged file that was moved aside by [Open], "" when none
// was.
func (d *DB) Replaced() string { return d.replaced }

// Close ends all use of the file. The write-ahead log is taken up into it
// unless another process has it open.
func (d *DB) Close() error {
	var errs []error
	for _, db := range []*sql.DB{d.read, d.write} { // the last one out tidies up
		if db != nil {
			errs = append(errs, db.Close())
		}
	}
	return errors.Join(errs...)
}
