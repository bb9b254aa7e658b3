package archetype_test

import (
	"os"
	"strings"
	"testing"
	"time"

	"ingest/output/archetype"
)

const (
	seedName  = "19985fd1-4f97-5c7c-b4b9-176a3b1ab4f4"
	seedTitle = "All About The Telemedicine Solutions Why It Is The Future?"
	seedClean = "https://www.mindbowser.com/all-about-the-telemedicine-solutions-why-it-is-the-future/?"
	seedGiven = seedClean + "utm_campaign=influencer_quote&utm_source=linkedin"
	seedTopic = "Healthcare IT News: Telemedicine"
)

// seedParts returns the seed's front matter between its fences and its body.
func seedParts(t testing.TB) (frontMatter, body string) {
	t.Helper()
	src, err := os.ReadFile("../testdata/seed.md")
	if err != nil {
		t.Fatal(err)
	}
	frontMatter, body, ok := strings.Cut(strings.TrimPrefix(string(src), "---\n"), "---\n")
	if !ok {
		t.Fatal("the seed has no closing fence")
	}
	return frontMatter, body
}

// seedEnv is what the tracker, the web and the settings say of work package
// 3960, whose source page could not be reached.
func seedEnv(t testing.TB) archetype.Env {
	t.Helper()
	_, body := seedParts(t)
	return archetype.Env{
		WP: archetype.WorkPackage{
			ID: 3960, Type: "Curated Content", Status: "Published",
			Project: "netspective-medigy-news-curated-content", Author: "Radhika Narayanan",
			Subject: seedTitle, URL: "https://tracker.example/work_packages/3960",
			CreatedAt: time.Date(2020, 12, 15, 6, 41, 17, 902e6, time.UTC),
			UpdatedAt: time.Date(2020, 12, 22, 3, 12, 41, 254e6, time.UTC),
			Fields: map[string]any{
				"source_url": seedGiven, "clean_url": seedClean, "via": " ",
				"topics": []string{seedTopic}, "via_link": nil,
			},
			CustomFields: map[string]any{
				"sourceUrl": seedGiven, "medigyTopics": []string{seedTopic}, "cleanUrl": seedClean,
			},
		},
		Title: seedTitle, Body: body, Name: seedName,
		Topics: []string{seedTopic},
		Link: &archetype.Link{
			Href: seedClean, Original: seedGiven, Brand: "mindbowser.com", Domain: "mindbowser",
		},
		Image: &archetype.Asset{
			Name: seedName + "-featuredImage.jpeg", Href: "/api/v3/attachments/10312/content",
			Format: "JPEG", Width: 1765, Height: 447, Valid: true, Source: "attachment", WorkPackage: 3960,
			Attachment: &archetype.Attachment{
				ID: 10312, FileName: "Curated_Featured_Image.jpg", Link: "/api/v3/attachments/10312/content",
			},
		},
		Offerings: []archetype.Offering{
			{17545, "Kwido Salud Telemedicine", "/offering/kwido-salud-telemedicine",
				[]string{"Healthcare IT News: Remote Patient Monitoring", seedTopic}},
			{16920, "CTI Telemedicine Systems", "/offering/cti-telemedicine-systems", []string{seedTopic}},
			{16438, "MegaMeeting Healthcare Medical Video Conferencing",
				"/offering/megameeting-healthcare-medical-video-conferencing", []string{seedTopic}},
			{15565, "Curable Telemedicine", "/offering/curable-telemedicine", []string{seedTopic}},
			{15559, "EMed HealthTech Telemedicine App", "/offering/emed-healthtech-telemedicine-app", []string{seedTopic}},
		},
		Site: archetype.DefaultSite(),
	}
}
