package openproject

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"
)

// ContentError says that the bytes of an attachment are not to be had, or are
// not what its listing said. What was written must not be used.
type ContentError struct {
	Attachment int64
	FileName   string
	What       string // "size", "digest", "limit" or "status"
	Got, Want  string
}

func (e *ContentError) Error() string {
	return fmt.Sprintf("download attachment %d (%q): %s is %s, want %s", e.Attachment, e.FileName, e.What, e.Got, e.Want)
}

// Hint tells what to do with the file.
func (e *ContentError) Hint() string {
	switch {
	case e.What == "limit":
		return "attach a smaller file to the work package"
	case e.What == "status" && e.Got == "quarantined":
		return "the tracker's virus scanner holds the file back: replace it in the work package"
	case e.What == "status":
		return "the tracker is still processing the file: run again later"
	}
	return "the file changed or was cut on the way: run again; if it stays so, upload it anew in OpenProject"
}

// Download streams the bytes of an attachment to w and returns how many were
// written. It verifies them against the listing: size, and digest where there is
// one. With any error, what w holds must be thrown away: the download is not
// resumed, and only tried again while nothing has been written. A size above
// Options.MaxDownload is refused, before the request if the listing tells.
// Redirects to a storage host are followed without credentials.
func (c *Client) Download(ctx context.Context, a Attachment, w io.Writer) (int64, error) {
	if err := c.downloadable(a); err != nil {
		return 0, err
	}
	in := call{op: fmt.Sprintf("download attachment %d", a.ID)}
	var err error
	if in.url, err = c.base.resolve(a.Href); err != nil {
		return 0, fmt.Errorf("%s: %w", in.op, err)
	}
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	req := c.files.R().SetContext(ctx).SetDoNotParseResponse(true).SetHeader("Accept-Encoding", "identity")
	resp, err := c.send(ctx, in, req)
	if err != nil {
		return 0, err
	}
	body := resp.RawBody()
	defer body.Close() //nolint:errcheck // a fault shows while reading
	if !resp.IsSuccess() {
		start, _ := io.ReadAll(io.LimitReader(body, 1<<16)) // whatever came of the explanation
		return 0, c.apiError(in, resp, start)
	}
	return c.copyVerified(ctx, in, a, w, &watched{body: body, timer: time.AfterFunc(stallLimit, func() { stop(errStalled) })})
}

func (c *Client) downloadable(a Attachment) error {
	e := &ContentError{Attachment: a.ID, FileName: a.FileName}
	switch {
	case !a.Ready():
		e.What, e.Got, e.Want = "status", a.Status, "uploaded or scanned"
		return e
	case a.Size > c.maxDownload:
		e.What, e.Got, e.Want = "limit", fmt.Sprintf("%d bytes", a.Size), fmt.Sprintf("at most %d", c.maxDownload)
		return e
	}
	return nil
}

func (c *Client) copyVerified(ctx context.Context, in call, a Attachment, w io.Writer, body *watched) (int64, error) {
	defer body.timer.Stop()
	sum := newHash(a.Digest)
	out := &counting{to: io.MultiWriter(w, sum)}
	_, err := io.Copy(out, io.LimitReader(body, c.maxDownload+1))
	e := &ContentError{Attachment: a.ID, FileName: a.FileName}
	switch {
	case out.err != nil:
		return out.n, fmt.Errorf("%s: write: %w", in.op, out.err)
	case errors.Is(context.Cause(ctx), errStalled):
		return out.n, c.broken(in, errStalled)
	case ctx.Err() != nil:
		return out.n, cancelled(ctx, in.op)
	case err != nil:
		return out.n, c.broken(in, withoutURL(err))
	case out.n > c.maxDownload:
		e.What, e.Got, e.Want = "limit", "more", fmt.Sprintf("at most %d", c.maxDownload)
		return out.n, e
	case a.Size >= 0 && out.n != a.Size:
		e.What, e.Got, e.Want = "size", fmt.Sprint(out.n), fmt.Sprint(a.Size)
		return out.n, e
	}
	got := hex.EncodeToString(sum.Sum(nil))
	if want := strings.TrimSpace(a.Digest.Hash); sum.known && !strings.EqualFold(got, want) {
		e.What, e.Got, e.Want = "digest", got, want
		return out.n, e
	}
	return out.n, nil
}

func (c *Client) broken(in call, err error) error {
	return &TransportError{Op: in.op, Method: http.MethodGet, URL: c.base.stripped(in.url), Err: err}
}
