package main

import (
	"context"
	"errors"
	"io"
	"iter"
	"sync"
	"time"

	"ingest/cmd/ingest/internal/daemon"
	"ingest/output/frontmatter"
	"ingest/pipeline"
	"ingest/pipeline/explain"
)

// view is the content tree and the archetype as the service's windows see them:
// rooms of a dry run, made anew after every run, since a run or a person may have
// changed what they were made of.
type view struct {
	worker *worker

	mu    sync.RWMutex
	rooms *rooms
	stale bool
}

// with lets use look at the rooms. Several may look at once.
func (v *view) with(ctx context.Context, use func(*rooms) error) error {
	for {
		v.mu.RLock()
		if v.rooms != nil && !v.stale {
			defer v.mu.RUnlock()
			return use(v.rooms)
		}
		v.mu.RUnlock()
		if err := v.refresh(ctx); err != nil {
			return err
		}
	}
}

// refresh makes the rooms anew.
func (v *view) refresh(ctx context.Context) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.rooms != nil && !v.stale {
		return nil
	}
	k := v.worker
	f := k.runFlags(true)
	f.quiet = true // the runs tell what they find in the tree
	made, err := assemble(context.WithoutCancel(ctx), k.config.Load(), k.world, f)
	if err != nil {
		return err
	}
	if err := made.recallOfferings(ctx); err != nil {
		return errors.Join(err, made.close())
	}
	var old error
	if v.rooms != nil {
		old = v.rooms.close()
	}
	v.rooms, v.stale = made, false
	return old
}

// Ended makes the next look see what the run has made.
func (v *view) Ended(daemon.Run) { v.forget() }

// Item does nothing: the files of known documents are read when they are asked for.
func (*view) Item(daemon.Run, pipeline.Event) {}

// Entered does nothing.
func (*view) Entered(int64, string) {}

func (v *view) forget() {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.stale = true
}

func (v *view) close() error {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.rooms == nil {
		return nil
	}
	err := v.rooms.close()
	v.rooms = nil
	return err
}

// clean takes the tracking parameters out of a URL; one that cannot be looked at now
// comes back as it is.
func (v *view) clean(url string) string {
	cleaned := url
	err := v.with(context.Background(), func(r *rooms) error {
		cleaned = r.cleaner.Clean(url).Output
		return nil
	})
	if err != nil {
		return url
	}
	return cleaned
}

func (v *view) explain(ctx context.Context, id int64) (x *explain.Explanation, err error) {
	err = v.with(ctx, func(r *rooms) error {
		retraced, err := r.pipeline.Retrace(ctx, id)
		if err == nil {
			x = explain.Of(retraced, r.cleaner.Clean)
		}
		return err
	})
	return x, err
}

// read gives a document as its file has it.
func (v *view) read(ctx context.Context, id int64) (matter, body string, found bool, err error) {
	err = v.with(ctx, func(r *rooms) error {
		m, text, there, err := r.tree.Read(id)
		if err != nil || !there {
			return err
		}
		encoded, err := frontmatter.Marshal(m)
		matter, body, found = string(encoded), text, true
		return err
	})
	return matter, body, found, err
}

func (v *view) openAsset(ctx context.Context, id int64, name string) (file io.ReadSeekCloser, at time.Time, err error) {
	err = v.with(ctx, func(r *rooms) error {
		opened, err := r.tree.OpenAsset(r.tree.Place(id), name)
		if err != nil {
			return err
		}
		info, err := opened.Stat()
		if err != nil {
			return errors.Join(err, opened.Close())
		}
		file, at = opened, info.ModTime()
		return nil
	})
	return file, at, err
}

// addresses yields the addresses of the documents on the site.
func (v *view) addresses(ctx context.Context) iter.Seq2[int64, string] {
	return func(yield func(int64, string) bool) {
		err := v.with(ctx, func(r *rooms) error {
			for _, e := range r.tree.Entries() {
				for _, address := range r.tree.URLs(e.ID) {
					if !yield(e.ID, address) {
						return nil
					}
				}
			}
			return nil
		})
		if err != nil {
			v.worker.world.logger(v.worker.flags).ErrorContext(ctx, "the content tree cannot be read", "error", err)
		}
	}
}
