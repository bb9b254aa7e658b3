package archetype_test

import (
	"flag"
	"strings"
	"testing"
	"time"

	"ingest/output/archetype"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestCuratedContent holds curated-content to golden front matter for work
// packages that differ from the seed in one thing each.
func TestCuratedContent(t *testing.T) {
	cases := map[string]func(*archetype.Env){
		"no-link": func(e *archetype.Env) {
			e.Link = nil
			e.WP.Fields, e.WP.CustomFields = nil, nil
		},
		"no-topics":         func(e *archetype.Env) { e.Topics, e.Offerings = nil, nil },
		"no-author-no-body": func(e *archetype.Env) { e.WP.Author, e.Body = "", "" },
		"chinese-title":     func(e *archetype.Env) { e.Title = "远程医疗：为什么它是未来？" },
		"symbols-only":      func(e *archetype.Env) { e.Title = "???" },
		"address-for-host": func(e *archetype.Env) {
			e.Link = &archetype.Link{Href: "http://192.0.2.7/a", Original: "http://192.0.2.7/a", Brand: "192.0.2.7"}
		},
		"traps-in-text": func(e *archetype.Env) {
			e.Title = "= 'yes': #1 \U0001F600 {{ x }}\ttab"
			e.Body = strings.Repeat("é", 198) + "\r\n" + "rest"
		},
		"pdf-and-icon": func(e *archetype.Env) {
			e.PDF = &archetype.Asset{
				Name: seedName + "-featuredPdf.pdf", Format: "PDF", Valid: true, Source: "attachment",
				Attachment: &archetype.Attachment{ID: 10400, FileName: "White paper.pdf", Link: "/api/v3/attachments/10400/content"},
			}
			e.Icon = &archetype.Asset{Href: "https://www.mindbowser.com/favicon.png", Format: "PNG", Width: 32, Height: 32, Valid: true, Source: "page"}
		},
		"page-image": func(e *archetype.Env) {
			e.Image = &archetype.Asset{
				Name: seedName + "-featuredImage.webp", Href: "https://www.mindbowser.com/og.webp",
				Format: "WEBP", Source: "page",
			}
		},
		"every-field": func(e *archetype.Env) {
			e.WP.Fields = map[string]any{
				"status": "Ready", "institution": "Netspective", "offering": []string{"CTI Telemedicine Systems"},
				"via": "HIMSS", "via_link": "https://himss.example/x", "insights_name": "Insight",
				"insights_description": "Two\nlines",
			}
			e.WP.CustomFields["reviewed"] = true
			e.WP.CustomFields["score"] = 4.5
			e.WP.CustomFields["pages"] = 12
		},
		"page-metadata": func(e *archetype.Env) {
			published := time.Date(2020, 12, 1, 8, 0, 0, 0, time.UTC)
			e.Page = archetype.Page{Title: seedTitle, Published: &published, Meta: map[string]any{
				"author": "Mindbowser", "description": "", "viewport": "width=device-width, initial-scale=1",
				"article:modified_time": "2020-12-20T06:15:10+00:00", "msvalidate.01": "0123", "og:title": "All: about",
				"og:image:height": "447", "fb:app_id": "1234567890", "twitter:card": "summary_large_image", "unlisted": "x",
			}}
		},
		"another-site": func(e *archetype.Env) {
			e.Site = archetype.Site{BasePath: "/blog/", Section: "Blog", HomeLabel: "Start", HomeLink: "/de/", TopicPath: "thema/"}
		},
	}
	a := curated(t)
	for name, change := range cases {
		t.Run(name, func(t *testing.T) {
			e := seedEnv(t)
			change(&e)
			golden(t, name+".golden.yaml", written(t, a, e))
		})
	}
}
