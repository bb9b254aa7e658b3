package state

import (
	"context"
	"maps"
	"slices"
)

// Duplicates groups the work packages that are about one page: their clean or
// canonical URLs are the same, or one's clean URL is the other's canonical. Each
// group lists its ids in order; the groups come in the order of their first ids.
// What is gone from the site is nobody's duplicate.
func (d *DB) Duplicates(ctx context.Context) ([][]int64, error) {
	// Each step walks an index; CROSS JOIN keeps SQLite from turning the order.
	const q = `WITH shared (url) AS (
		SELECT clean FROM entry WHERE clean <> '' GROUP BY clean HAVING count(*) > 1
		UNION SELECT canonical FROM entry WHERE canonical <> '' GROUP BY canonical HAVING count(*) > 1
		UNION SELECT a.canonical FROM entry a CROSS JOIN entry b ON b.clean = a.canonical AND b.clean <> '' WHERE a.canonical <> '' AND a.canonical <> a.clean)
	SELECT url, id FROM shared CROSS JOIN entry ON clean = url WHERE clean <> '' AND standing <> 'gone'
	UNION SELECT url, id FROM shared CROSS JOIN entry ON canonical = url WHERE canonical <> '' AND standing <> 'gone'`
	pages := map[string][]int64{}
	rows, err := d.read.QueryContext(ctx, q)
	if err == nil {
		err = each(rows, func() error {
			var url string
			var id int64
			err := rows.Scan(&url, &id)
			pages[url] = append(pages[url], id)
			return err
		})
	}
	if err != nil {
		return nil, fail(ctx, d.path, "list duplicates", err)
	}
	return grouped(pages), nil
}

// grouped joins the ids that share a page, each with all that it is joined to by
// others. An id alone makes no group.
func grouped(pages map[string][]int64) [][]int64 {
	first := map[int64]int64{} // the way to the first of its group
	var root func(id int64) int64
	root = func(id int64) int64 {
		if up, ok := first[id]; ok && up != id {
			first[id] = root(up)
			return first[id]
		}
		return id
	}
	for _, ids := range pages {
		for _, id := range ids {
			a, b := root(ids[0]), root(id)
			first[max(a, b)] = min(a, b)
			first[id] = root(id)
		}
	}
	members := map[int64][]int64{}
	for id := range first {
		members[root(id)] = append(members[root(id)], id)
	}
	var groups [][]int64
	for _, id := range slices.Sorted(maps.Keys(members)) {
		if group := members[id]; len(group) > 1 {
			slices.Sort(group)
			groups = append(groups, group)
		}
	}
	return groups
}
