package pagetest

import (
	"context"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// Look says as what a tab is seen. The zero value is a light window of 1280 by 900.
type Look struct {
	Phone    bool // 390 by 844
	Dark     bool
	NoScript bool
	Timezone string // IANA; "" is the machine's
	Still    bool   // prefers-reduced-motion
}

// patience is how long one action of a tab may take on a busy machine. Where all is
// well nothing waits for it; it only keeps a broken page from holding the tests up.
const patience = 2 * time.Minute

// Tab is a tab of a browser. What goes wrong in its methods ends the test.
type Tab struct {
	t    testing.TB
	ctx  context.Context //nolint:containedctx // chromedp keeps the tab in it
	mu   sync.Mutex
	host string
	bad  []string
}

// Tab opens a tab that the test ends with.
func (b *Browser) Tab(t testing.TB, look Look) *Tab {
	t.Helper()
	ctx, cancel := chromedp.NewContext(b.ctx)
	t.Cleanup(cancel)
	tab := &Tab{t: t, ctx: ctx}
	if err := chromedp.Listen(ctx, tab.hear); err != nil {
		t.Fatalf("open a tab: %v", err)
	}
	width, height, scheme, motion := int64(1280), int64(900), "light", "no-preference"
	if look.Phone {
		width, height = 390, 844
	}
	if look.Dark {
		scheme = "dark"
	}
	if look.Still {
		motion = "reduce"
	}
	tab.Do(chromedp.EmulateViewport(width, height),
		order(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{
			{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: motion}}}),
		order(emulation.SetTimezoneOverride, emulation.SetTimezoneOverrideParams{TimezoneID: look.Timezone}),
		order(emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: look.NoScript}))
	return tab
}

// order is an action of one command of the protocol.
func order[P, R any](command cdp.Command[P, R], params P) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		_, err := cdp.Call(ctx, target, command, params)
		return err
	})
}

// hear notes what a page should not do.
func (tab *Tab) hear(event any) {
	switch e := event.(type) {
	case *runtime.EventExceptionThrown:
		tab.note("exception: " + e.ExceptionDetails.Text)
	case *runtime.EventConsoleAPICalled:
		if e.Type == "error" || e.Type == "warning" {
			tab.note("console " + string(e.Type))
		}
	case *log.EventEntryAdded:
		if e.Entry.Level == "error" || e.Entry.Level == "warning" {
			tab.note("log: " + e.Entry.Text + " " + e.Entry.URL)
		}
	case *network.EventRequestWillBeSent:
		tab.asked(e.Request.URL)
	}
}

func (tab *Tab) note(text string) {
	tab.mu.Lock()
	defer tab.mu.Unlock()
	tab.bad = append(tab.bad, text)
}

func (tab *Tab) asked(address string) {
	u, err := url.Parse(address)
	if err == nil && (u.Scheme == "data" || u.Scheme == "blob") {
		return
	}
	tab.mu.Lock()
	defer tab.mu.Unlock()
	if err != nil || u.Host != tab.host {
		tab.bad = append(tab.bad, "request to "+address)
	}
}

// Open opens an address. Requests to other hosts than its own are faults from now on.
func (tab *Tab) Open(address string) {
	tab.t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		tab.t.Fatalf("open %s: %v", address, err)
	}
	tab.mu.Lock()
	tab.host = u.Host
	tab.mu.Unlock()
	tab.Do(chromedp.Navigate(address))
}

// Do does actions.
func (tab *Tab) Do(actions ...chromedp.Action[chromedp.Void]) {
	tab.t.Helper()
	Get(tab, chromedp.Steps(actions...))
}

// Get does an action and returns its value.
func Get[T any](tab *Tab, action chromedp.Action[T]) T {
	tab.t.Helper()
	ctx, cancel := context.WithTimeout(tab.ctx, patience)
	defer cancel()
	value, err := chromedp.Run(ctx, action)
	if err != nil {
		text, _ := tab.try(`location.href+"\n"+document.body.innerText.slice(0,1500)`) // "" says that it cannot be told
		tab.t.Fatalf("in the browser: %v\nat %s", err, text)
	}
	return value
}

// Wait waits until an expression of JavaScript is true. It asks from outside, so
// that it works on pages that load anew and where scripts are off.
func (tab *Tab) Wait(expression string) {
	tab.t.Helper()
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	deadline := time.Now().Add(patience)
	for {
		text, err := tab.try("Boolean(" + expression + ")") // fails while another page loads
		if err == nil && text == "true" {
			return
		}
		if time.Now().After(deadline) {
			text, _ = tab.try(`location.href+"\n"+document.body.innerText.slice(0,1500)`)
			tab.t.Fatalf("waited in vain for %s\nat %s", expression, text)
		}
		<-tick.C
	}
}

// Text evaluates an expression of JavaScript as a text.
func (tab *Tab) Text(expression string) string {
	tab.t.Helper()
	return Get(tab, chromedp.Evaluate[string]("String("+expression+")"))
}

func (tab *Tab) try(expression string) (string, error) {
	ctx, cancel := context.WithTimeout(tab.ctx, patience)
	defer cancel()
	return chromedp.Run(ctx, chromedp.Evaluate[string]("String("+expression+")"))
}

// Press presses keys (kb of chromedp) one after the other.
func (tab *Tab) Press(keys ...string) {
	tab.t.Helper()
	for _, key := range keys {
		tab.Do(chromedp.KeyEvent(key))
	}
}

// Screenshot writes the whole page as a PNG, its folder too.
func (tab *Tab) Screenshot(file string) {
	tab.t.Helper()
	picture := Get(tab, chromedp.FullScreenshot(100))
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		tab.t.Fatal(err)
	}
	if err := os.WriteFile(file, picture, 0o644); err != nil {
		tab.t.Fatal(err)
	}
}

// Clean fails the test if a page wrote an error to the console, was held back by its
// policy, or asked another host. What is expected may be named by a part of it.
func (tab *Tab) Clean(expected ...string) {
	tab.t.Helper()
	tab.mu.Lock()
	defer tab.mu.Unlock()
	for _, text := range tab.bad {
		if !slices.ContainsFunc(expected, func(part string) bool { return strings.Contains(text, part) }) {
			tab.t.Errorf("the browser reports %s", text)
		}
	}
}
