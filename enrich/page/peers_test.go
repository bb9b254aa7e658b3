package page_test

import "testing"

// TestPeersTakeTheDayOfAChange: where a page says both when it was published and
// when it was changed, the change is taken for the article's date.
func TestPeersTakeTheDayOfAChange(t *testing.T) {
	for name, markup := range map[string]string{
		"meta tags":            `<meta property="article:modified_time" content="2026-05-06"><meta property="article:published_time" content="2024-01-02">`,
		"one is of Open Graph": `<meta property="og:updated_time" content="2026-05-06"><meta name="date" content="2024-01-02">`,
		"JSON-LD":              `<script type="application/ld+json">{"@type":"NewsArticle","headline":"T","dateModified":"2026-05-06","datePublished":"2024-01-02"}</script>`,
		"time elements":        `<article><h1>T</h1><time itemprop="dateModified" datetime="2026-05-06">new</time><time itemprop="datePublished" datetime="2024-01-02">old</time></article>`,
	} {
		p := parse(t, `<!DOCTYPE html><title>T</title>`+markup, "https://tides.example/a")
		if got := p.Published.String(); got != "2024-01-02" {
			t.Errorf("%s: published %q, want 2024-01-02", name, got)
		}
	}
}
