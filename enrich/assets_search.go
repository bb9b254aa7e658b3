package enrich

import (
	"context"
	"errors"
	"net/http"
	"strings"

	"ingest/enrich/fetch"
)

// maxTries is how many addresses of one list are asked for. A page whose first
// five pictures are all of no use has none.
const maxTries = 5

// search goes down the addresses that may give a part, best first, to the first
// file that will do. Where an address fails in a way that may pass by another
// day, it stops: a worse file would take the place of the better one that an
// earlier run got, and the next run tries again.
type search struct {
	step   Assets
	it     *Item
	part   Part
	accept string // header of that name
	limit  int64  // bytes of one file
	left   int64  // bytes of all files together
	fault  func(*Asset) string
	tries  []try
	late   bool // the last try may go well another day
}

// try is an address that gave nothing of use.
type try struct {
	why  string
	hint string
	gone bool // the site says that it has no such file, or gave another kind of file
}

// first returns the first file that will do, or nil. An error ends the item.
func (s *search) first(ctx context.Context, addresses []string) (*Asset, error) {
	for _, address := range addresses[:min(len(addresses), maxTries)] {
		if s.late || s.left <= 0 {
			break
		}
		limit := min(s.limit, s.left)
		file, err := s.fetch(ctx, address, limit)
		if err != nil {
			if stop := stopped(ctx, err); stop != nil {
				return nil, stop
			}
			s.failed(err, limit)
			s.it.refuse(s.part, address, err.Error())
			continue
		}
		s.left -= file.Size
		reason := s.fault(file)
		if reason == "" {
			return file, nil
		}
		s.it.refuse(s.part, address, reason)
		s.tries = append(s.tries, try{why: quote(address) + ": " + reason, gone: true})
		file.drop()
	}
	return nil, nil
}

// failed notes that an address gave no file.
func (s *search) failed(err error, limit int64) {
	t := try{why: shorten(err.Error(), 2*maxQuoted)}
	if h, ok := errors.AsType[hinter](err); ok {
		t.hint = h.Hint()
	}
	web, ok := errors.AsType[*fetch.Error](err)
	if ok {
		s.late = passes(web)
		t.gone = web.Status == http.StatusNotFound || web.Status == http.StatusGone
		if web.Kind == fetch.TooLarge {
			s.left -= limit
		}
		if web.Kind == fetch.Status && !s.late {
			t.hint = "" // it speaks of pages
		}
	}
	s.tries = append(s.tries, t)
}

// passes says whether a failure may be over by the next run: more than what is
// worth asking again at once.
func passes(web *fetch.Error) bool {
	switch web.Kind {
	case fetch.Status:
		return web.Temporary() || web.Status >= http.StatusInternalServerError
	case fetch.Refused, fetch.Network:
		return true
	}
	return web.Temporary()
}

// warn tells of all tries at once.
func (s *search) warn(text, hint string) {
	whys := make([]string, 0, len(s.tries))
	for _, t := range s.tries {
		whys = append(whys, t.why)
		if t.hint != "" {
			hint = t.hint
		}
	}
	s.it.Warnings = append(s.it.Warnings, Warning{Step: s.step.Name(), Text: text + ": " + strings.Join(whys, "; "), Hint: hint})
}

// fetch brings a file of the web into the spool.
func (s *search) fetch(ctx context.Context, address string, limit int64) (*Asset, error) {
	if isData(address) {
		return s.step.carried(s.it, address, limit)
	}
	request := fetch.Request{URL: address, MaxBytes: limit, Accept: s.accept}
	was := s.it.before(s.part, address)
	if was != nil {
		request.Validators = was.Validators
	}
	response, err := s.step.Web.Get(ctx, request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close() //nolint:errcheck // the body was read to its end or given up
	if response.NotModified {
		return was, nil
	}
	file, err := download(s.it, s.step.Spool, response)
	if err != nil {
		return nil, err
	}
	file.Asked, file.Validators = address, response.Validators()
	return file, nil
}

// stopped returns the errors that are not the web's: the run was told to stop,
// or the disk fails.
func stopped(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	if disk, ok := errors.AsType[*diskError](err); ok {
		return disk.err
	}
	return nil
}
