package config_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"ingest/cmd/ingest/internal/config"
)

// env is an environment for tests.
func env(pairs ...string) config.LookupEnv {
	values := make(map[string]string)
	for i := 0; i+1 < len(pairs); i += 2 {
		values[pairs[i]] = pairs[i+1]
	}
	return func(name string) (string, bool) { v, ok := values[name]; return v, ok }
}

// load writes text as config.yaml into a folder of its own and loads it.
func load(t *testing.T, text string, getenv config.LookupEnv) (*config.Config, string, error) {
	t.Helper()
	dir := t.TempDir()
	path := filepath.Join(dir, "config.yaml")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	c, err := config.Load(path, getenv)
	return c, dir, err
}

const minimal = "tracker: {url: https://tracker.example.org, api_key: k}\n"

func TestExampleFile(t *testing.T) {
	c, err := config.Load("../../../../config.example.yaml", env("OPENPROJECT_URL", "https://op.example.org/pm", "OPENPROJECT_API_KEY", "s3cret"))
	if err != nil {
		t.Fatal(err)
	}
	want := config.Default()
	want.Dir = c.Dir
	want.Tracker.URL, want.Tracker.APIKey, want.Tracker.Project = "https://op.example.org/pm", "s3cret", "medigy-curation"
	want.Tracker.Statuses = []string{}
	want.Tracker.Fields = map[string]string{"source_url": "Source URL", "clean_url": "Clean URL", "topics": "Medigy Topics", "via": "Via",
		"via_link": "Via Link", "insights_name": "Insights Name", "insights_description": "Insights Description"}
	want.Links.KeepEmptyQuery = true
	want.Links.Drop, want.Links.Keep, want.Links.Sites = []config.LinkRule{}, []config.LinkRule{}, []config.LinkSite{}
	want.Scrape.AllowPrivateHosts = []string{}
	want.Offerings.From, want.Offerings.Project = config.FromTracker, "medigy-offerings"
	want.Offerings.Fields = map[string]string{"permalink": "Permalink", "topics": "Medigy Topics"}
	want.Output.ContentDir, want.Output.AssetsDir = filepath.Join(c.Dir, "content/news"), filepath.Join(c.Dir, "static/news")
	want.Output.Owner, want.State = map[string]string{}, filepath.Join(c.Dir, ".ingest/state.db")
	want.Site = config.Site{BasePath: "/news/", Section: "News", AssetsPath: "/news/", HomeLabel: "Home", HomeLink: "/", TopicPath: "topic/", Masthead: "NEWS", Identifier: "News", SearchCategory: "News",
		ContentCategory: "netspective-medigy-news-curated-content", Layout: "single", Source: "open-project-curations", Sub: "brief",
		Tags: []string{"News"}, Params: map[string]any{}}
	want.Schedule = []config.Schedule{{Cron: "0 2 * * *", Timezone: "America/New_York", Run: "incremental"},
		{Cron: "30 3 * * 0", Timezone: "America/New_York", Run: "full"}, {Cron: "0 4 * * *", Timezone: "America/New_York", Run: "links"}}
	if diff := cmp.Diff(want, *c, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("config.example.yaml (-want +got):\n%s", diff)
	}
}

func TestMinimalFileGetsDefaults(t *testing.T) {
	c, dir, err := load(t, minimal, env())
	if err != nil {
		t.Fatal(err)
	}
	if c.Workers != 8 || c.Scrape.Timeout != 20*time.Second || c.Offerings.From != config.FromNone {
		t.Errorf("defaults: workers %d, timeout %v, offerings from %q", c.Workers, c.Scrape.Timeout, c.Offerings.From)
	}
	if want := filepath.Join(dir, "content", "news"); c.Output.ContentDir != want {
		t.Errorf("content_dir = %q, want %q: relative to the configuration file", c.Output.ContentDir, want)
	}
}

// A command that needs one part is not stopped by mistakes in the others.
func TestLoadPart(t *testing.T) {
	path := filepath.Join(t.TempDir(), "config.yaml")
	c, err := config.LoadPart(path, false, env(), "links")
	if err != nil || c.Links.Affiliate != config.Drop {
		t.Errorf("without a file: %+v, %v; want the defaults", c, err)
	}
	if _, err := config.LoadPart(path, true, env(), "links"); err == nil {
		t.Error("a file that was named and is not there gave no error")
	}
	write := func(text string) {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("tracker: {api_key: \"${NOT_SET}\"}\nlinks: {affiliate: keep}\nworkers: many\n")
	if c, err = config.LoadPart(path, true, env(), "links"); err != nil || c.Links.Affiliate != config.Keep {
		t.Errorf("got %+v, %v; want the part that is right", c, err)
	}
	if _, err = config.LoadPart(path, true, env(), "links", "workers"); err == nil || !strings.Contains(err.Error(), "workers") || strings.Contains(err.Error(), "tracker") {
		t.Errorf("got %v, want the mistake about workers only", err)
	}
	write("links: [")
	if _, err = config.LoadPart(path, false, env(), "links"); err == nil {
		t.Error("a file that is no YAML gave no error")
	}
	write(minimal + "---\nworkers: 3\n")
	if _, err = config.Load(path, env()); err == nil || !strings.Contains(err.Error(), "a second YAML document") {
		t.Errorf("a second document that nobody reads: got %v", err)
	}
}

func TestEnvironment(t *testing.T) {
	text := "tracker: {url: \"${URL}\", api_key: \"${KEY:-fallback}\"}\nworkers: ${N:-3}\nsite: {section: \"$${N} of ${N:-4}\"}\n"
	c, _, err := load(t, text, env("URL", "https://op.example.org", "KEY", ""))
	if err != nil {
		t.Fatal(err)
	}
	if c.Tracker.URL != "https://op.example.org" || c.Tracker.APIKey.Reveal() != "fallback" || c.Workers != 3 || c.Site.Section != "${N} of 4" {
		t.Errorf("got url %q, key %q, workers %d, section %q", c.Tracker.URL, c.Tracker.APIKey.Reveal(), c.Workers, c.Site.Section)
	}
}

func TestUnits(t *testing.T) {
	c, _, err := load(t, minimal+"scrape: {refresh_after: 7d}\n", env())
	if err != nil || c.Scrape.RefreshAfter != 7*24*time.Hour {
		t.Errorf("got %v, error %v; want a week", c.Scrape.RefreshAfter, err)
	}
	_, _, err = load(t, minimal+"scrape: {refresh_after: -1h}\noutput: {slug: loose, owner: {title: me}}\nbody: {tags: run}\n", env())
	for _, want := range []string{"scrape.refresh_after: is negative", `output.slug: "loose"`, `output.owner.title: "me"`, `body.tags: "run"`} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want in it %q", err, want)
		}
	}
}

func TestSecretFromFile(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "key"), []byte("opapi-1234\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "config.yaml")
	if err := os.WriteFile(path, []byte("tracker: {url: https://op.example.org, api_key_file: key}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	c, err := config.Load(path, env())
	if err != nil {
		t.Fatal(err)
	}
	if got := c.Tracker.APIKey.Reveal(); got != "opapi-1234" {
		t.Errorf("key = %q, want the file's content without its newline", got)
	}
	if printed := fmt.Sprintf("%v %+v %#v", c.Tracker, *c, c.Tracker); strings.Contains(printed, "1234") {
		t.Errorf("the key is printed: %s", printed)
	}
}

func TestMistakes(t *testing.T) {
	tests := map[string]struct {
		text string
		want []string // parts of the message, in order
	}{
		"unknown key, near a known one": {minimal + "output: {conten_dir: x}\n", []string{`config.yaml:2: output.conten_dir: unknown key (did you mean "content_dir"?)`}},
		"unknown key, nothing near":     {minimal + "links: {colour: red}\n", []string{"config.yaml:2: links.colour: unknown key (known: keep_empty_query, required, affiliate, drop, keep, sites)"}},
		"all at once, by line": {"workers: many\ntracker:\n  url: ftp://x\n  tpyes: [a]\nscrape: {timeout: soon}\n", []string{
			`config.yaml:1: workers: "many" is not a whole number`,
			`config.yaml:3: tracker.url: "ftp://x" is not an http or https address`,
			`config.yaml:4: tracker.tpyes: unknown key (did you mean "types"?)`,
			`config.yaml:5: scrape.timeout: "soon" is not a duration (for example 20s, 500ms or 30d)`,
			"config.yaml: tracker.api_key: is missing or empty"}},
		"unset variable is one mistake": {"tracker: {url: \"${OPENPROJECT_URL}\", api_key: k}\n", []string{"config.yaml:1: tracker.url: environment variable OPENPROJECT_URL is not set (set it"}},
		"unclosed variable":             {"tracker: {url: \"${OPEN\", api_key: k}\n", []string{`config.yaml:1: tracker.url: "${OPEN" is not closed by }`}},
		"not a variable name":           {"tracker: {url: \"${a b}\", api_key: k}\n", []string{"${a b} does not name an environment variable"}},
		"key twice":                     {minimal + "workers: 1\nworkers: 2\n", []string{"config.yaml:3: workers: the key stands twice"}},
		"not YAML":                      {"tracker: [\n", []string{"config.yaml:"}},
		"list where keys are wanted":    {"tracker: [a]\n", []string{"config.yaml:1: tracker: wants keys with values, not a list", "tracker.url: is missing", "tracker.api_key: is missing"}},
		"value where a list is wanted":  {minimal + "site: {tags: News}\n", []string{`config.yaml:2: site.tags: wants a list, not "News"`}},
		"list where a value is wanted":  {minimal + "workers: [1]\n", []string{"config.yaml:2: workers: wants one value, not a list"}},
		"empty file":                    {"", []string{"tracker.url: is missing", "tracker.api_key: is missing or empty"}},
		"two credentials":               {"tracker: {url: https://x.example, api_key: a, token: b}\n", []string{"tracker.token: stands beside tracker.api_key"}},
		"key beside its file":           {"tracker: {url: https://x.example, api_key: a, api_key_file: b}\n", []string{"tracker.api_key_file: stands beside tracker.api_key"}},
		"key file missing":              {"tracker: {url: https://x.example, api_key_file: nowhere}\n", []string{"tracker.api_key_file: open ", "nowhere"}},
		"user info in the address":      {"tracker: {url: \"https://apikey:hush@x.example\", api_key: a}\n", []string{"tracker.url: holds a user name or password"}},
		"query in the address":          {"tracker: {url: \"https://x.example?a\", api_key: a}\n", []string{"tracker.url: holds a query or fragment"}},
		"no types":                      {"tracker: {url: https://x.example, api_key: a, types: []}\n", []string{"tracker.types: names no type"}},
		"no source URL field":           {"tracker: {url: https://x.example, api_key: a, fields: {via: Via}}\n", []string{"tracker.fields.source_url: is missing"}},
		"empty label":                   {"tracker: {url: https://x.example, api_key: a, fields: {source_url: S, via: \" \"}}\n", []string{"tracker.fields.via: names no custom field"}},
		"bad private host":              {minimal + "scrape: {allow_private_hosts: [10.0.0.0/99]}\n", []string{`"10.0.0.0/99" is neither a host nor a CIDR`}},
		"negative interval":             {minimal + "scrape: {per_host: {interval: -1s, concurrency: 0}}\n", []string{"concurrency: 0 is less than 1", "interval: is negative"}},
		"unknown kind of run":           {minimal + "schedule: [{cron: '@daily', run: nightly}]\n", []string{`schedule.run: "nightly" is not known (known: incremental, full, links)`}},
		"unknown origin of offerings":   {minimal + "offerings: {from: trakcer}\n", []string{`offerings.from: "trakcer" is not known (did you mean "tracker"?)`}},
		"offerings file not named":      {minimal + "offerings: {from: file}\n", []string{"offerings.file: is missing"}},
		"offerings without topics":      {minimal + "offerings: {from: tracker}\n", []string{"offerings.fields.topics: is missing"}},
		"assets path without slash":     {minimal + "site: {assets_path: /news}\n", []string{`site.assets_path: "/news" does not begin and end with /`}},
		"base path without slash":       {minimal + "site: {base_path: news}\n", []string{`site.base_path: "news" does not begin and end with /`}},
		"too many workers":              {minimal + "workers: 8000\n", []string{"workers: 8000 is not between 1 and 64"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			_, _, err := load(t, tt.text, env())
			var mistakes config.Mistakes
			if !errors.As(err, &mistakes) {
				t.Fatalf("got error %v, want Mistakes", err)
			}
			rest := err.Error()
			for _, part := range tt.want {
				_, after, found := strings.Cut(rest, part)
				if !found {
					t.Fatalf("got\n%s\nwant, in this order, %q", err, tt.want)
				}
				rest = after
			}
			if strings.Contains(err.Error(), "hush") {
				t.Errorf("the message shows a password: %v", err)
			}
			for _, m := range mistakes {
				if m.Help == "" {
					t.Errorf("no hint for %v", m)
				}
			}
			if len(mistakes) != len(tt.want) && name != "key file missing" && name != "negative interval" {
				t.Errorf("got %d mistakes, want %d:\n%s", len(mistakes), len(tt.want), err)
			}
		})
	}
}

func TestSecretsAreNotRepeated(t *testing.T) {
	for _, text := range []string{"tracker:\n  api_key:hush\n", "tracker: {url: https://x.example, api_key: \"${hush\"}\n", "tracker: {url: https://x.example, token: \"${hu sh}\"}\n"} {
		_, _, err := load(t, text, env())
		if err == nil || strings.Contains(err.Error(), "hush") || strings.Contains(err.Error(), "hu sh") {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestMissingFile(t *testing.T) {
	_, err := config.Load(filepath.Join(t.TempDir(), "config.yaml"), env())
	var m *config.Mistake
	if !errors.As(err, &m) || !strings.Contains(m.Hint(), "config.example.yaml") {
		t.Errorf("got %v, want a mistake whose hint names config.example.yaml", err)
	}
}

// What is no configuration, or no secret, is not read to its end.
func TestFilesWithoutEnd(t *testing.T) {
	large := filepath.Join(t.TempDir(), "large")
	if err := os.WriteFile(large, make([]byte, 1<<20+1), 0o600); err != nil {
		t.Fatal(err)
	}
	files := []string{large}
	if _, err := os.Stat("/dev/zero"); err == nil {
		files = append(files, "/dev/zero")
	}
	for _, file := range files {
		if _, err := config.Load(file, env()); err == nil || !strings.Contains(err.Error(), "is larger than 1 MiB, which no configuration is") {
			t.Errorf("%s as the configuration: %.200v", file, err)
		}
		_, _, err := load(t, "tracker: {url: https://op.example.org, api_key_file: "+file+"}\n", env())
		if err == nil || !strings.Contains(err.Error(), "tracker.api_key_file: "+file+" is larger than 1 MiB, which no secret is") {
			t.Errorf("%s as the key: %.200v", file, err)
		}
	}
}

// Mistakes on one line come in the same order each time.
func TestMistakesHaveAnOrder(t *testing.T) {
	for range 20 {
		_, _, err := load(t, minimal+"output: {owner: {a: x, b: x, c: x, d: x}}\n", env())
		var keys []string
		mistakes, _ := errors.AsType[config.Mistakes](err)
		for _, m := range mistakes {
			keys = append(keys, m.Key)
		}
		if got, want := strings.Join(keys, " "), "output.owner.a output.owner.b output.owner.c output.owner.d"; got != want {
			t.Fatalf("got %s, want %s", got, want)
		}
	}
}

func TestSiteParams(t *testing.T) {
	c, _, err := load(t, minimal+"site: {params: {year: 2026, names: [a, \"${X:-b}\"], deep: {on: true, none: }}}\n", env())
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]any{"year": 2026, "names": []any{"a", "b"}, "deep": map[string]any{"on": true, "none": nil}}
	if diff := cmp.Diff(want, c.Site.Params); diff != "" {
		t.Errorf("site.params (-want +got):\n%s", diff)
	}
}

func FuzzLoad(f *testing.F) {
	f.Add(minimal)
	f.Add("tracker: &a {url: *a}\n")
	f.Add("a: ${x:-}\n? [1]\n: 2\n")
	f.Fuzz(func(t *testing.T, text string) {
		_, _, err := load(t, text, env())
		var mistakes config.Mistakes
		if err != nil && !errors.As(err, &mistakes) {
			t.Errorf("error of type %T: %v", err, err)
		}
	})
}

func TestOfferingsFile(t *testing.T) {
	read := func(text string) ([]config.ListedOffering, error) {
		path := filepath.Join(t.TempDir(), "offerings.yaml")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return config.Offerings{File: path}.Read()
	}
	for _, text := range []string{"- {id: 7, label: A, permalink: /a, topics: [T]}\n", `[{"id":7,"label":"A","permalink":"/a","topics":["T"]}]`} {
		got, err := read(text)
		if want := []config.ListedOffering{{ID: 7, Label: "A", Permalink: "/a", Topics: []string{"T"}}}; err != nil || !cmp.Equal(got, want) {
			t.Errorf("%s: got %+v, error %v", text, got, err)
		}
	}
	for text, want := range map[string]string{
		"- {id: 7}\n- {id: 8, label: A, permalink: /a, topics: [T]}\n- {label: B}\n": "entry 1 wants id",
		"- {id: 7, lable: A}\n": "lable",
		"label: A\n":            "offerings.file: ",
		"[":                     "offerings.file: ",
	} {
		_, err := read(text)
		var mistakes config.Mistakes
		if !errors.As(err, &mistakes) || !strings.Contains(err.Error(), want) || mistakes[0].Hint() == "" {
			t.Errorf("%q: got %v, want %q and a hint", text, err, want)
		}
	}
	if _, err := (config.Offerings{File: "nowhere.yaml"}).Read(); err == nil {
		t.Error("a missing file is no error")
	}
}
