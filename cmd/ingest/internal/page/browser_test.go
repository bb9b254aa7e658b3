package page_test

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"ingest/cmd/ingest/internal/page/pagetest"
	"ingest/pipeline"
)

// TestBrowser looks at the pages as editors do. One browser serves all parts.
func TestBrowser(t *testing.T) {
	b := pagetest.Start(t)
	t.Run("every page in every look", func(t *testing.T) { looks(t, b) })
	t.Run("refresh with a script", func(t *testing.T) { refreshLive(t, b) })
	t.Run("refresh meets an earlier outcome", func(t *testing.T) { refreshMeetsEarlierOutcome(t, b) })
	t.Run("refresh without events", func(t *testing.T) { refreshByAsking(t, b) })
	t.Run("refresh without a script", func(t *testing.T) { refreshPlain(t, b) })
	t.Run("refresh that is refused", func(t *testing.T) { refreshRefused(t, b) })
	t.Run("keyboard only", func(t *testing.T) { keyboard(t, b) })
	t.Run("run at work", func(t *testing.T) { runAtWork(t, b) })
	t.Run("times in the reader's zone", func(t *testing.T) { zones(t, b) })
	t.Run("strangers' texts", func(t *testing.T) { strangers(t, b) })
}

func looks(t *testing.T, b *pagetest.Browser) {
	d := pagetest.Rich()
	d.Finish(3960, pipeline.Updated, pagetest.Difference)
	address, empty := serve(t, d, ana), serve(t, &pagetest.Desk{}, reader)
	for name, look := range map[string]pagetest.Look{"light": {}, "dark": {Dark: true}, "phone": {Phone: true, Still: true}, "dark phone without a script": {Phone: true, Dark: true, NoScript: true}} {
		t.Run(name, func(t *testing.T) {
			tab := b.Tab(t, look)
			for _, path := range paths() {
				tab.Open(address + path)
				tab.Accessible()
			}
			for _, path := range []string{"/", "/entries", "/runs"} {
				tab.Open(empty + path)
				tab.Accessible()
			}
			tab.Clean("status of 401", "status of 404", "status of 400") // pages that say so
		})
	}
}

// clickRefresh presses the button of an entry's page.
func clickRefresh(tab *pagetest.Tab) { tab.Do(chromedp.Click(chromedp.CSS("section.refresh button"))) }

const liveText = `document.querySelector("[data-live]").textContent`

func refreshLive(t *testing.T, b *pagetest.Browser) {
	d := pagetest.Rich()
	tab := b.Tab(t, pagetest.Look{})
	tab.Open(serve(t, d, ana) + "/entries/3960")
	tab.Do(chromedp.Evaluate[chromedp.Void](`window.same = true`))
	clickRefresh(tab)
	tab.Wait(`document.querySelector("[data-part=refresh]").innerText.includes("Queued")`)
	<-d.Events.Listened()
	for step, word := range map[string]string{"follow": "Following the link…", "scrape": "Reading the source page…"} {
		d.Enter(3960, step)
		d.Enter(4001, "clean") // another's steps are not told
		tab.Wait(liveText + ` === "` + word + `"`)
	}
	tab.Accessible()
	d.Finish(3960, pipeline.Updated, pagetest.Difference)
	tab.Wait(liveText + ` === "Done: Updated"`)
	tab.Wait(`document.querySelector("pre.diff .add").textContent.includes("href: https://mindbowser.example/telemedicine")`)
	for what, expression := range map[string]string{
		"the page was not loaded anew": `window.same`,
		"the live region is polite":    `document.querySelector("[data-live]").getAttribute("aria-live") === "polite"`,
		"the steps stand there":        `document.querySelectorAll("[data-list] li.done").length === 2`,
		"the button works again":       `!document.querySelector("section.refresh button").ariaDisabled`,
		"the state is new":             `document.querySelector("[data-part=state]").innerText.includes("Published")`,
		"the history is new":           `document.querySelector("[data-part=history] tbody tr").innerText.includes("Updated")`,
		"focus stayed":                 `document.activeElement.textContent === "Refresh this entry"`,
	} {
		if tab.Text(expression) != "true" {
			t.Errorf("not so: %s", what)
		}
	}
	tab.Accessible()
	tab.Clean()
}

func refreshByAsking(t *testing.T, b *pagetest.Browser) {
	d := pagetest.Rich()
	tab := b.Tab(t, pagetest.Look{})
	tab.Open(serve(t, d, ana) + "/entries/4001")
	tab.Do(chromedp.Evaluate[chromedp.Void](`delete window.EventSource`))
	clickRefresh(tab)
	tab.Wait(liveText + ` === "Queued…"`)
	d.Finish(4001, pipeline.Unchanged, "")
	tab.Wait(liveText + ` === "Done: Unchanged"`)
	tab.Wait(`document.querySelector("[data-part=refresh]").innerText.includes("No text changed.")`)
	tab.Clean()
}

func refreshPlain(t *testing.T, b *pagetest.Browser) {
	d := pagetest.Rich()
	tab := b.Tab(t, pagetest.Look{NoScript: true})
	tab.Open(serve(t, d, ana) + "/entries/3960")
	clickRefresh(tab)
	tab.Wait(`document.body.innerText.includes("This page loads itself again until the outcome is there.")`)
	d.Enter(3960, "follow")
	tab.Wait(`document.body.innerText.includes("Running: the work package is being looked at.")`)
	d.Finish(3960, pipeline.Updated, pagetest.Difference)
	tab.Wait(`document.body.innerText.includes("What this refresh did") && document.querySelector("pre.diff .add")`)
	if got := d.Asked(); len(got) != 1 {
		t.Errorf("asked %q, want once", got)
	}
	tab.Accessible()
	tab.Clean()
}

func refreshRefused(t *testing.T, b *pagetest.Browser) {
	d := pagetest.Rich()
	tab := b.Tab(t, pagetest.Look{})
	tab.Open(serve(t, d, ana) + "/entries/3960")
	tab.Do(chromedp.Evaluate[chromedp.Void](`document.querySelector("form[data-refresh]").action = "/entries/0/refresh"`))
	clickRefresh(tab)
	tab.Wait(liveText + `.includes("This request cannot be understood")`)
	if tab.Text(`document.querySelector("section.refresh button").ariaDisabled`) != "null" {
		t.Error("the button stays disabled")
	}
	tab.Clean("status of 400")
}

// keyboard walks with Tab and Enter alone: to the search, to an entry, to its
// button.
func keyboard(t *testing.T, b *pagetest.Browser) {
	d := pagetest.Rich()
	tab := b.Tab(t, pagetest.Look{})
	address := serve(t, d, ana)
	tab.Open(address + "/entries")
	tab.Press(kb.Tab)
	if got := tab.Text(`document.activeElement.textContent`); got != "Skip to the content" {
		t.Errorf("the first stop is %q, want the way past the navigation", got)
	}
	visible(t, tab)
	tab.Press(kb.Enter)
	if got := tab.Text(`document.activeElement.id`); got != "main" {
		t.Errorf("the skip link leads to %q, want main", got)
	}
	tab.Open(address + "/runs")
	walkTo(t, tab, "find")
	tab.Press("3960", kb.Enter)
	tab.Wait(`location.pathname === "/entries/3960" && document.readyState === "complete"`)
	walkTo(t, tab, "Refresh this entry")
	tab.Press(kb.Enter)
	tab.Wait(`document.querySelector("[data-part=refresh]").innerText.includes("Queued")`)
	d.Finish(3960, pipeline.Updated, pagetest.Difference)
	tab.Wait(liveText + ` === "Done: Updated"`)
	walkTo(t, tab, "What changed in the document") // so that it can be scrolled
	tab.Clean()
}

// walkTo presses Tab until the focus is on what has an id, a label or a text.
func walkTo(t *testing.T, tab *pagetest.Tab, name string) {
	t.Helper()
	var stops []string
	for range 60 {
		tab.Press(kb.Tab)
		stop := tab.Text(`document.activeElement.id || document.activeElement.ariaLabel || document.activeElement.textContent.trim()`)
		if stops = append(stops, stop); stop == name {
			visible(t, tab)
			return
		}
	}
	t.Fatalf("Tab does not lead to %q but to %q", name, stops)
}

// visible checks that the focus can be seen.
func visible(t *testing.T, tab *pagetest.Tab) {
	t.Helper()
	if got := tab.Text(`((s) => s.outlineStyle + " " + parseFloat(s.outlineWidth))(getComputedStyle(document.activeElement))`); !strings.HasPrefix(got, "solid ") || strings.HasSuffix(got, " 0") {
		t.Errorf("the focus is outlined by %q, want a solid line", got)
	}
}

func runAtWork(t *testing.T, b *pagetest.Browser) {
	d := pagetest.Rich()
	tab := b.Tab(t, pagetest.Look{})
	tab.Open(serve(t, d, ana) + "/runs/20261122T113000.000-9")
	tab.Wait(`document.querySelector("main").innerText.includes("At work: 120 items so far.")`)
	d.EndRun("20261122T113000.000-9", map[pipeline.Outcome]int{pipeline.Created: 7})
	tab.Wait(`document.querySelector("main").innerText.includes("7\nCreated") && !document.querySelector("[data-waits]")`)
	tab.Wait(liveText + ` === "Done"`)
	tab.Clean()
}

func zones(t *testing.T, b *pagetest.Browser) {
	address := serve(t, pagetest.Rich(), ana)
	for zone, want := range map[string]string{"Asia/Kolkata": "2026-11-22 07:30", "America/New_York": "2026-11-21 21:00"} {
		tab := b.Tab(t, pagetest.Look{Timezone: zone})
		tab.Open(address + "/entries/4001")
		tab.Wait(`document.querySelector("time[title='2026-11-22 02:00 UTC']")?.textContent === "` + want + `"`)
	}
	tab := b.Tab(t, pagetest.Look{Timezone: "Asia/Kolkata", NoScript: true})
	tab.Open(address + "/entries/4001")
	tab.Wait(`document.querySelector("time").textContent === "2026-11-22 02:00 UTC" && document.querySelector("footer").innerText.includes("UTC")`)
}

func strangers(t *testing.T, b *pagetest.Browser) {
	texts := hostileTexts() // all of them are read without a browser in hostile_test.go
	for _, name := range []string{"element", "end of an attribute", "script in markdown", "end of title", "zero byte"} {
		text := texts[name]
		tab := b.Tab(t, pagetest.Look{Phone: true})
		address := serve(t, everywhere(text), ana)
		for _, path := range []string{"/", "/entries/1", "/runs/hostile"} {
			tab.Open(address + path)
			if got := tab.Text(`window.pwned || document.querySelectorAll("h1").length`); got != "1" {
				t.Errorf("%s at %s: %s", name, path, got)
			}
		}
		tab.Clean("/entries/1/image") // there is none
	}
}

// What an earlier run made of the entry, told while the reader asks, is not taken
// for the outcome of the refresh.
func refreshMeetsEarlierOutcome(t *testing.T, b *pagetest.Browser) {
	d := pagetest.Rich()
	asking, proceed := make(chan struct{}), make(chan struct{})
	d.BeforeRefresh = func() { close(asking); <-proceed }
	tab := b.Tab(t, pagetest.Look{})
	tab.Open(serve(t, d, ana) + "/entries/3960")
	clickRefresh(tab)
	<-asking
	<-d.Events.Listened()
	d.Finish(3960, pipeline.Unchanged, "")
	close(proceed)
	tab.Wait(`document.querySelector("[data-part=refresh]").innerText.includes("Queued")`)
	d.Finish(3960, pipeline.Updated, pagetest.Difference)
	tab.Wait(liveText + ` === "Done: Updated"`)
	tab.Clean()
}
