package feedback

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"ingest/openproject"
)

// mark begins the last line of the comment of a work package. Readers do not see it.
func mark(id int64) string { return fmt.Sprintf("<!-- ingest %d ", id) }

const markEnd = " -->"

// digest names what a comment says.
func digest(body string) string {
	sum := sha256.Sum256([]byte(body))
	return hex.EncodeToString(sum[:8])
}

// marked reads the digest out of the last line of a comment.
func marked(text string, id int64) (digest string, ok bool) {
	at := strings.LastIndex(text, mark(id)) // before it a foreign name may look like one
	if at < 0 {
		return "", false
	}
	digest, _, ok = strings.Cut(text[at+len(mark(id)):], markEnd)
	return digest, ok
}

// Marked says whether a text has the mark of a work package's comment: it is ours, or
// quotes ours.
func Marked(text string, id int64) bool {
	_, ok := marked(text, id)
	return ok
}

// findOwn looks for the comment that an earlier run made and nobody remembers.
func (v *visit) findOwn(ctx context.Context) error {
	own, err := v.own(ctx)
	if err != nil || own == nil {
		return err
	}
	v.memory.Comment = own.ID
	v.memory.Digest, _ = marked(own.Text, v.told.Item.ID)
	return nil
}

// own finds this user's comment by its mark, nil when there is none. Others may
// quote it. Where the tracker does not tell whose a comment is, it is ours if we
// may edit it.
func (v *visit) own(ctx context.Context) (*openproject.Comment, error) {
	comments, err := v.t.Client.Comments(ctx, v.told.Item.ID)
	if err != nil {
		return nil, err
	}
	for _, one := range comments {
		if _, ok := marked(one.Text, v.told.Item.ID); !ok {
			continue
		}
		me, err := v.t.Client.Me(ctx)
		if err != nil {
			return nil, err
		}
		if one.Author.ID == me.ID || one.Author.IsZero() && one.Editable {
			return &one, nil
		}
	}
	return nil, nil
}

// say writes the comment: over the one that is there, or anew where there is none
// or it is not ours.
func (v *visit) say(ctx context.Context) (bool, error) {
	sum := digest(v.body)
	seal := mark(v.told.Item.ID) + sum + markEnd
	text := v.body + "\n"
	if v.told.Asked {
		text += "\n" + answer(v.told.Item.Outcome, v.t.now()) + "\n"
	}
	text += "\n" + seal + "\n"
	made, err := v.put(ctx, text, seal)
	if err != nil {
		return false, err
	}
	v.memory.Comment, v.memory.Digest = made.ID, sum
	return true, nil
}

// put edits or adds. A comment that may not be edited though it is ours is a
// missing permission, not a reason for a second one.
func (v *visit) put(ctx context.Context, text, seal string) (openproject.Comment, error) {
	if v.memory.Comment != 0 {
		made, err := v.t.Client.EditComment(ctx, v.memory.Comment, text)
		if err == nil || !lost(err) {
			return made, err
		}
		own, lookErr := v.own(ctx)
		switch {
		case lookErr != nil:
			return made, errors.Join(err, lookErr)
		case own != nil && own.ID == v.memory.Comment:
			return made, err
		case own != nil:
			return v.t.Client.EditComment(ctx, own.ID, text)
		}
	}
	return v.t.Client.AddComment(ctx, v.told.Item.ID, text, seal)
}

// lost says that a comment is gone, or not one that this user may edit.
func lost(err error) bool {
	_, refused := errors.AsType[*openproject.PermissionError](err)
	api, answered := errors.AsType[*openproject.APIError](err)
	return refused || answered && (api.Status == http.StatusNotFound || api.Status == http.StatusGone)
}
