package state

import (
	"database/sql/driver"
	"fmt"
	"time"

	"ingest/pipeline"
)

// columns names the columns of an entry in the order of fields.
const columns = "id, next_try, read_at, updated_at, checked_at, outcome, failures, clean, canonical, path, subject, error, attention, tracker, visit, written, html"

// fields are the places of an entry's columns, to be written from and to be
// read into.
func (p *packer) fields(e *pipeline.Entry) []any {
	return []any{
		&e.ID, instant{&e.NextTry}, instant{&e.ReadAt}, instant{&e.UpdatedAt}, instant{&e.CheckedAt},
		&e.Outcome, &e.Failures, &e.Clean, &e.Canonical, &e.Path, &e.Subject, &e.Error, &e.Attention,
		blob{&e.Tracker, p}, blob{&e.Visit, p}, blob{&e.Written, p}, blob{&e.HTML, p},
	}
}

func assetFields(a *pipeline.StoredAsset) []any {
	return []any{&a.Name, &a.SHA256, &a.URL, &a.ETag, &a.LastModified}
}

// instant is a time as a column: microseconds, NULL for the zero time.
type instant struct{ t *time.Time }

// Value implements driver.Valuer.
func (i instant) Value() (driver.Value, error) {
	if i.t.IsZero() {
		return nil, nil
	}
	return i.t.UnixMicro(), nil
}

// Scan implements sql.Scanner.
func (i instant) Scan(src any) error {
	switch v := src.(type) {
	case nil:
		*i.t = time.Time{}
	case int64:
		*i.t = time.UnixMicro(v).UTC()
	default:
		return fmt.Errorf("%T for an instant", src)
	}
	return nil
}

// blob is a blob as a column, packed.
type blob struct {
	b      *[]byte
	packer *packer
}

// Value implements driver.Valuer.
func (b blob) Value() (driver.Value, error) {
	if *b.b == nil {
		return nil, nil
	}
	return b.packer.pack(*b.b), nil
}

// Scan implements sql.Scanner.
func (b blob) Scan(src any) (err error) {
	packed, ok := src.([]byte)
	if !ok && src != nil {
		return fmt.Errorf("%T for a blob", src)
	}
	*b.b, err = b.packer.unpack(packed)
	return err
}
