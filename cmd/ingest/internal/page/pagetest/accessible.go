package pagetest

import (
	_ "embed"

	"github.com/chromedp/chromedp"
)

//go:embed accessible.js
var accessible string

// Accessible fails the test for what a person who cannot see well, or uses no mouse,
// would stumble over on the page as it is now: text with a contrast below that of
// WCAG 2.2 AA (1.4.3), controls and links without a name, pictures without an
// alternative, headings out of order, missing landmarks, ids that stand twice,
// targets below 24 by 24 pixels that stand alone (2.5.8), and a page wider than the
// window (1.4.10).
func (tab *Tab) Accessible() {
	tab.t.Helper()
	for _, fault := range Get(tab, chromedp.Evaluate[[]string](accessible)) {
		tab.t.Errorf("%s: %s", tab.Text("location.pathname"), fault)
	}
}
