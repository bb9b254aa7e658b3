// Package pagetest serves the tests of the editors' page and of the whole service:
// a desk that is filled with entries of every kind, and a browser that looks at pages
// as an editor does.
//
//	tab := pagetest.Start(t).Tab(t, pagetest.Look{Dark: true})
//	tab.Open(server.URL + "/entries/3960")
//	tab.Do(chromedp.Click("form[data-refresh] button"))
//	tab.Screenshot("entry-dark.png")
//	tab.Clean()      // no console error, no request to another host
//	tab.Accessible() // contrast, names, headings, landmarks
//
// Without a browser a test is skipped; with INGEST_REQUIRE_BROWSER=1 in the environment
// it fails.
package pagetest
