package archetype

// Site is `site`: the constants of the site that the documents are for. Each
// is a setting, none is code.
type Site struct {
	// BasePath is the path under which documents are published, with a slash
	// at both ends.
	BasePath string `expr:"basePath"`
	// Section is the name of that part of the site, as breadcrumbs show it.
	Section string `expr:"section"`
	// HomeLabel and HomeLink are the first breadcrumb.
	HomeLabel string `expr:"homeLabel"`
	HomeLink  string `expr:"homeLink"`
	// TopicPath stands before a topic's slug in the address of its page.
	TopicPath string `expr:"topicPath"`
	// Masthead is the heading the theme shows above the document.
	Masthead string `expr:"masthead"`
	// ContentCategory, Archetype, Identifier, SearchCategory, Sub and Layout
	// are names the theme looks for.
	ContentCategory string `expr:"contentCategory"`
	Archetype       string `expr:"archetype"`
	Identifier      string `expr:"identifier"`
	SearchCategory  string `expr:"searchCategory"`
	Sub             string `expr:"sub"`
	Layout          string `expr:"layout"`
	// Source names the origin of the documents.
	Source string `expr:"source"`
	// Tags are written into every document.
	Tags []string `expr:"tags"`
	// AssetsPath is the path under which the site serves the assets folder,
	// with a slash at both ends; "" where documents name assets by their file
	// name alone.
	AssetsPath string `expr:"assetsPath"`
	// Params are constants of the site's own, for its own archetype:
	// site.params.region. A missing one is null.
	Params map[string]any `expr:"params"`
}

// DefaultSite returns the settings that curated-content was made with.
func DefaultSite() Site {
	return Site{
		BasePath:        "/news/",
		Section:         "News",
		HomeLabel:       "Home",
		HomeLink:        "/",
		TopicPath:       "topic/",
		Masthead:        "NEWS",
		ContentCategory: "netspective-medigy-news-curated-content",
		Archetype:       "curated-content",
		Identifier:      "News",
		SearchCategory:  "News",
		Sub:             "brief",
		Layout:          "single",
		Source:          "open-project-curations",
		Tags:            []string{"News"},
	}
}
