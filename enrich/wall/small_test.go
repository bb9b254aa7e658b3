package wall_test

import (
	"testing"

	"ingest/enrich/wall"
)

func TestDetour(t *testing.T) {
	const page = "https://news.example/ferry"
	for reached, want := range map[string]bool{
		page:                                     false,
		"https://news.example/other":             false,
		"https://consent.news.example/x":         true,
		"https://news.example/login?next=/ferry": true,
		"https://x.okta.com/authorize":           true,
		"https://id.news.example/":               false, // a hint alone
		"https://news.example/sorry/index?q=x":   true,
		"http://[":                               false,
		"":                                       false,
	} {
		if got := wall.Detour(page, reached); got != want {
			t.Errorf("%q: %v, want %v", reached, got, want)
		}
	}
	if wall.Detour("https://news.example/login/help", "https://news.example/login/help/2") {
		t.Error("an address like the link's own is a detour")
	}
}

// Less is known where less was told: no field is needed.
func TestFieldsMayBeEmpty(t *testing.T) {
	if found, ok := wall.Recognize(wall.Answer{}); ok {
		t.Errorf("nothing is a %s", found.Kind)
	}
	if found, ok := wall.Recognize(wall.Answer{HTML: []byte("<p>This domain is for sale.</p>")}); !ok || found.Kind != wall.Parked {
		t.Errorf("a page alone: %+v, %v", found, ok)
	}
	for _, asked := range []string{"", "http://[", "/relative"} {
		if found, ok := wall.Recognize(wall.Answer{Asked: asked, URL: "https://news.example/login"}); ok {
			t.Errorf("asked for %q: a %s, want none, as nobody knows that it is a detour", asked, found.Kind)
		}
	}
}

func TestReasonNamesTheStrongestRow(t *testing.T) {
	for html, want := range map[string]string{
		"<title>Site</title><h1>Page not found</h1>":         `heading "page not found"`,
		"<title>Page not found</title>":                      `title "page not found"`,
		"<p>turn on javascript</p><div id=px-captcha></div>": `its code has "px-captcha"`,
		"<p>Press &amp; hold to confirm you are a human":     `it says "press & hold to confirm you are a human"`,
	} {
		if found, _ := wall.Recognize(wall.Answer{HTML: []byte(html)}); found.Reason != want {
			t.Errorf("%s: %q, want %q", html, found.Reason, want)
		}
	}
}

func TestRowsThatCannotBeRead(t *testing.T) {
	for _, line := range []string{"bot | title | 6", "cat | title | 6 | x", "bot | title | much | x", "bot | title | 6 |", "bot | title | 6 | Upper"} {
		if wall.ParseRow(line) == nil {
			t.Errorf("%q is read", line)
		}
	}
}
