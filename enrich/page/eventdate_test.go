package page_test

import (
	"strings"
	"testing"
)

// TestDayOfEvent has pages that announce something: its day is not that of the publication.
func TestDayOfEvent(t *testing.T) {
	t.Parallel()
	event := `<script type="application/ld+json">{"@type":"KIND","name":"Mud walk","startDate":"2031-10-14T18:00","endDate":"2031-10-16"}</script>`
	cases := map[string]struct{ head, body, want string }{
		"an invitation":                {``, `<p>Join us on 14 October 2031</p>`, ""},
		"... then the publication":     {``, `<p>Join us on 14 October 2031</p><p>4 March 2031</p>`, "2031-03-04"},
		"in elements side by side":     {``, `<p>Join us on <b>14 October 2031</b></p>`, ""},
		"a time element":               {``, `<p>Join us on <time datetime="2031-10-14">14 October</time></p>`, ""},
		"a date in a class":            {``, `<div class="date">Webinar: 14 October 2031</div>`, ""},
		"a label":                      {``, `<dl><dt>When:</dt><dd>14 October 2031</dd></dl>`, ""},
		"words behind it":              {``, `<p>14. Oktober 2031: Die Tagung findet statt</p>`, ""},
		"German":                       {``, `<p>Die Tagung findet am 14. Oktober 2031 statt</p>`, ""},
		"days of one month":            {``, `<p>1 - 3 September 2025</p>`, ""},
		"... the month in front":       {``, `<p>September 1–3, 2025</p>`, ""},
		"days of two months":           {``, `<p>28 August – 3 September 2025</p>`, ""},
		"two whole dates":              {``, `<p>28 August 2025 – 3 September 2025</p>`, ""},
		"French days":                  {``, `<p>Du 1er au 3 septembre 2025</p>`, ""},
		"German days":                  {``, `<p>Bremen, vom 1. bis 3. September 2025</p>`, ""},
		"a clock time before the date": {``, `<p>12:30 - 23 September 2025</p>`, "2025-09-23"},
		"a count before the date":      {``, `<p>2 comments - 3 September 2025</p>`, "2025-09-03"},
		"an event in structured data":  {strings.Replace(event, "KIND", "Event", 1), `<time datetime="2031-10-14">14 October 2031</time><p>16 October 2031</p>`, ""},
		"... of a more special type":   {strings.Replace(event, "KIND", "MusicEvent", 1), `<p>14 October 2031</p><p>4 March 2031</p>`, "2031-03-04"},
		"an article on the day of one": {strings.Replace(event, "KIND", "Event", 1) + `<script type="application/ld+json">{"@type":"NewsArticle","headline":"Low water","datePublished":"2031-10-14"}</script>`, ``, "2031-10-14"},
		"a headline that invites":      {``, `<h1>Join us for low water</h1><p>4 March 2021</p>`, "2021-03-04"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			inside := c.body
			if !strings.Contains(inside, "<h1>") {
				inside = "<h1>Low water</h1>" + inside
			}
			p := parse(t, article(c.head, inside+"<p>And so on.</p>"), "https://x.example/a")
			if got := p.Published.String(); got != c.want {
				t.Errorf("published: got %q, want %q\nsources: %v", got, c.want, p.Sources["published"])
			}
		})
	}
}

// TestEventPhrasesOfEachLanguage reads a day behind each phrase.
func TestEventPhrasesOfEachLanguage(t *testing.T) {
	t.Parallel()
	langs, phrases := wordLines(t, "words/events.txt")
	for _, lang := range langs {
		for _, phrase := range phrases[lang] {
			if p := parse(t, headlined("<p>"+phrase+" 9.3.2031</p>"), "https://x.example/a"); !p.Published.IsZero() {
				t.Errorf("%s, %q: got %s, want no date", lang, phrase, p.Published)
			}
		}
	}
}
