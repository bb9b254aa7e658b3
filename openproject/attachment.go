package openproject

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"time"
)

// Attachment is one file of a work package, as the listing describes it. Size,
// type and digest are the tracker's words: hints, until the bytes are there.
type Attachment struct {
	ID          int64
	FileName    string // as uploaded: may hold anything, "../" too
	Size        int64  // bytes; -1 if the tracker does not say
	ContentType string // the tracker's guess
	Description string
	Digest      Digest
	Status      string // "uploaded", "scanned", ...; "" on older servers
	CreatedAt   time.Time
	Author      Ref
	// Href is the lasting address of the bytes, as a path. (The address that a
	// reply calls downloadLocation may be signed and die in minutes.)
	Href string
}

// Digest is a hash of the bytes by the tracker. It may be empty.
type Digest struct {
	Algorithm string // "md5"
	Hash      string // lower case hex
}

// Ready tells that the bytes may be fetched: the upload is done and, where the
// tracker scans for viruses, the scan too (API.md 7).
func (a Attachment) Ready() bool {
	return a.Status == "" || a.Status == "uploaded" || a.Status == "scanned"
}

// Attachments lists the files of a work package, in the tracker's order.
func (c *Client) Attachments(ctx context.Context, workPackageID int64) ([]Attachment, error) {
	in := call{op: fmt.Sprintf("list attachments of work package %d", workPackageID), wp: workPackageID}
	in.url = c.base.api(nil, "work_packages", strconv.FormatInt(workPackageID, 10), "attachments")
	return readAll(ctx, c, in, decodeAttachment)
}

// Attachment reads the description of one file.
func (c *Client) Attachment(ctx context.Context, id int64) (Attachment, error) {
	in := call{op: fmt.Sprintf("read attachment %d", id)}
	in.url = c.base.api(nil, "attachments", strconv.FormatInt(id, 10))
	return readOne(ctx, c, in, decodeAttachment)
}

func decodeAttachment(raw json.RawMessage) (Attachment, int64, error) {
	d, err := newDecoder(raw)
	if err != nil {
		return Attachment{}, 0, fmt.Errorf("attachment: %w", err)
	}
	a := Attachment{Size: -1}
	d.need("id", &a.ID)
	d.need("fileName", &a.FileName)
	d.want("fileSize", &a.Size)
	d.want("contentType", &a.ContentType)
	d.want("digest", &a.Digest)
	d.want("status", &a.Status)
	a.Description = d.longText("description")
	a.CreatedAt = d.time("createdAt")
	a.Author = d.link("author")
	a.Href = d.link("staticDownloadLocation").Href
	if a.Href == "" {
		a.Href = fmt.Sprintf("%s/attachments/%d/content", apiRoot, a.ID)
	}
	if d.err != nil {
		return Attachment{}, 0, fmt.Errorf("attachment %d: %w", a.ID, d.err)
	}
	return a, a.ID, nil
}
