package openproject

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
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

// maxRows is more than any tracker has, and small enough that page numbers can
// be multiplied.
const maxRows = 1_000_000_000

func decodePage(body []byte) (page, error) {
	d, err := newDecoder(body)
	if err != nil {
		return page{}, err
	}
	var p page
	d.need("total", &p.total)
	d.want("pageSize", &p.size)
	d.want("offset", &p.offset)
	p.offset = max(p.offset, 1)
	if d.err == nil && (min(p.total, p.size) < 0 || max(p.total, p.size, p.offset) > maxRows) {
		d.err = errors.New("page numbers that cannot be")
	}
	embedded, err := newDecoder(d.doc["_embedded"])
	if d.err != nil || err != nil {
		return page{}, errors.Join(d.err, err)
	}
	if p.elements, err = items(embedded.doc["elements"]); err != nil {
		return page{}, fmt.Errorf("elements: %w", err)
	}
	if raw, ok := embedded.doc["schemas"]; ok {
		p.schemas, err = decodeSchemaList(raw)
	}
	return p, err
}

// decodeSchemaList reads the schemas that a page carries for its rows. They are
// a courtesy: what is missing will be fetched.
func decodeSchemaList(raw []byte) ([]json.RawMessage, error) {
	d, err := newDecoder(raw)
	if err != nil {
		return nil, fmt.Errorf("schemas: %w", err)
	}
	embedded, err := newDecoder(d.doc["_embedded"])
	if err != nil {
		return nil, nil //nolint:nilerr // no list is no schema
	}
	list, err := items(embedded.doc["elements"])
	if err != nil {
		return nil, nil //nolint:nilerr // no list is no schema
	}
	return list, nil
}

// readOne reads one object.
func readOne[T any](ctx context.Context, c *Client, in call, decode func(json.RawMessage) (T, int64, error)) (T, error) {
	var none T
	body, err := c.get(ctx, in)
	if err != nil {
		return none, err
	}
	one, _, err := decode(body)
	if err != nil {
		return none, c.payload(in, err)
	}
	return one, nil
}

// readAll reads every page of a small collection: projects, types, statuses,
// attachments. Some of them ignore paging and always return all. A page that
// brings nothing new before the rows are complete is an [IncompleteError].
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
		switch {
		case p.complete() || len(all) >= p.total:
			return all, nil
		case len(all) == before:
			return nil, &IncompleteError{Op: in.op, Got: len(all), Total: p.total}
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
