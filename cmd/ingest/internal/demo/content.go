package demo

import "strings"

// Topics of the demo's tracker, as options of its custom field.
const (
	telemedicine = "Healthcare IT News: Telemedicine"
	monitoring   = "Healthcare IT News: Remote Patient Monitoring"
	exchange     = "Healthcare IT News: Interoperability"
	security     = "Healthcare IT News: Security"
	operations   = "Practice Management: Operations"
)

// entry is one Curated Content work package.
type entry struct {
	ID      int64
	Subject string
	Source  string // a path on the source site, or a whole URL
	Topics  []string
	Status  string // "" is New
	Body    string
	Via     string
	Files   []file
	Created string
}

// file is an attachment.
type file struct {
	ID      int64
	Name    string
	Type    string
	Content []byte
}

// seedBody is the description of work package 3960: an editor's text that
// holds, as real trackers do, the traces of a wrong charset.
const seedBody = "**As we know,** [**telemedicine**](https://www.mindbowser.com/telemedicine-app-development/) **refers to the use of modern communication tools for the delivery of remote healthcare services**. The communication tools used today in telemedicine are smaller, advanced, and far more effective than the tools that were used when telemedicine first originated.\n\n" +
	"Initially, telemedicine was meant to provide medical services to the people living in remote areas. But today, for people who are living in developed and developing regions, telemedicine has become a necessity. In this article, we are going to comprehend the **benefits and challenges of telemedicine**. Letâ€™s surf.\n\n" +
	"## What Are The Benefits Of Telemedicine?\n\n" +
	"That being said, **telemedicine has its own challenges that you need to consider when building a Telemedicine strategy**. All patients are not equally versed in handling digital healthcare solutions. Old people may not be aware of the new-age tech devices and some patients or some situations may best be examined physically."

const seedSource = "https://www.mindbowser.com/all-about-the-telemedicine-solutions-why-it-is-the-future/?utm_campaign=influencer_quote&utm_source=linkedin"

// entries are the work packages of the demo. 3960 is the one that the
// document format was taken from; its source lies outside the demo's world and
// is never asked for.
func entries() []entry {
	list := []entry{{ID: 3960, Subject: "All About The Telemedicine Solutions Why It Is The Future?", Source: seedSource, Topics: []string{telemedicine},
		Status: "Published", Body: seedBody, Via: " ", Created: "2020-12-15T06:41:17.902Z",
		Files: []file{{10312, "Curated_Featured_Image.jpg", "image/jpeg", jpegOf(1765, 447, 20)}}}}
	list = append(list, articleEntries()...)
	return append(list, oddEntries()...)
}

// articleEntries has one work package for each article, with the trackers that
// links collect on their way.
func articleEntries() []entry {
	trackers := []string{"?utm_source=newsletter&utm_medium=email", "?fbclid=IwAR2x9demo", "", "?utm_campaign=spring&page=2", "?gclid=demo123", "?mc_cid=ab12&mc_eid=cd34"}
	topics := [][]string{{telemedicine, monitoring}, {operations}, {telemedicine}, {exchange}, {security, exchange}, {monitoring}}
	statuses := []string{"New", "In review", "Published", "Published"}
	var list []entry
	for i, a := range articles() {
		list = append(list, entry{ID: int64(4001 + i), Subject: a.Title, Source: "/articles/" + a.Slug + trackers[i%len(trackers)],
			Topics: topics[i%len(topics)], Status: statuses[i%len(statuses)], Body: "> " + a.Description + "\n\nRead on at the source.\n",
			Created: "2026-03-20T09:15:00.120Z"})
	}
	list[0].Via, list[4].Via = "The Morning Digest", "A reader"
	return list
}

// oddEntries are the cases that editors meet: moved and dead links, PDFs,
// fields left empty, attachments that are not what they say.
func oddEntries() []entry {
	const created = "2026-03-21T14:00:00.500Z"
	odd := []entry{
		{Subject: "A short link that moved twice", Source: "/s/a1", Topics: []string{monitoring}, Body: "The short link ends at an article."},
		{Subject: "A page that only refreshes", Source: "/s/b2", Topics: []string{security}, Body: "A meta refresh leads on."},
		{Subject: "A link that is dead", Source: "/missing/page?utm_source=x", Topics: []string{telemedicine}, Body: "The editor's words stand without the page."},
		{Subject: "A link that is gone for good", Source: "/gone", Topics: []string{operations}, Body: "Answered with 410."},
		{Subject: "Redirects that run in a circle", Source: "/s/loop", Topics: []string{operations}, Body: "Never ends by itself."},
		{Subject: "A redirect into a private network", Source: "/private", Topics: []string{security}, Body: "The guard refuses the last hop."},
		{Subject: "Remote care in numbers", Source: "/papers/remote-care.pdf", Topics: []string{monitoring, telemedicine}, Body: "A PDF as a source."},
		{Subject: "A report with its own PDF", Source: "/articles/claims-in-one-day?ref=demo", Topics: []string{operations}, Body: "The attachment goes before the page.",
			Files: []file{{10401, "Report 2026.pdf", "application/pdf", pdfOf("Report 2026")}}},
		{Subject: "A poster as a source", Source: "/posters/handwashing.jpg", Topics: []string{operations}, Body: "An image as a source."},
		{Subject: "No source at all", Source: "", Topics: []string{telemedicine}, Body: "An editor's note that stands alone."},
		{Subject: "A source that is no web address", Source: "javascript:alert(1)", Topics: []string{security}, Body: "Published without a link."},
		{Subject: "No topics yet", Source: "/articles/shift-handover", Body: "Nothing to relate."},
		{Subject: "An old page in ISO 8859-1", Source: "/old/deja-vu.html", Topics: []string{exchange}, Body: "Accents survive: déjà vu."},
		{Subject: "A page that says nothing of itself", Source: "/old/bare.html", Topics: []string{exchange}, Body: ""},
		{Subject: "A picture that is broken", Source: "/old/broken-picture.html", Topics: []string{operations}, Body: "The page's image is HTML in truth."},
		{Subject: "!!! ???", Source: "/articles/voice-notes?utm_term=symbols", Topics: []string{operations}, Body: "A title of symbols only."},
		{Subject: "Front matter's favourite traps: yes, no, 1.10, 2026-01-01 # \"quoted\"", Source: "/articles/patient-portals", Topics: []string{operations},
			Body: "---\ntitle: not front matter\n---\n\nA body may hold such lines.\r\nAnd even a CRLF.\n"},
		{Subject: "An attachment that lies", Source: "/articles/offline-first-charts", Topics: []string{monitoring}, Body: "Its JPEG is text.",
			Files: []file{{10402, "featured image.jpg", "image/jpeg", []byte("this is no picture")}, {10403, "../../chart.png", "image/png", pngOf(640, 360, 25)}}},
		{Subject: "The same link once more", Source: "/articles/audit-trails?utm_source=twice", Topics: []string{security}, Body: "A duplicate is reported with both ids."},
	}
	for i := range odd {
		odd[i].ID, odd[i].Created = int64(4101+i), created
	}
	return odd
}

// offering is one Offering work package.
type offering struct {
	ID     int64
	Label  string
	Topics []string
}

// offerings are the five of the document that the format was taken from, and
// some for the other topics.
func offerings() []offering {
	return []offering{
		{15559, "EMed HealthTech Telemedicine App", []string{telemedicine}},
		{15565, "Curable Telemedicine", []string{telemedicine}},
		{16438, "MegaMeeting Healthcare Medical Video Conferencing", []string{telemedicine}},
		{16920, "CTI Telemedicine Systems", []string{telemedicine}},
		{17545, "Kwido Salud Telemedicine", []string{monitoring, telemedicine}},
		{15001, "Harbor Exchange Gateway", []string{exchange}},
		{15002, "Lattice Audit", []string{security, exchange}},
		{15003, "Quiet Desk Scheduling", []string{operations}},
	}
}

// permalink is the address of an offering on the site.
func (o offering) permalink() string {
	return "/offering/" + strings.ToLower(strings.ReplaceAll(o.Label, " ", "-"))
}
