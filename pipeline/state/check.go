package state

import (
	"context"
	"fmt"
)

// check reads the file through and returns the first damage that it finds. It
// sees pages and rows that are malformed, not a value that was replaced by
// another (https://www.sqlite.org/pragma.html#pragma_quick_check).
func (d *DB) check(ctx context.Context) error {
	var found string
	if err := d.write.QueryRowContext(ctx, "PRAGMA quick_check(1)").Scan(&found); err != nil {
		return err
	}
	if found != "ok" {
		return fmt.Errorf("%w: %s", errDamaged, found)
	}
	return nil
}
