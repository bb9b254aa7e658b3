package openproject

import (
	"context"
	"time"
)

// Pulse is what one request tells of all work packages of a query: two equal ones
// mean that nothing was added, removed or changed between them.
type Pulse struct {
	Total  int       `json:"total"`
	Latest time.Time `json:"latest"` // change of any; zero when there is none
}

// Equal says whether nothing happened between two pulses.
func (p Pulse) Equal(other Pulse) bool {
	return p.Total == other.Total && p.Latest.Equal(other.Latest)
}

// Pulse asks for the number of work packages of a query and for the one that
// changed last.
func (c *Client) Pulse(ctx context.Context, q Query) (Pulse, error) {
	query, err := c.resolve(ctx, q)
	if err != nil {
		return Pulse{}, err
	}
	parameters, err := query.parameters(lowerBound(query.since), 1, 1)
	if err != nil {
		return Pulse{}, err
	}
	parameters.Set("sortBy", `[["updatedAt","desc"]]`)
	in := call{op: "look at the latest work package", url: query.url}
	p, err := c.readPage(ctx, in, parameters)
	if err != nil || len(p.elements) == 0 {
		return Pulse{Total: p.total}, err
	}
	wp, err := decodeWorkPackage(p.elements[0])
	if err != nil {
		return Pulse{}, c.payload(in, err)
	}
	return Pulse{Total: p.total, Latest: wp.UpdatedAt}, nil
}
