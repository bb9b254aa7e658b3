package linkhealth

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"ingest/enrich/fetch"
)

// Archive asks for archived copies of pages, by an availability API like the
// Wayback Machine's (https://archive.org/help/wayback_api.php).
type Archive struct {
	Web Web
	// Template is the address to ask, {url} standing for the link.
	Template string
}

// Copy is an archived copy of a page. The zero value is none.
type Copy struct {
	URL string    `json:"url"`
	At  time.Time `json:"at"` // when it was taken
}

// answer is what an availability API says. Its parts are pointers: what is not
// there must not pass for "no copy".
type answer struct {
	Snapshots *struct {
		Closest *struct {
			Available bool            `json:"available"`
			URL       string          `json:"url"`
			Timestamp string          `json:"timestamp"`
			Status    json.RawMessage `json:"status"` // "200" in quotes, by others without
		} `json:"closest"`
	} `json:"archived_snapshots"`
}

// maxAnswer caps an answer, in bytes. Real ones have a few hundred.
const maxAnswer = 64 << 10

// LookUp returns the archived copy closest to now, none when the API says that
// there is none. An answer that cannot be understood is an error.
func (a Archive) LookUp(ctx context.Context, link string) (Copy, error) {
	address := strings.ReplaceAll(a.Template, "{url}", url.QueryEscape(link))
	response, err := a.Web.Get(ctx, fetch.Request{URL: address, Accept: "application/json", MaxBytes: maxAnswer})
	if err != nil {
		return Copy{}, fmt.Errorf("ask the archive: %w", err)
	}
	body, err := response.Bytes()
	if err != nil {
		return Copy{}, fmt.Errorf("ask the archive: %w", err)
	}
	found, err := readAnswer(body)
	if err != nil {
		return Copy{}, fmt.Errorf("ask the archive: %s: %w", response.URL, err)
	}
	return found, nil
}

func readAnswer(body []byte) (Copy, error) {
	var a answer
	if err := json.Unmarshal(body, &a); err != nil {
		return Copy{}, fmt.Errorf("the answer is not that of an availability API: %w", err)
	}
	if a.Snapshots == nil {
		return Copy{}, errors.New("the answer is not that of an availability API: it has no archived_snapshots")
	}
	c := a.Snapshots.Closest
	if c == nil || !c.Available || !strings.HasPrefix(strings.Trim(string(c.Status), `"`), "2") {
		return Copy{}, nil // no copy, or one of an error
	}
	at, err := time.Parse("20060102150405", c.Timestamp)
	if err != nil {
		return Copy{}, fmt.Errorf("the copy's time: %w", err)
	}
	u, err := url.Parse(c.URL)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return Copy{}, fmt.Errorf("the copy's address %q is none", c.URL)
	}
	return Copy{URL: c.URL, At: at}, nil
}
