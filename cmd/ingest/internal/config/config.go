package config

import "time"

// Config is the whole configuration. The yaml tags are the keys of the file;
// config.example.yaml shows each of them with its default.
type Config struct {
	Tracker   Tracker   `yaml:"tracker"`
	Links     Links     `yaml:"links"`
	Scrape    Scrape    `yaml:"scrape"`
	Offerings Offerings `yaml:"offerings"`
	Output    Output    `yaml:"output"`
	Site      Site      `yaml:"site"`
	Body      Body      `yaml:"body"`
	// LinkHealth is about the links of what is published (linkhealth.go).
	LinkHealth LinkHealth `yaml:"link_health"`
	Prune      Prune      `yaml:"prune"`
	// State is the file that remembers what was done; "" remembers nothing.
	State string `yaml:"state"`
	// Workers is how many work packages are worked on at once.
	Workers int `yaml:"workers"`

	// Schedule, Server, Feedback and Notify are the service's (server.go).
	Schedule []Schedule `yaml:"schedule"`
	Server   Server     `yaml:"server"`
	Feedback Feedback   `yaml:"feedback"`
	Notify   Notify     `yaml:"notify"`

	// Dir is the absolute folder of the configuration file; relative paths in
	// the file start here. It is not a key.
	Dir string `yaml:"-"`
}

// Tracker says which OpenProject to read, as whom, and which work packages.
type Tracker struct {
	URL        string   `yaml:"url"`          // address of OpenProject, path prefix included
	APIKey     Secret   `yaml:"api_key"`      // sent as Basic "apikey:<key>"
	APIKeyFile string   `yaml:"api_key_file"` // file that holds the key
	Token      Secret   `yaml:"token"`        // OAuth or JWT, sent as Bearer
	TokenFile  string   `yaml:"token_file"`   // file that holds the token
	Project    string   `yaml:"project"`      // id or identifier; "" is every visible project
	Types      []string `yaml:"types"`        // by name
	Statuses   []string `yaml:"statuses"`     // by name; none is any status, closed too
	// Fields maps our names to the labels of custom fields in the tracker.
	// source_url, clean_url and topics have a meaning of their own; every
	// other name is there for archetypes as wp.fields.<name>.
	Fields map[string]string `yaml:"fields"`
}

// Links says how source URLs are treated.
type Links struct {
	// KeepEmptyQuery keeps the "?" that remains when every parameter of a URL
	// was removed, as a corpus written by the predecessor has it.
	KeepEmptyQuery bool `yaml:"keep_empty_query"`
	// Required skips a work package without a usable source URL instead of
	// writing a document that stands on its body alone.
	Required bool `yaml:"required"`
	// Affiliate says what becomes of the marks of affiliate networks: drop or keep.
	Affiliate string `yaml:"affiliate"`
	// Drop and Keep name parameters that go, or stay, whatever the built-in
	// table says; Sites changes the treatment of whole sites.
	Drop  []LinkRule `yaml:"drop"`
	Keep  []LinkRule `yaml:"keep"`
	Sites []LinkSite `yaml:"sites"`
}

// LinkRule names parameters of some addresses.
type LinkRule struct {
	Hosts []string `yaml:"hosts"` // none is every host
	Paths []string `yaml:"paths"` // none is every path
	Names []string `yaml:"names"`
	Why   string   `yaml:"why"` // reported with each removal
	// Affiliate marks names that links.affiliate decides on.
	Affiliate bool `yaml:"affiliate"`
}

// LinkSite is the treatment of the addresses on some hosts.
type LinkSite struct {
	Hosts  []string `yaml:"hosts"`
	Paths  []string `yaml:"paths"`
	Policy string   `yaml:"policy"` // leave, strip or closed
}

// Scrape says how source pages are fetched.
type Scrape struct {
	Timeout   time.Duration `yaml:"timeout"`    // one exchange, body included
	UserAgent string        `yaml:"user_agent"` // "" names the program, its version and a contact page
	PerHost   PerHost       `yaml:"per_host"`
	Robots    string        `yaml:"robots"` // obey or ignore what a site's robots.txt asks
	// RefreshAfter is the age at which a page is read again though its work
	// package did not change; 0 is never.
	RefreshAfter time.Duration `yaml:"refresh_after"`
	// LinkedPDF takes the PDF that a page names as its own version, where no PDF
	// is attached to the work package.
	LinkedPDF bool `yaml:"linked_pdf"`
	// KeepHTML keeps each page in the state, so that a render reads it again by
	// the rules of that day.
	KeepHTML bool `yaml:"keep_html"`
	// AllowPrivateHosts opens named hosts ("host", "host:port" or CIDR) that
	// are not on the public internet; every other private address is refused.
	AllowPrivateHosts []string `yaml:"allow_private_hosts"`
}

// PerHost limits what one web host is asked for.
type PerHost struct {
	Concurrency int           `yaml:"concurrency"` // requests at once
	Interval    time.Duration `yaml:"interval"`    // least time between two requests
}

// Offerings says where product offerings come from and how many are related.
type Offerings struct {
	From    string            `yaml:"from"`    // tracker, file or none
	File    string            `yaml:"file"`    // for from: file
	Project string            `yaml:"project"` // id or identifier
	Types   []string          `yaml:"types"`   // by name
	Limit   int               `yaml:"limit"`   // most offerings per document
	Fields  map[string]string `yaml:"fields"`  // permalink and topics, to labels
}

// Output says where and in which shape documents are written.
type Output struct {
	ContentDir string `yaml:"content_dir"`
	AssetsDir  string `yaml:"assets_dir"`
	Archetype  string `yaml:"archetype"` // a built-in one by name, or a file ending in .yaml
	// Slug says whether an entry's address follows its title: locked or follow.
	Slug string `yaml:"slug"`
	// Owner says who decides on a key that both a hand and the tracker changed:
	// hand (the default of every key) or tracker.
	Owner map[string]string `yaml:"owner"`
}

// Body says what the Markdown of a description goes through on its way to the
// site.
type Body struct {
	Tags           string `yaml:"tags"`            // escape or allow what the site's generator would run
	RepairMojibake bool   `yaml:"repair_mojibake"` // mend UTF-8 that was read as Windows-1252
}

// Site holds the constants of a site that front matter repeats in every
// document. They are settings, so that no archetype needs to be copied for
// them; Params are a site's own, for archetypes of its own.
type Site struct {
	// URL is the site's public address, for links to published documents.
	URL             string         `yaml:"url"`
	BasePath        string         `yaml:"base_path"`
	Section         string         `yaml:"section"`     // "" and every "" below: as the built-in archetype's corpus has it
	AssetsPath      string         `yaml:"assets_path"` // under which the site serves output.assets_dir
	HomeLabel       string         `yaml:"home_label"`
	HomeLink        string         `yaml:"home_link"`
	TopicPath       string         `yaml:"topic_path"`
	Masthead        string         `yaml:"masthead"`        // "": section in capitals
	Identifier      string         `yaml:"identifier"`      // "": section
	SearchCategory  string         `yaml:"search_category"` // "": section
	ContentCategory string         `yaml:"content_category"`
	Layout          string         `yaml:"layout"`
	Source          string         `yaml:"source"`
	Sub             string         `yaml:"sub"`
	Tags            []string       `yaml:"tags"` // nil: section
	Params          map[string]any `yaml:"params"`
}
