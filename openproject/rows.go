package openproject

import (
	"context"
	"time"
)

// rowPage is a page with its rows decoded.
type rowPage struct {
	page
	rows []*WorkPackage
}

func (l *listing) read(ctx context.Context, bound time.Time, offset int) (rowPage, error) {
	parameters, err := l.query.parameters(bound, offset, l.c.pageSize)
	if err != nil {
		return rowPage{}, err
	}
	in := call{op: "list work packages", url: l.query.url}
	p, err := l.c.readPage(ctx, in, parameters)
	if err != nil {
		return rowPage{}, err
	}
	rows, err := l.c.decodeRows(ctx, in, p)
	return rowPage{page: p, rows: rows}, err
}

// decodeRows reads all rows of a page or none.
func (c *Client) decodeRows(ctx context.Context, in call, p page) ([]*WorkPackage, error) {
	for _, raw := range p.schemas {
		s, err := decodeSchema(raw)
		if err != nil {
			return nil, c.payload(in, err)
		}
		c.schemas.put(s)
	}
	rows := make([]*WorkPackage, len(p.elements))
	for i, raw := range p.elements {
		wp, err := decodeWorkPackage(raw)
		if err != nil {
			return nil, c.payload(in, err)
		}
		if err := c.bindSchema(ctx, wp); err != nil {
			return nil, err
		}
		rows[i] = wp
	}
	return rows, nil
}
