package state

import (
	"context"
	"fmt"
)

// LimitPages makes the file as full as a disk without room would.
func (d *DB) LimitPages(ctx context.Context, pages int) error {
	_, err := d.write.ExecContext(ctx, fmt.Sprintf("PRAGMA max_page_count = %d", pages))
	return err
}
