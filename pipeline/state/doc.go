// Package state remembers between runs what was made of each work package, in
// one SQLite file (modernc.org/sqlite: no cgo). It implements [pipeline.Store].
//
//	release, err := state.Lock(".ingest/run.lock", owner) // one run at a time
//	db, err := state.Open(ctx, ".ingest/state.db", state.Options{Replace: true})
//	err = db.Put(ctx, &pipeline.Entry{ID: 3960, …})
//	err = db.SetFact(ctx, "watermark", "2026-11-22T02:00:00Z")
//
// The file is a cache and a memory, never the truth. Whoever deletes it loses
// run history and the base of three-way merges, no content and no name. It is
// nevertheless never deleted here: a damaged one is reported, or on request
// moved aside ([Options.Replace]) so that a nightly run goes on.
//
// # What survives
//
// A write that has returned survives the death of the process, by SIGKILL too.
// When the machine loses power, the last writes may be gone, but always from
// the end: SQLite's write-ahead log holds transactions in their order, each
// frame's checksum continues that of the one before, and recovery stops at the
// first that is not whole (https://www.sqlite.org/wal.html,
// https://www.sqlite.org/pragma.html#pragma_synchronous). A watermark that is
// written after the entries it speaks for is therefore never there without
// them, and a night's lost end is worked on again. That is why synchronous is
// NORMAL: FULL would wait for the disk after every entry and keep no promise
// that this order does not keep.
//
// # Inside
//
// One connection writes, a few read; with the log, readers see the last
// committed state and nobody waits for them. An entry is one row, its assets
// rows of their own. Blobs over half a kilobyte are compressed with zstd; the
// first byte says how (pack.go). Instants are kept in UTC to the microsecond,
// as the tracker gives them; an entry comes back equal but for that, and for
// an empty list of assets, which comes back nil. Strings may hold any bytes.
//
// The schema is made by the numbered files in migrations, each applied in a
// transaction of its own together with its number (PRAGMA user_version). A file
// with a higher number was made by a newer ingest and is left alone
// ([NewerError]), and so is a database of another program ([ForeignError]), told
// by its application_id.
//
// # Errors
//
// [CorruptError], [NewerError], [ForeignError], [AccessError], [FullError] and
// [BusyError] say which file, and have a Hint. Whatever is wrong with the file
// would meet every other work package as well, so all of them end a run. A
// context that ends is reported as its own error.
//
// # Where the file may be
//
// On a disk of the machine, which may be read-only for who only looks
// ([Options.ReadOnly]). The write-ahead log shares memory between
// processes, which network file systems do not. The same holds for [Lock].
//
// [Memory] is the same contract without a file, for tests and for runs that are
// to remember nothing. Package statetest holds the contract as a suite.
package state
