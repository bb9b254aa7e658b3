package wall

import (
	"bytes"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// maxSnippet is how much of one inline script is kept, in bytes.
const maxSnippet = 4 << 10

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
		case "type":
			s.password = s.password || bytes.EqualFold(value, []byte("password"))
		}
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
	}
}
