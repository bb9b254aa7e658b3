package wall

import (
	"bytes"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// maxSnippet is how much of one inline script is kept, in bytes.
const maxSnippet = 4 << 10

// maxSelfSend is the longest script, in bytes, that does nothing but send a form.
const maxSelfSend = 300

// attributes gives the present tag's attributes.
func (s *scanner) attributes(more bool) map[string]string {
	all := map[string]string{}
	for more {
		var key, value []byte
		key, value, more = s.z.TagAttr()
		if len(value) > 0 {
			all[string(key)] = string(value)
		}
	}
	return all
}

// tag notes by what names an element goes and where it leads, and whether it
// asks for a password.
func (s *scanner) tag(more bool) {
	for more {
		var key, value []byte
		key, value, more = s.z.TagAttr()
		switch string(key) {
		case "id", "class", "name", "src", "action":
			s.mark(value)
			if string(key) == "class" {
				s.sign(value)
			}
		case "onload":
			s.sends(value)
		}
	}
}

// byline notes author and day where text elements are marked up as such.
func (s *scanner) byline(name string, more bool) {
	if name == "p" {
		s.own = 0
	}
	if attributes := s.attributes(more); s.covered == 0 {
		for _, key := range []string{"class", "rel", "itemprop"} {
			s.sign([]byte(attributes[key]))
		}
	}
}

// input notes what a field is for: hidden ones tell what a form hands over.
func (s *scanner) input(attributes map[string]string) {
	for _, key := range []string{"id", "class", "name", "src"} {
		s.mark([]byte(attributes[key]))
	}
	switch strings.ToLower(attributes["type"]) {
	case "hidden":
		s.mark([]byte("hidden:" + attributes["name"] + ";"))
	case "password":
		s.password = true
	case "", "text", "email", "tel", "url", "number":
		s.fields++
	}
}

// sends notes code that sends a form without being asked.
func (s *scanner) sends(code []byte) {
	if bytes.Contains(code, []byte("submit(")) {
		s.mark([]byte("submits:itself;"))
	}
}

func (s *scanner) mark(value []byte) {
	const longest = 300
	if len(value) > 0 && len(s.marks) < maxMarks {
		s.marks = append(append(s.marks, bytes.ToLower(value[:min(len(value), longest)])...), '\n')
	}
}

// script notes where a script comes from, or how it begins; data for search
// engines tell what is on the page.
func (s *scanner) script(attributes map[string]string) {
	s.mark([]byte(attributes["src"]))
	s.mark([]byte(attributes["id"]))
	kind := strings.ToLower(attributes["type"])
	if s.z.Next() != html.TextToken {
		return // an empty script: this was its end
	}
	code := s.z.Raw()
	switch {
	case kind == "application/ld+json":
		s.article = s.article || presentsContent(code)
	case len(s.code) < maxCode:
		if len(code) < maxSelfSend {
			s.sends(code)
		}
		s.code = append(append(s.code, bytes.ToLower(code[:min(len(code), maxSnippet)])...), '\n')
	}
}

// presentsContent knows data (schema.org) about a thing that a page is about,
// as opposed to the site it belongs to.
func presentsContent(data []byte) bool {
	for rest := data; ; {
		i := bytes.Index(rest, []byte(`"@type"`))
		if i < 0 {
			return false
		}
		rest = rest[i+len(`"@type"`):]
		value := bytes.TrimLeft(rest, " \t\r\n:[\"")
		end := bytes.IndexAny(value, "\"', \n")
		if end > 0 && slices.Contains(contentTypes(), string(value[:end])) {
			return true
		}
	}
}

func contentTypes() []string {
	return []string{"Article", "NewsArticle", "BlogPosting", "TechArticle", "ScholarlyArticle", "Report", "ReportageNewsArticle",
		"AnalysisNewsArticle", "OpinionNewsArticle", "LiveBlogPosting", "SocialMediaPosting", "DiscussionForumPosting", "MedicalWebPage",
		"Recipe", "Product", "Book", "Movie", "TVSeries", "TVEpisode", "VideoObject", "MusicRecording", "MusicAlbum", "PodcastEpisode",
		"Event", "Course", "Dataset", "SoftwareApplication", "SoftwareSourceCode", "JobPosting", "Person", "QAPage", "FAQPage", "HowTo"}
}

// meta reads what the page says of itself for sharing and citing.
func (s *scanner) meta(attributes map[string]string) {
	name := strings.ToLower(attributes["property"])
	if name == "" {
		name = strings.ToLower(attributes["name"])
	}
	switch value := strings.ToLower(attributes["content"]); {
	case value == "":
	case name == "og:title":
		s.described = true
	case name == "og:type":
		s.named = s.named || value != "website" && value != "object"
	case strings.HasPrefix(name, "article:published"), name == "citation_title", name == "dc.date", name == "parsely-pub-date":
		s.article = true
	case name == "author", name == "article:author", name == "byl":
		s.author = true
	case name == "date", name == "article:modified_time", name == "pubdate", name == "datepublished":
		s.dated = true
	}
}
