package main

import (
	"bytes"
	"context"
	"image"
	"image/draw"
	"image/png"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"ingest/cmd/ingest/internal/access"
	"ingest/cmd/ingest/internal/config"
	"ingest/cmd/ingest/internal/daemon"
	"ingest/cmd/ingest/internal/demo"
	"ingest/cmd/ingest/internal/page/pagetest"
	"ingest/openproject/openprojecttest"
	"ingest/pipeline"
)

// screenshotsTo names the folder that TestBrowserOfTheService writes its pictures
// to; see the Makefile.
const screenshotsTo = "INGEST_SCREENSHOTS"

const password = "correct horse battery"

// TestBrowserOfTheService uses the whole service as an editor does: signs in, sees
// what needs attention, finds 3960, refreshes it and reads what that changed.
func TestBrowserOfTheService(t *testing.T) {
	browser := pagetest.Start(t)
	newsroom := openNewsroom(t)
	t.Run("with a script", func(t *testing.T) { newsroom.scripted(t, browser) })
	t.Run("without a script", func(t *testing.T) { newsroom.plain(t, browser) })
	t.Run("keyboard only", func(t *testing.T) { newsroom.keyboard(t, browser) })
	t.Run("pictures", func(t *testing.T) { newsroom.pictures(t, browser) })
}

// newsroom is the demo's world with a service that an editor may sign in to.
type newsroom struct {
	world   *demo.World
	address string
}

func openNewsroom(t *testing.T) *newsroom {
	t.Helper()
	surroundings := startDemo(t)
	hash, err := access.HashPassword(password)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "config.yaml")
	settings := string(surroundings.Config()) + "schedule: [{cron: \"0 2 * * *\", timezone: UTC}]\n" +
		"server:\n  listen: 127.0.0.1:0\n  users: [{name: ana, password_hash: '" + hash + "'}]\n"
	if err := os.WriteFile(path, []byte(settings), 0o600); err != nil {
		t.Fatal(err)
	}
	w := world{stdin: strings.NewReader(""), stdout: io.Discard, stderr: io.Discard, lookupEnv: os.LookupEnv, resolver: demo.Offline()}
	c, err := config.Load(path, os.LookupEnv)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := ingest(t.Context(), w, c, pipeline.Selection{}, &runFlags{config: path, quiet: true}); err != nil {
		t.Fatal(err)
	}
	return &newsroom{surroundings, serveFor(t, w, c, &runFlags{config: path, quiet: true})}
}

// serveFor serves until the test ends, and returns the address.
func serveFor(t *testing.T, w world, c *config.Config, f *runFlags) string {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	s, err := newService(ctx, w, c, f)
	if err != nil {
		cancel()
		t.Fatal(err)
	}
	at, ended := make(chan net.Addr, 1), make(chan error, 1)
	go func() { ended <- s.run(ctx, func(a net.Addr) { at <- a }) }()
	t.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
		if err := s.close(); err != nil {
			t.Error(err)
		}
	})
	address := "http://" + (<-at).String()
	for range s.daemon.Events().After(ctx, 0) { // the start's run must not see what a test changes
		if runs := s.daemon.Runs(); len(runs) > 0 && runs[0].State == daemon.Done {
			break
		}
	}
	return address
}

// retitle is an editor's change in the tracker.
func (n *newsroom) retitle(t *testing.T, title string) {
	t.Helper()
	if !n.world.Tracker.Update(3960, func(w *openprojecttest.WorkPackage) { w.Subject = title }) {
		t.Fatal("no work package 3960")
	}
}

// signIn types name and password, as after a link that led to the login. Who is
// signed in still, from another tab, signs out first.
func (n *newsroom) signIn(t *testing.T, tab *pagetest.Tab) {
	t.Helper()
	tab.Open(n.address + "/")
	if tab.Text(`location.pathname`) != "/login" {
		signOut(tab)
	}
	tab.Wait(atLogin)
	tab.Do(chromedp.Focus(chromedp.CSS("#name")))
	tab.Press("ana", kb.Tab, password, kb.Enter)
	tab.Wait(`location.pathname === "/" && document.readyState === "complete"`)
}

const atLogin = `location.pathname === "/login" && document.readyState === "complete"`

func signOut(tab *pagetest.Tab) {
	tab.Do(chromedp.Click(chromedp.CSS("form[action='/logout'] button")))
	tab.Wait(atLogin)
}

const shown = `document.querySelector("[data-part=refresh]").innerText`

func (n *newsroom) scripted(t *testing.T, b *pagetest.Browser) {
	n.retitle(t, "Retitled with a script")
	tab := b.Tab(t, pagetest.Look{})
	n.signIn(t, tab)
	if text := tab.Text(`document.querySelector("main").innerText`); !strings.Contains(text, "A link that is dead") {
		t.Errorf("what needs attention is not on the first page: %s", text)
	}
	tab.Do(chromedp.Focus(chromedp.CSS("main form input[name=q]")))
	tab.Press("3960", kb.Enter)
	tab.Wait(`location.pathname === "/entries/3960" && document.readyState === "complete"`)
	tab.Do(chromedp.Click(chromedp.CSS("section.refresh button")))
	tab.Wait(shown + `.includes("Updated")`)
	tab.Wait(`[...document.querySelectorAll("pre.diff .add")].some(line => line.textContent.includes("title: Retitled with a script"))`)
	if head := tab.Text(`document.querySelector("pre.diff").innerText`); !strings.HasPrefix(head, "--- a/content/news/") {
		t.Errorf("the difference begins with %.80q, want the path in the site", head)
	}
	tab.Accessible()
	tab.Clean("status of 401") // before signing in
}

func (n *newsroom) plain(t *testing.T, b *pagetest.Browser) {
	n.retitle(t, "Retitled without a script")
	tab := b.Tab(t, pagetest.Look{NoScript: true})
	n.signIn(t, tab)
	tab.Open(n.address + "/find?q=3960")
	tab.Do(chromedp.Click(chromedp.CSS("section.refresh button")))
	tab.Wait(`document.readyState === "complete" && [...document.querySelectorAll("pre.diff .add")].some(line => line.textContent.includes("title: Retitled without a script"))`)
	tab.Accessible()
	tab.Clean("status of 401")
}

func (n *newsroom) keyboard(t *testing.T, b *pagetest.Browser) {
	n.retitle(t, "Retitled by keyboard")
	tab := b.Tab(t, pagetest.Look{Still: true})
	n.signIn(t, tab)
	tabTo(t, tab, `document.activeElement.name === "q"`)
	tab.Press("3960", kb.Enter)
	tab.Wait(`location.pathname === "/entries/3960" && document.readyState === "complete"`)
	tabTo(t, tab, `document.activeElement.textContent.trim() === "Refresh this entry"`)
	tab.Press(kb.Enter)
	tab.Wait(`[...document.querySelectorAll("pre.diff .add")].some(line => line.textContent.includes("title: Retitled by keyboard"))`)
}

// tabTo presses Tab until the focus is where it is wanted.
func tabTo(t *testing.T, tab *pagetest.Tab, there string) {
	t.Helper()
	for range 60 {
		if tab.Press(kb.Tab); tab.Text(there) == "true" {
			return
		}
	}
	t.Fatalf("60 times Tab do not lead to %s", there)
}

// pictures looks at every page in every look, and keeps what it saw where
// screenshotsTo says.
func (n *newsroom) pictures(t *testing.T, b *pagetest.Browser) {
	folder := os.Getenv(screenshotsTo)
	for look, as := range map[string]pagetest.Look{"light": {Timezone: "UTC"}, "dark": {Dark: true, Timezone: "UTC"}, "phone": {Phone: true, Timezone: "UTC"}} {
		tab := b.Tab(t, as)
		n.signIn(t, tab)
		for name, path := range map[string]string{"overview": "/", "entries": "/entries", "entry": "/entries/3960", "runs": "/runs"} {
			tab.Open(n.address + path)
			tab.Accessible()
			picture(t, tab, folder, name+"-"+look)
		}
		tab.Open(n.address + "/runs")
		tab.Open(n.address + tab.Text(`document.querySelector("main a[href^='/runs/']").getAttribute("href")`))
		tab.Accessible()
		picture(t, tab, folder, "run-"+look)
		signOut(tab)
		tab.Accessible()
		picture(t, tab, folder, "login-"+look)
		tab.Clean("status of 401")
	}
}

// pictureHeight is how much of a long page is kept for the documentation.
const pictureHeight = 1500

func picture(t *testing.T, tab *pagetest.Tab, folder, name string) {
	t.Helper()
	if folder == "" {
		return
	}
	file := filepath.Join(folder, name+".png")
	tab.Screenshot(file)
	if err := crop(file); err != nil {
		t.Error(err)
	}
}

// crop keeps the upper part of a picture.
func crop(file string) error {
	whole, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	seen, err := png.Decode(bytes.NewReader(whole))
	if err != nil {
		return err
	}
	upper := seen.Bounds().Intersect(image.Rect(0, 0, seen.Bounds().Dx(), pictureHeight))
	kept := image.NewRGBA(upper)
	draw.Draw(kept, upper, seen, image.Point{}, draw.Src)
	var small bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&small, kept); err != nil {
		return err
	}
	return os.WriteFile(file, small.Bytes(), 0o644)
}
