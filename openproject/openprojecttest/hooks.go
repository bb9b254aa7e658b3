package openprojecttest

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha1"
	"encoding/hex"
	"fmt"
	"net/http"
	"slices"
	"sync"
	"time"
)

// hooks are the webhooks that are registered, and what became of their requests.
// All of it is kept under the tracker's lock.
type hooks struct {
	to       []hook
	request  func(to hook, body []byte) (*http.Request, error)
	client   *http.Client
	stop     context.CancelFunc
	underWay int
	settled  *sync.Cond // tells that nothing is under way
	sent     []Delivery
}

type hook struct{ url, secret string }

// Delivery is a webhook's request that was answered, or was not.
type Delivery struct {
	Action string
	URL    string
	Body   []byte
	Status int   // of the answer; 0 without one
	Err    error // why there is no answer
}

// hookTimeout is how long an answer is waited for.
const hookTimeout = 60 * time.Second

// Webhook registers an address, as an administrator does. From now on it is sent
// what happens to work packages, comments and attachments, signed with secret
// unless that is empty: each at once, on its own, in no order, and once, whatever
// is answered. Nothing is said of deletions and of comments that are edited. Close
// ends it.
func (t *Tracker) Webhook(url, secret string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.hooks.client == nil {
		t.hooks.client = &http.Client{Transport: &http.Transport{MaxConnsPerHost: 16, MaxIdleConnsPerHost: 16}, Timeout: hookTimeout}
		ctx, stop := context.WithCancel(context.Background())
		t.hooks.stop = stop
		t.hooks.request = func(to hook, body []byte) (*http.Request, error) { return hookRequest(ctx, to, body) }
	}
	t.hooks.to = append(t.hooks.to, hook{url: url, secret: secret})
}

func hookRequest(ctx context.Context, to hook, body []byte) (*http.Request, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, to.url, bytes.NewReader(body))
	if err != nil {
		return nil, fmt.Errorf("fake webhook: %w", err)
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Accept", "application/json")
	if to.secret != "" {
		r.Header.Set("X-OP-Signature", Sign(body, to.secret))
	}
	return r, nil
}

// Sign is the signature header's value for a body.
func Sign(body []byte, secret string) string {
	mac := hmac.New(sha1.New, []byte(secret))
	mac.Write(body)
	return "sha1=" + hex.EncodeToString(mac.Sum(nil))
}

// WaitForHooks waits until every request to a webhook is answered or given up.
func (t *Tracker) WaitForHooks() {
	t.mu.Lock()
	defer t.mu.Unlock()
	for t.hooks.underWay > 0 {
		t.hooks.settled.Wait()
	}
}

// Deliveries returns the requests to webhooks so far, in the order they ended, or
// the later half when there were very many.
func (t *Tracker) Deliveries() []Delivery {
	t.mu.Lock()
	defer t.mu.Unlock()
	return slices.Clone(t.hooks.sent)
}

// closeHooks unregisters everything and waits for what is under way, which it
// ends.
func (t *Tracker) closeHooks() {
	t.mu.Lock()
	client, stop := t.hooks.client, t.hooks.stop
	t.hooks.to = nil
	t.mu.Unlock()
	if client == nil {
		return
	}
	stop()
	t.WaitForHooks()
	client.CloseIdleConnections()
}

// send delivers a body to every webhook, each on a goroutine of its own that Close
// waits for. The tracker is locked.
func (t *Tracker) send(action string, body []byte) {
	for _, to := range t.hooks.to {
		t.hooks.underWay++
		go func() {
			d := t.deliver(to, action, body)
			t.mu.Lock()
			defer t.mu.Unlock()
			if len(t.hooks.sent) == maxRequests {
				t.hooks.sent = slices.Delete(t.hooks.sent, 0, maxRequests/2)
			}
			t.hooks.sent = append(t.hooks.sent, d)
			t.hooks.underWay--
			t.hooks.settled.Broadcast()
		}()
	}
}

func (t *Tracker) deliver(to hook, action string, body []byte) Delivery {
	d := Delivery{Action: action, URL: to.url, Body: body}
	r, err := t.hooks.request(to, body)
	if err != nil {
		d.Err = err
		return d
	}
	resp, err := t.hooks.client.Do(r)
	if err != nil {
		d.Err = err
		return d
	}
	d.Status = resp.StatusCode
	d.Err = resp.Body.Close()
	return d
}
