package openproject

import "context"

// Count returns how many work packages the tracker counts for a query now. It
// is for showing progress: a listing that follows may find more or fewer.
func (c *Client) Count(ctx context.Context, q Query) (int, error) {
	query, err := c.resolve(ctx, q)
	if err != nil {
		return 0, err
	}
	parameters, err := query.parameters(lowerBound(query.since), 1, 1)
	if err != nil {
		return 0, err
	}
	p, err := c.readPage(ctx, call{op: "count work packages", url: query.url}, parameters)
	return p.total, err
}
