package notify

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"time"
)

const (
	webhookLimit = 10 * time.Second // of one try
	webhookPause = time.Second      // before the second
)

// webhook tells by Slack's incoming webhook, which others take as well.
type webhook struct {
	address  string // a secret: who has it may write there
	client   *http.Client
	mentions *regexp.Regexp
}

func newWebhook(o Options) (*webhook, error) {
	u, err := url.Parse(o.Webhook)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return nil, &advisedError{"notify.webhook: is not an http or https address", "copy the address from the settings of the chat's incoming webhook"}
	}
	client := *cmp.Or(o.Client, &http.Client{})
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse } // what it says is for that address
	return &webhook{address: o.Webhook, client: &client, mentions: regexp.MustCompile(`(?i)@(channel|here|everyone|all)\b`)}, nil
}

func (*webhook) name() string { return "webhook" }

// send tries twice.
func (w *webhook) send(ctx context.Context, d digest) error {
	body, err := json.Marshal(map[string]string{"text": w.escape(d.headline + "\n" + d.text)})
	if err != nil {
		return err
	}
	again, err := w.post(ctx, body)
	if !again {
		return err
	}
	select {
	case <-time.After(webhookPause):
	case <-ctx.Done():
		return err
	}
	_, err = w.post(ctx, body)
	return err
}

// post sends once. Errors say nothing of the address, which errors of net/http
// repeat and those of the network hint at.
func (w *webhook) post(ctx context.Context, body []byte) (again bool, err error) {
	ctx, cancel := context.WithTimeout(ctx, webhookLimit)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, w.address, bytes.NewReader(body))
	if err != nil {
		return false, errors.New("the address cannot be used")
	}
	r.Header.Set("Content-Type", "application/json")
	resp, err := w.client.Do(r)
	if err != nil {
		return true, unaddressed(err)
	}
	defer resp.Body.Close() //nolint:errcheck // nothing in it is of interest
	_, _ = io.CopyN(io.Discard, resp.Body, 1<<16)
	switch status := resp.StatusCode; {
	case status >= 200 && status <= 299:
		return false, nil
	case status == http.StatusTooManyRequests || status >= http.StatusInternalServerError:
		return true, fmt.Errorf("the webhook answered %d %s", status, http.StatusText(status))
	default:
		return false, &advisedError{fmt.Sprintf("the webhook answered %d %s", status, http.StatusText(status)),
			"it may have been taken away: make a new one in the chat, and set notify.webhook"}
	}
}

// unaddressed says what kind of error it was.
func unaddressed(err error) error {
	var timeout net.Error
	var dns *net.DNSError
	switch {
	case errors.As(err, &timeout) && timeout.Timeout():
		return errors.New("the webhook did not answer in time")
	case errors.As(err, &dns):
		return errors.New("the webhook's host name is not known")
	}
	return errors.New("the webhook cannot be reached")
}

// escape takes their power from characters that Slack reads as markup
// (https://docs.slack.dev/messaging/formatting-message-text#escaping), and from the
// mentions of everybody that others read in plain text: a character without width
// parts the sign from the word.
func (w *webhook) escape(text string) string {
	text = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(text)
	return w.mentions.ReplaceAllString(text, "@\u200b$1")
}
