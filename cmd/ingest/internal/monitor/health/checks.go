package health

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// Facts is a state into which a value can be written; *state.DB is one.
type Facts interface {
	Fact(ctx context.Context, key string) (string, error)
	SetFact(ctx context.Context, key, value string) error
	// InPlace says whether the next process will find the state that this one uses.
	InPlace() error
}

// factKey is where State writes. The value means nothing.
const factKey = "health"

// State checks that the state can be written and read, and is still where it was opened.
func State(s Facts) Check {
	return Check{Name: "state", Ask: func(ctx context.Context) error {
		written := time.Now().UTC().Format(time.RFC3339Nano)
		if err := s.SetFact(ctx, factKey, written); err != nil {
			return err
		}
		read, err := s.Fact(ctx, factKey)
		if err == nil && read != written {
			return fmt.Errorf("the state says %q where %q was written", read, written)
		}
		if err != nil {
			return err
		}
		return s.InPlace()
	}}
}

// Tracker checks that the tracker answers; ask reads who we are there
// (openproject.Client.Me), since that needs the credentials and no permission.
func Tracker(ask func(ctx context.Context) error) Check {
	return Check{Name: "tracker", Ask: ask}
}

// Tree checks that files can be made in folders, which today's configuration names.
func Tree(folders func() []string) Check {
	return Check{Name: "content_tree", Ask: func(ctx context.Context) error {
		for _, folder := range folders() {
			if err := writable(ctx, folder); err != nil {
				return err
			}
		}
		return nil
	}}
}

// writable makes a file in a folder and takes it away. One that is not there yet is
// made by the first run, so that what counts is the folder in which that happens.
//
// The name is one that package output gives to files in the making: site
// generators pass over it, and should this process be killed at this very moment, the
// next run removes it.
func writable(ctx context.Context, folder string) error {
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		name := filepath.Join(folder, ".ingest-"+rand.Text()+".tmp")
		file, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		if err == nil {
			_, err = file.WriteString("ready?\n") // a full disk makes files, but takes no bytes
			return errors.Join(err, file.Close(), removed(name))
		}
		_, missing := os.Stat(folder) // asked, since /proc says of the file's name that it is not there
		parent := filepath.Dir(folder)
		if !errors.Is(missing, fs.ErrNotExist) || parent == folder {
			return err
		}
		folder = parent
	}
}

// removed removes a file; a run that begins at this moment may have done so.
func removed(name string) error {
	if err := os.Remove(name); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}
