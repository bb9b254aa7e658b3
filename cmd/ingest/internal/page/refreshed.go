package page

import (
	"net/http"
	"strconv"
	"time"

	"ingest/cmd/ingest/internal/desk"
)

// refreshData is the panel with the button.
type refreshData struct {
	Waits   bool // its end is not there yet
	Running bool
	Delay   *desk.Delay // why it does not begin
	Lost    bool        // it ended and nobody knows how
	Last    *desk.Last
	Fresh   bool // Last is what came of this reader's refresh
	Diff    diff
}

// lag is how long after asking an entry may be neither waiting nor in work nor
// done: between two steps of the queue.
const lag = 10 * time.Second

// askedAt is when this reader asked for a refresh, by ?asked= in milliseconds.
func askedAt(r *http.Request) (time.Time, bool) {
	ms, err := strconv.ParseInt(r.URL.Query().Get("asked"), 10, 64)
	return time.UnixMilli(ms), err == nil
}

// refreshOf tells how far the reader's refresh has come.
func (p *Page) refreshOf(r *http.Request, e *desk.Entry) refreshData {
	data := refreshData{Waits: e.Pending.Waiting || e.Pending.Running, Running: e.Pending.Running, Delay: e.Pending.Delay, Last: e.Last}
	if e.Last != nil {
		data.Diff = readDiff(e.Last.Diff)
	}
	asked, ok := askedAt(r)
	if !ok {
		return data
	}
	data.Fresh = !data.Waits && e.Last != nil && !e.Last.At.Before(asked)
	if !data.Waits && !data.Fresh {
		data.Waits = p.now().Sub(asked).Abs() < lag
		data.Lost = !data.Waits
	}
	return data
}
