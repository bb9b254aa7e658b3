package state

import (
	"context"
	"database/sql"
	"encoding/json"
	"strconv"
	"strings"
)

// List lists entries.
func (d *DB) List(ctx context.Context, c Choice) (*Listing, error) {
	c.Limit, c.Offset = max(c.Limit, 0), max(c.Offset, 0)
	listing := &Listing{}
	err := within(ctx, d.read, &sql.TxOptions{ReadOnly: true}, func(tx *sql.Tx) error {
		where, args := c.where()
		if err := d.lines(ctx, tx, listing, where, append(args, c.Limit, c.Offset)); err != nil {
			return err
		}
		if n := len(listing.Lines); 0 < n && n < c.Limit { // the last page tells how many there are
			listing.Total = c.Offset + n
			return nil
		}
		return tx.QueryRowContext(ctx, "SELECT count(*) FROM entry"+where, args...).Scan(&listing.Total)
	})
	if err != nil {
		return nil, fail(ctx, d.path, "list entries", err)
	}
	return listing, nil
}

// lines reads the rows of a listing. Which they are is found out from an index
// alone.
func (d *DB) lines(ctx context.Context, tx *sql.Tx, listing *Listing, where string, args []any) error {
	const order = " ORDER BY updated_at DESC, id DESC"
	rows, err := tx.QueryContext(ctx, `SELECT id, subject, updated_at, checked_at, standing, outcome, error, attention, clean, canonical, path, coalesce(state, '')
		FROM entry LEFT JOIN link ON entry = id
		WHERE id IN (SELECT id FROM entry`+where+order+` LIMIT ? OFFSET ?)`+order, args...)
	if err != nil {
		return err
	}
	return each(rows, func() error {
		var l Line
		err := rows.Scan(&l.ID, &l.Subject, instant{&l.UpdatedAt}, instant{&l.CheckedAt}, &l.Standing, &l.Outcome, &l.Error, &l.Attention,
			&l.Clean, &l.Canonical, &l.Path, &l.Link)
		listing.Lines = append(listing.Lines, l)
		return err
	})
}

// where is a choice as SQL. Only what is asked for stands there, so that an index
// fits it.
func (c Choice) where() (text string, args []any) {
	var all []string
	add := func(condition string, values ...any) {
		all, args = append(all, condition), append(args, values...)
	}
	if len(c.Standings) > 0 {
		add("standing IN (SELECT value FROM json_each(?))", jsonOf(c.Standings))
	}
	if c.IDs != nil {
		add("id IN (SELECT value FROM json_each(?))", jsonOf(c.IDs))
	}
	if c.Link != "" {
		add("id IN (SELECT entry FROM link WHERE state = ?)", c.Link)
	}
	for _, forms := range words(c.Text) {
		condition, values := matches(forms)
		add(condition, values...)
	}
	if len(all) == 0 {
		return "", nil
	}
	return " WHERE " + strings.Join(all, " AND "), args
}

// matches is the condition that a word occurs in one of its forms.
func matches(forms []string) (condition string, args []any) {
	var either []string
	for _, form := range forms {
		like := "%" + strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`).Replace(form) + "%"
		either, args = append(either, `subject LIKE ? ESCAPE '\' OR clean LIKE ? ESCAPE '\' OR canonical LIKE ? ESCAPE '\'`), append(args, like, like, like)
		if id, err := strconv.ParseInt(form, 10, 64); err == nil {
			either, args = append(either, "id = ?"), append(args, id)
		}
	}
	return "(" + strings.Join(either, " OR ") + ")", args
}

// jsonOf is a list as SQLite's JSON functions read it.
func jsonOf[T ~string | ~int64](list []T) string {
	text, _ := json.Marshal(list) // a list of strings or numbers does not fail
	return string(text)
}

// Standings counts the entries by their standing. Every standing that occurs is
// there.
func (d *DB) Standings(ctx context.Context) (map[Standing]int, error) {
	counts := map[Standing]int{}
	rows, err := d.read.QueryContext(ctx, "SELECT standing, count(*) FROM entry GROUP BY standing")
	if err == nil {
		err = each(rows, func() error {
			var s Standing
			var n int
			err := rows.Scan(&s, &n)
			counts[s] = n
			return err
		})
	}
	if err != nil {
		return nil, fail(ctx, d.path, "count entries", err)
	}
	return counts, nil
}
