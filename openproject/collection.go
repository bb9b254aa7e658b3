package openproject

import (
	"context"
	"encoding/json"
	"errors"
	"net/url"
	"strconv"
)

// page is one page of any collection, judged by what the reply says of itself,
// never by what was asked for (API.md 3.3).
type page struct {
	total    int
	size     int // rows per page; 0 when the collection is not paged
	offset   int // 1-based page number
	elements []json.RawMessage
	schemas  []json.RawMessage
}

// complete tells that the rows up to and including this page are all there are.
func (p page) complete() bool {
	return (p.offset-1)*p.size+len(p.elements) >= p.total
}

func decodePage(body []byte) (page, error) {
	var w struct {
		Total    *int `json:"total"`
		PageSize int  `json:"pageSize"`
		Offset   int  `json:"offset"`
		Embedded struct {
			Elements *[]json.RawMessage `json:"elements"`
			Schemas  struct {
				Embedded struct {
					Elements []json.RawMessage `json:"elements"`
				} `json:"_embedded"`
			} `json:"schemas"`
		} `json:"_embedded"`
	}
	switch err := json.Unmarshal(body, &w); {
	case err != nil:
		return page{}, err
	case w.Embedded.Elements == nil || w.Total == nil:
		return page{}, errors.New("not a collection")
	case *w.Total < 0 || w.PageSize < 0 || w.Offset < 0:
		return page{}, errors.New("negative page numbers")
	}
	return page{
		total:    *w.Total,
		size:     w.PageSize,
		offset:   max(w.Offset, 1),
		elements: *w.Embedded.Elements,
		schemas:  w.Embedded.Schemas.Embedded.Elements,
	}, nil
}

// readAll reads every page of a small collection: projects, types, statuses,
// attachments. Some of them ignore paging and always return all: it stops when
// the rows are complete or a page brings none that is new.
func readAll[T any](ctx context.Context, c *Client, in call, decode func(json.RawMessage) (T, int64, error)) ([]T, error) {
	var all []T
	seen := map[int64]bool{}
	query := in.url.Query()
	query.Set("pageSize", strconv.Itoa(c.pageSize))
	for offset := 1; ; offset++ {
		query.Set("offset", strconv.Itoa(offset))
		p, err := c.readPage(ctx, in, query)
		if err != nil {
			return nil, err
		}
		before := len(all)
		for _, raw := range p.elements {
			element, id, err := decode(raw)
			if err != nil {
				return nil, c.payload(in, err)
			}
			if !seen[id] {
				seen[id] = true
				all = append(all, element)
			}
		}
		if p.complete() || len(all) == before {
			return all, nil
		}
	}
}

func (c *Client) readPage(ctx context.Context, in call, query url.Values) (page, error) {
	asked := *in.url
	asked.RawQuery = query.Encode()
	in.url = &asked
	body, err := c.get(ctx, in)
	if err != nil {
		return page{}, err
	}
	p, err := decodePage(body)
	if err != nil {
		return page{}, c.payload(in, err)
	}
	return p, nil
}
