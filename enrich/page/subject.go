package page

import "strings"

// subjectRank orders the types by how surely such a node is what the page is about. A higher number wins.
var subjectRank = map[string]int{ //nolint:gochecknoglobals // read-only table
	"NewsArticle": 9, "BlogPosting": 9, "Article": 9, "ReportageNewsArticle": 9, "OpinionNewsArticle": 9, "AnalysisNewsArticle": 9,
	"BackgroundNewsArticle": 9, "ReviewNewsArticle": 9, "AskPublicNewsArticle": 9, "AdvertiserContentArticle": 9, "SatiricalArticle": 9,
	"TechArticle": 9, "APIReference": 9, "ScholarlyArticle": 9, "MedicalScholarlyArticle": 9, "LiveBlogPosting": 9, "SocialMediaPosting": 8, "Report": 8,
	"Recipe": 8, "HowTo": 8, "DiscussionForumPosting": 8, "QAPage": 5, "Question": 7, "Review": 6, "CriticReview": 8, "EmployerReview": 6,
	"VideoObject": 5, "PodcastEpisode": 7, "AudioObject": 4, "RadioEpisode": 7, "TVEpisode": 7, "Book": 6, "Movie": 6, "Course": 6, "Dataset": 6, "JobPosting": 7,
	"SoftwareApplication": 5, "SoftwareSourceCode": 6, "MobileApplication": 5, "Event": 6, "Product": 6, "ProductGroup": 6, "Service": 4, "FAQPage": 4, "Blog": 2, "CreativeWork": 7,
	"MedicalWebPage": 6, "WebPage": 3, "ItemPage": 3, "AboutPage": 3, "ContactPage": 3, "CollectionPage": 3, "ProfilePage": 3, "CheckoutPage": 3, "Thing": 1,
	"hentry": 8, "h-entry": 8,
}

// articleRank is the rank from which a node is a text with an author and a date of its own.
const articleRank = 7

// subjects returns the nodes the page may be about, the surest first. Among equals one whose address or headline is
// the page's own goes first; parts of other nodes (the teasers of a list) come last.
func (s *signals) subjects() []entity {
	if s.ranked != nil {
		return s.ranked
	}
	type scored struct {
		e     entity
		score int
	}
	var all []scored
	for _, e := range s.graph.entities {
		rank := e.is(subjectRank)
		if rank == 0 || len(e.node) < 2 {
			continue
		}
		score := rank * 4
		if s.isThisPage(e.node) {
			score += 3
		}
		if !e.top {
			score -= 40
		}
		if e.source == "microdata" {
			score--
		}
		all = append(all, scored{e, score})
	}
	s.ranked = make([]entity, 0, len(all))
	for len(s.ranked) < 12 { // a stable selection of the best few; a forum page has hundreds
		best := -1
		for i := range all {
			if all[i].score > -1000 && (best < 0 || all[i].score > all[best].score) {
				best = i
			}
		}
		if best < 0 {
			break
		}
		s.ranked = append(s.ranked, all[best].e)
		all[best].score = -1000
	}
	return s.ranked
}

// isThisPage tells whether a node names the page's own address or title.
func (s *signals) isThisPage(n node) bool {
	if name := n.first("headline", "name"); name != "" && s.title != "" {
		if strings.HasPrefix(letters(s.title), cutText(letters(name), 60)) {
			return true
		}
	}
	if s.served == nil {
		return false
	}
	for _, key := range []string{"url", "@id", "mainEntityOfPage"} {
		for _, t := range append(texts(n[key]), idOf(n[key])) {
			if u := parseAgainst(s.base, t); u != nil && len(u.Path) > 1 && strings.TrimRight(u.Path, "/") == strings.TrimRight(s.served.Path, "/") {
				return true
			}
		}
	}
	return false
}

func idOf(v any) string {
	if m, ok := v.(map[string]any); ok {
		id, _ := m["@id"].(string)
		return id
	}
	return ""
}
