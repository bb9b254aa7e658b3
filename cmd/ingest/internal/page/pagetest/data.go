package pagetest

import (
	"fmt"
	"time"

	"ingest/cmd/ingest/internal/daemon"
	"ingest/cmd/ingest/internal/desk"
	"ingest/enrich/linkhealth"
	"ingest/enrich/urlclean"
	"ingest/output/frontmatter"
	"ingest/pipeline"
	"ingest/pipeline/explain"
)

// Noon is when the made-up world is.
func Noon() time.Time { return time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC) }

// Rich is a desk with entries of every state, duplicates, dead links and runs.
func Rich() *Desk {
	d := &Desk{Past: pastRuns(), Next: []daemon.Upcoming{{Schedule: daemon.Schedule{Cron: "0 2 * * *", Timezone: "America/New_York", Kind: daemon.Incremental}, At: Noon().Add(19 * time.Hour)},
		{Schedule: daemon.Schedule{Cron: "30 3 * * 0", Timezone: "America/New_York", Kind: daemon.Links}, At: Noon().Add(6 * 24 * time.Hour)}}}
	d.Images = map[string][]byte{"featured.png": Picture(90, 47)}
	d.All = append(d.All, Telemedicine())
	for i, s := range []desk.Summary{
		{Title: "Redirects that run in a circle", State: desk.Failed, Attention: "The link leads in a circle: after 10 redirects there was still no page. Put the address of the article itself into the work package.", Outcome: pipeline.Failed, URL: "https://short.example/s/loop"},
		{Title: "Why hospitals are moving their imaging archives into the cloud", State: desk.Attention, Attention: "No featured image: the page names none, and none is attached.", Outcome: pipeline.Updated, URL: "https://imaging.example/cloud-archives"},
		{Title: "A link that is gone for good", State: desk.Attention, Attention: "The link is dead: 410 Gone since 9 days.", Outcome: pipeline.Unchanged, URL: "https://gone.example/articles/42", Link: "dead"},
		{Title: "Interoperability: what FHIR R5 changes for small practices", State: desk.Published, Outcome: pipeline.Created, URL: "https://fhir.example/r5-for-small-practices", Link: "ok"},
		{Title: "FHIR R5, and what it means", State: desk.Attention, Attention: "Shares its link with work package 4004, which is older.", Outcome: pipeline.Created, URL: "https://fhir.example/r5-for-small-practices"},
		{Title: "Remote patient monitoring: a field guide", State: desk.Published, Outcome: pipeline.Unchanged, URL: "https://monitoring.example/guide", Link: "moved"},
		{Title: "Rejected: a product announcement", State: desk.Skipped, Attention: "Its status is Rejected.", Outcome: pipeline.Skipped, URL: "https://vendor.example/news"},
		{Title: "Withdrawn article", State: desk.Gone, Outcome: pipeline.Removed, URL: "https://withdrawn.example/a"},
	} {
		s.ID, s.CheckedAt, s.UpdatedAt = int64(4001+i), Noon().Add(-10*time.Hour), Noon().Add(-time.Duration(20+i)*time.Hour)
		d.All = append(d.All, &desk.Entry{Summary: s, SourceURL: s.URL, WorkPackageURL: fmt.Sprintf("https://tracker.example/work_packages/%d", s.ID)})
	}
	d.All[4].Duplicates, d.All[5].Duplicates = []int64{4005}, []int64{4004}
	d.All[1].Failures, d.All[1].NextTry = 3, new(Noon().Add(12*time.Hour))
	for i := range 14 {
		d.All = append(d.All, &desk.Entry{Summary: desk.Summary{ID: int64(4100 + i), Title: fmt.Sprintf("Practice management, part %d of 14", i+1), State: desk.Published, Outcome: pipeline.Unchanged,
			URL: fmt.Sprintf("https://practice.example/part-%d", i+1), CheckedAt: Noon().Add(-10 * time.Hour), Link: "ok"}})
	}
	return d
}

// Telemedicine is an entry of which everything is known.
func Telemedicine() *desk.Entry {
	const source = "https://www.mindbowser.example/all-about-telemedicine/?utm_campaign=influencer_quote&utm_source=linkedin"
	const clean = "https://www.mindbowser.example/all-about-telemedicine/"
	return &desk.Entry{
		Summary: desk.Summary{ID: 3960, Title: "All About The Telemedicine Solutions Why It Is The Future?", State: desk.Attention,
			Attention: "The text holds mojibake.", Outcome: pipeline.Unchanged, URL: clean, Path: "content/news/19985fd1-4f97-5c7c-b4b9-176a3b1ab4f4.md",
			UpdatedAt: Noon().Add(-30 * time.Hour), CheckedAt: Noon().Add(-10 * time.Hour), Link: "moved"},
		WorkPackageURL: "https://tracker.example/work_packages/3960", SiteURL: "https://site.example/news/all-about-telemedicine",
		SourceURL: source, Canonical: clean, Image: "featured.png",
		FrontMatter: "title: All About The Telemedicine Solutions Why It Is The Future?\n",
		Body: "**As we know,** [**telemedicine**](https://www.mindbowser.example/app) refers to the use of modern communication tools for the delivery of remote healthcare services. " +
			"The tools used today are smaller, advanced, and far more effective than those that were used when telemedicine first originated.\n\n" +
			"In this article, we are going to comprehend the **benefits and challenges of telemedicine**. Letâ€™s surf.\n\n" +
			"## What Are The Benefits Of Telemedicine?\n\n- Care without a journey\n- Monitoring between visits\n- Fewer infections in the waiting room\n\n> That being said, telemedicine has its own challenges.\n\n" +
			"| Kind | Share |\n|---|---|\n| Video | 62 % |\n| Telephone | 38 % |\n\n![A doctor at a screen](/images/doctor.png)\n",
		Warnings: []pipeline.Warning{{Step: "body", Text: "The text holds “â€™”, which is an apostrophe in the wrong charset.", Hint: "mend it in the description of the work package, or set body.repair_mojibake."},
			{Step: "follow", Text: "The page answers with a sign-in form, so that it was not read; the last good values stay.", Hint: "open the link in a browser; if it needs an account, choose another source."}},
		Health: &desk.Health{State: "moved", Reason: "It answers, from a new address, for good (301).", Since: Noon().AddDate(0, 0, -12), Checked: Noon().Add(-9 * time.Hour),
			Moved: "https://mindbowser.example/telemedicine", Archived: "https://archive.example/web/2025/" + clean},
		Outcomes: []desk.PastOutcome{{Run: "20261122T020000.000-1", At: Noon().Add(-10 * time.Hour), Outcome: pipeline.Unchanged, Text: "The text holds mojibake."},
			{Run: "20261121T020000.000-1", At: Noon().Add(-34 * time.Hour), Outcome: pipeline.Failed, Text: "the source host did not answer within 30 s"}, {At: Noon().AddDate(0, 0, -30), Outcome: pipeline.Created}},
		Explanation: account(source, clean),
	}
}

func account(source, clean string) *explain.Explanation {
	text := func(key, expression, value string, from explain.Source) explain.Key {
		return explain.Key{Key: key, Expression: expression, Value: explain.Value{V: value}, State: explain.Ours, From: []explain.Source{from}}
	}
	x := &explain.Explanation{ID: 3960, Link: &explain.Link{Original: source, Clean: clean, Href: clean, Canonical: "https://mindbowser.example/telemedicine",
		Removed: []urlclean.Removal{{Name: "utm_campaign", Value: "influencer_quote", Rule: "utm_*", Why: "campaign tracking of Google Analytics"}, {Name: "utm_source", Value: "linkedin", Rule: "utm_*", Why: "campaign tracking of Google Analytics"}},
		Hops:    []explain.Hop{{Number: 1, URL: clean, Clean: clean, Reason: "given", Status: 301}, {Number: 2, URL: "https://mindbowser.example/telemedicine?ref=old", Clean: clean, Reason: "301", Status: 200, Removed: []urlclean.Removal{{Name: "ref", Value: "old", Rule: "ref", Why: "names the page that led here"}}}}}}
	x.Keys = []explain.Key{
		text("aliases", "site.basePath + slug(title)", "/news/all-about-the-telemedicine-solutions-why-it-is-the-future", explain.Source{Kind: explain.WorkPackage, Text: "subject of the work package"}),
		text("author", "[wp.author]", "Radhika Narayanan", explain.Source{Kind: explain.WorkPackage, Text: "author of the work package"}),
		{Key: "title", Value: explain.Value{V: "Telemedicine, explained"}, State: explain.Hand, From: []explain.Source{{Kind: explain.ByHand, Text: "edit of the file"}, {Kind: explain.WorkPackage, Text: "subject of the work package"}},
			Edits: []explain.Edit{{Key: "title", Value: explain.Value{V: "Telemedicine, explained"}, Offered: explain.Value{V: "All About The Telemedicine Solutions Why It Is The Future?"}}}},
		text("date", `date(wp.createdAt, "2006-01-02")`, "2020-12-15", explain.Source{Kind: explain.WorkPackage, Text: "creation of the work package"}),
		{Key: "htmlMetaData.ogtitle", Value: explain.Value{V: "All about telemedicine"}, State: explain.Kept, Why: "the page answers with a sign-in form", Since: Noon().AddDate(0, 0, -21),
			From: []explain.Source{{Kind: explain.Page, Text: "og:title at hop 2", Value: explain.Value{V: "All about telemedicine"}, Lost: []explain.Candidate{{Source: "twitter:title", Value: "Telemedicine in 5 minutes"}, {Source: "heading", Value: "Sign in to read on", Reason: "the page is a sign-in form"}}}}},
		text("htmlMetaData.description", `page.meta["description"]`, "What telemedicine is, what it can do, and what it cannot.", explain.Source{Kind: explain.Page, Text: "meta description at hop 2", Value: explain.Value{V: "What telemedicine is, what it can do, and what it cannot."}}),
		text("featuredImage.href", "image.name", "19985fd1-4f97-5c7c-b4b9-176a3b1ab4f4-featuredImage.png", explain.Source{Kind: explain.Attachment, ID: 10312, Text: `attachment 10312 "Curated_Featured_Image.png"`}),
		{Key: "featuredImage.size", Value: explain.Value{V: frontmatter.List{int64(470), int64(900)}}, State: explain.Ours, From: []explain.Source{{Kind: explain.Attachment, Text: "size of attachment 10312", Fact: true}}},
		{Key: "slug", Value: explain.Value{V: "mindbowser-all-about"}, State: explain.Locked, Offered: &explain.Value{V: "mindbowser-telemedicine"}, From: []explain.Source{{Kind: explain.LinkURL, Text: "host of the end of the source URL's hops, hop 2"}}},
		text("link.original", "link.original", source, explain.Source{Kind: explain.Field, Text: `custom field "Source URL"`}),
		{Key: "weight", Value: explain.Value{V: int64(9)}, State: explain.Foreign, From: []explain.Source{{Kind: explain.FileAlone, Text: "the file alone"}}},
	}
	for _, name := range []string{"author", "generator", "robots", "keywords", "ogimage", "oglocale"} {
		x.Keys = append(x.Keys, explain.Key{Key: "htmlMetaData." + name, State: explain.Ours, From: []explain.Source{{Kind: explain.Page, Text: "meta " + name, Empty: true}}})
	}
	return x
}

func pastRuns() []desk.Run {
	at := func(hours int) *time.Time { return new(Noon().Add(time.Duration(hours) * time.Hour)) }
	warning := pipeline.Warning{Step: "body", Text: "The text holds mojibake.", Hint: "mend it in the description of the work package, or set body.repair_mojibake."}
	report := &pipeline.Report{Started: *at(-10), Duration: pipeline.Duration(74 * time.Second), Counts: map[pipeline.Outcome]int{pipeline.Created: 2, pipeline.Updated: 1, pipeline.Unchanged: 2, pipeline.Skipped: 1, pipeline.Failed: 1, pipeline.Removed: 0},
		Warnings: []pipeline.Warning{{Text: "2 offerings have no permalink and cannot be related.", Hint: "give them one in the tracker."}},
		Items: []pipeline.ItemReport{
			{ID: 4001, Subject: "Redirects that run in a circle", Outcome: pipeline.Failed, Error: "follow https://short.example/s/loop: still redirected after 10 hops", Hint: "put the address of the article itself into the work package"},
			{ID: 4004, Subject: "Interoperability: what FHIR R5 changes for small practices", Outcome: pipeline.Created, Files: []pipeline.File{{Path: "content/news/7c0f.md", Change: pipeline.Created}, {Path: "static/images/7c0f-featuredImage.jpeg", Change: pipeline.Created}}, Warnings: []pipeline.Warning{warning}},
			{ID: 4005, Subject: "FHIR R5, and what it means", Outcome: pipeline.Created, Files: []pipeline.File{{Path: "content/news/8d1e.md", Change: pipeline.Created}}, Warnings: []pipeline.Warning{warning}},
			{ID: 4002, Subject: "Why hospitals are moving their imaging archives into the cloud", Outcome: pipeline.Updated, Files: []pipeline.File{{Path: "content/news/91aa.md", Change: pipeline.Updated}}},
			{ID: 4007, Subject: "Rejected: a product announcement", Outcome: pipeline.Skipped, Warnings: []pipeline.Warning{{Text: "Its status is Rejected."}}},
			{ID: 3960, Subject: "All About The Telemedicine Solutions", Outcome: pipeline.Unchanged, Warnings: []pipeline.Warning{warning}},
			{ID: 4006, Subject: "Remote patient monitoring: a field guide", Outcome: pipeline.Unchanged}}}
	links := &pipeline.Report{Started: *at(-9), Counts: map[pipeline.Outcome]int{}, Links: &pipeline.LinkReport{Checked: 22, Left: 3,
		States: map[linkhealth.State]int{linkhealth.OK: 19, linkhealth.Dead: 1, linkhealth.Moved: 1, linkhealth.Suspect: 1, linkhealth.Undecided: 0},
		Items: []pipeline.LinkItem{{ID: 4003, Subject: "A link that is gone for good", URL: "https://gone.example/articles/42", Verdict: linkhealth.Verdict{State: linkhealth.Dead, Reason: "410 Gone, 4 times over 9 days"},
			Archived: &linkhealth.Copy{URL: "https://archive.example/web/2025/https://gone.example/articles/42"}}}}}
	return []desk.Run{
		{ID: "20261122T113000.000-9", Kind: daemon.Full, State: daemon.Running, Trigger: "page", By: "ana", DryRun: true, Started: at(0), Finished: 120},
		{ID: "20261122T030000.000-8", Kind: daemon.Links, State: daemon.Done, Trigger: "schedule", Started: at(-9), Ended: at(-8), Report: links},
		{ID: "20261122T020000.000-1", Kind: daemon.Incremental, State: daemon.Done, Trigger: "schedule", By: "0 2 * * * America/New_York (incremental)", Started: at(-10), Ended: at(-9), Finished: 7, Counts: report.Counts, Report: report},
		{ID: "20261121T230000.000-7", Kind: daemon.Incremental, State: daemon.Skipped, Trigger: "schedule", Ended: at(-13), Error: "run 20261121T220000.000-6 was still active", Hint: "it looks at the same work packages; if this happens often, schedule runs further apart"},
		{ID: "20261121T020000.000-1", Kind: daemon.Incremental, State: daemon.Stopped, Trigger: "start", Started: at(-34), Ended: at(-33), Finished: 3, Error: "the tracker refused the token (401)", Hint: "make a new API token in the tracker and set tracker.token", Counts: map[pipeline.Outcome]int{pipeline.Unchanged: 3}},
	}
}

// Difference is a unified difference such as a refresh makes.
const Difference = `--- a/content/news/19985fd1-4f97-5c7c-b4b9-176a3b1ab4f4.md
+++ b/content/news/19985fd1-4f97-5c7c-b4b9-176a3b1ab4f4.md
@@ -61,6 +61,6 @@
 link:
   brand: mindbowser.example
-  href: https://www.mindbowser.example/all-about-telemedicine/
+  href: https://mindbowser.example/telemedicine
   original: https://www.mindbowser.example/all-about-telemedicine/?utm_source=linkedin
+status: Published
 mastHead: NEWS
--- the old signature line
`
