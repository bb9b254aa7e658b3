package urlclean_test

import (
	"errors"
	"strings"
	"testing"

	"ingest/enrich/urlclean"
)

func TestKeepEmptyQuery(t *testing.T) {
	check(t, newCleaner(t, urlclean.Options{KeepEmptyQuery: true}), []address{
		{"all go", "https://tides.example/a?gclid=x", "https://tides.example/a?"},
		{"all go, separators too", "https://tides.example/a?&gclid=x&", "https://tides.example/a?"},
		{"all go, fragment stays", "https://tides.example/a?gclid=x#low", "https://tides.example/a?#low"},
		{"some stay", "https://tides.example/a?gclid=x&b=1", "https://tides.example/a?b=1"},
		{"no query", "https://tides.example/a", same},
		{"emptied fragment", "https://tides.example/a#utm_source=x", "https://tides.example/a"},
	})
}

func TestAffiliateKeep(t *testing.T) {
	check(t, newCleaner(t, urlclean.Options{Affiliate: urlclean.Keep}), []address{
		{"mark stays, tracker goes", "https://tides.example/a?awc=1&gclid=x", "https://tides.example/a?awc=1"},
		{"mark of a site", "https://www.amazon.com/dp/B1?tag=a-20&qid=1", "https://www.amazon.com/dp/B1?tag=a-20"},
		{"redirect stays", "https://click.linksynergy.com/deeplink?id=a&murl=https%3A%2F%2Ftides.example", same},
		{"other redirects are opened", "https://l.facebook.com/l.php?u=https%3A%2F%2Ftides.example%2F%3Fawc%3D1", "https://tides.example/?awc=1"},
	})
}

func TestExtra(t *testing.T) {
	check(t, newCleaner(t, urlclean.Options{Extra: []urlclean.Rule{
		{Names: []string{"moon", "wave_*", "*_buoy", "*gull*"}},
		{Hosts: []string{"tides.example"}, Names: []string{"day"}, Why: "our own mailer"},
		{Hosts: []string{"harbour.*"}, Paths: []string{"/a/"}, Names: []string{"ship"}},
		{Hosts: []string{"shop.example"}, Names: []string{"friend", "#where"}, Affiliate: true},
	}}), []address{
		{"exact", "https://a.example/?moon=1&moons=2", "https://a.example/?moons=2"},
		{"beginning", "https://a.example/?wave_1=1&xwave_=2", "https://a.example/?xwave_=2"},
		{"end", "https://a.example/?north_buoy=1&buoy=2", "https://a.example/?buoy=2"},
		{"middle", "https://a.example/?seagulls=1", "https://a.example/"},
		{"fragment", "https://a.example/#moon=1&a=2", "https://a.example/#a=2"},
		{"subdomain of a host", "https://www.tides.example/?day=1&gclid=x", "https://www.tides.example/"},
		{"other host", "https://a.example/?day=1", same},
		{"any ending, right path", "https://www.harbour.co.nz/a/?ship=1", "https://www.harbour.co.nz/a/"},
		{"any ending, other path", "https://www.harbour.co.nz/b/?ship=1", same},
		{"fragment of a host only", "https://shop.example/?where=1#where=2&a=3", "https://shop.example/?where=1#a=3"},
	})
	got := newCleaner(t, urlclean.Options{Extra: []urlclean.Rule{{Hosts: []string{"tides.example"}, Names: []string{"day"}}}}).Clean("https://tides.example/?day=1")
	if len(got.Removed) != 1 || got.Removed[0] != (urlclean.Removal{Name: "day", Value: "1", Rule: "tides.example day", Why: "configuration"}) {
		t.Errorf("removed %+v", got.Removed)
	}
	kept := newCleaner(t, urlclean.Options{Affiliate: urlclean.Keep, Extra: []urlclean.Rule{{Names: []string{"friend"}, Affiliate: true}}})
	if got := kept.Clean("https://a.example/?friend=1"); got.Changed() {
		t.Errorf("an affiliate mark of the configuration went: %+v", got)
	}
}

func TestKeep(t *testing.T) {
	check(t, newCleaner(t, urlclean.Options{Keep: []urlclean.Rule{
		{Hosts: []string{"tides.example"}, Names: []string{"utm_*"}},
		{Names: []string{"gclid"}},
		{Paths: []string{"~embed"}, Names: []string{"fbclid"}},
		{Hosts: []string{"harbour.example"}, Paths: []string{"?key=2"}, Names: []string{"utm_source"}},
	}}), []address{
		{"family on a host", "https://tides.example/?utm_source=x&fbclid=y", "https://tides.example/?utm_source=x"},
		{"family elsewhere", "https://a.example/?utm_source=x", "https://a.example/"},
		{"name everywhere", "https://a.example/?gclid=x#gclid=y", same},
		{"name on a path everywhere", "https://a.example/embed/1?fbclid=x", same},
		{"name on another path", "https://a.example/embedded/1?fbclid=x", "https://a.example/embedded/1"},
		{"beside a parameter", "https://harbour.example/?key=2&utm_source=x", same},
		{"beside another value", "https://harbour.example/?key=1&utm_source=x", "https://harbour.example/?key=1"},
	})
}

func TestSitePolicies(t *testing.T) {
	check(t, newCleaner(t, urlclean.Options{Sites: []urlclean.Site{
		{Hosts: []string{"tides.example", "steamcommunity.com"}, Policy: urlclean.Leave},
		{Hosts: []string{"accounts.harbour.example"}, Policy: urlclean.Strip},
		{Hosts: []string{"google.*"}, Paths: []string{"/url"}, Policy: urlclean.Closed},
	}}), []address{
		{"left", "https://tides.example/?utm_source=x", same},
		{"left, a redirect", "https://steamcommunity.com/linkfilter/?url=https://a.example/", same},
		{"stripped in spite of the table", "https://accounts.harbour.example/login?utm_source=x", "https://accounts.harbour.example/login"},
		{"signed all the same", "https://accounts.harbour.example/?expires=1&signature=b&utm_source=x", same},
		{"closed, cleaned", "https://www.google.com/url?url=https%3A%2F%2Fa.example&ved=x", "https://www.google.com/url?url=https%3A%2F%2Fa.example"},
		{"closed on that path alone", "https://www.google.com/amp/s/a.example/", "https://a.example/"},
	})
}

func TestOptionErrors(t *testing.T) {
	for _, c := range []struct {
		name    string
		options urlclean.Options
		want    string
	}{
		{"no names", urlclean.Options{Extra: []urlclean.Rule{{}}}, "extra rule 1: no names"},
		{"which rule", urlclean.Options{Extra: []urlclean.Rule{{Names: []string{"a"}}, {Names: []string{"a&b"}}}}, `extra rule 2: "a&b" is no parameter name`},
		{"empty name", urlclean.Options{Keep: []urlclean.Rule{{Names: []string{""}}}}, `keep rule 1: "" is no parameter name`},
		{"everything", urlclean.Options{Keep: []urlclean.Rule{{Names: []string{"*"}}}}, `keep rule 1: "*" is no parameter name`},
		{"address as a host", urlclean.Options{Extra: []urlclean.Rule{{Hosts: []string{"https://a.example"}, Names: []string{"a"}}}}, `extra rule 1: "https://a.example" is no host`},
		{"path without a host", urlclean.Options{Extra: []urlclean.Rule{{Paths: []string{"/a"}, Names: []string{"a"}}}}, "extra rule 1: such a rule needs a host"},
		{"path that is none", urlclean.Options{Extra: []urlclean.Rule{{Hosts: []string{"a.example"}, Paths: []string{"a"}, Names: []string{"a"}}}}, `extra rule 1: "a" is no path`},
		{"path that tests nothing", urlclean.Options{Extra: []urlclean.Rule{{Hosts: []string{"a.example"}, Paths: []string{"*"}, Names: []string{"a"}}}}, `extra rule 1: "*" tests nothing`},
		{"path among the hosts", urlclean.Options{Extra: []urlclean.Rule{{Hosts: []string{"/a"}, Names: []string{"a"}}}}, `extra rule 1: "/a" is no host`},
		{"empty host", urlclean.Options{Extra: []urlclean.Rule{{Hosts: []string{""}, Names: []string{"a"}}}}, `extra rule 1: "" is no host`},
		{"empty path", urlclean.Options{Keep: []urlclean.Rule{{Paths: []string{""}, Names: []string{"a"}}}}, `keep rule 1: "" is no path`},
		{"site without hosts", urlclean.Options{Sites: []urlclean.Site{{}}}, "site rule 1: no hosts"},
		{"site of every host", urlclean.Options{Sites: []urlclean.Site{{Hosts: []string{"*"}, Policy: urlclean.Strip}}}, "site rule 1: such a rule needs a host"},
		{"policy unknown", urlclean.Options{Sites: []urlclean.Site{{Hosts: []string{"a.example"}, Policy: 9}}}, "site rule 1: no such policy: unknown (9)"},
		{"too many for a host", urlclean.Options{Keep: many(300, "tides.example")}, "more than 256 rules for tides.example"},
		{"too many for every host", urlclean.Options{Keep: many(65, "*")}, "more than 64 rules that keep parameters on every host"},
	} {
		t.Run(c.name, func(t *testing.T) {
			cleaner, err := urlclean.New(c.options)
			var rule *urlclean.RuleError
			if cleaner != nil || !errors.As(err, &rule) || !strings.Contains(err.Error(), c.want) {
				t.Fatalf("got  %v\nwant %s", err, c.want)
			}
			if rule.Hint() == "" {
				t.Error("no hint")
			}
		})
	}
}

func many(n int, host string) []urlclean.Rule {
	rules := make([]urlclean.Rule, n)
	for i := range rules {
		rules[i] = urlclean.Rule{Hosts: []string{host}, Names: []string{"a"}}
	}
	return rules
}

// TestOptionErrorsSayWhere shows what a configuration needs to name the place
// of a mistake in its own words, and what a person is told to write.
func TestOptionErrorsSayWhere(t *testing.T) {
	good := urlclean.Rule{Hosts: []string{"a.example"}, Names: []string{"a"}}
	bad := urlclean.Rule{Hosts: []string{"A.example"}, Names: []string{"a"}}
	for _, c := range []struct {
		name    string
		options urlclean.Options
		list    urlclean.List
		index   int
		hint    string
	}{
		{"extra, host", urlclean.Options{Extra: []urlclean.Rule{good, bad}}, urlclean.ListExtra, 1, "write a host as"},
		{"keep, name", urlclean.Options{Keep: []urlclean.Rule{good, good, {Names: []string{"a=b"}}}}, urlclean.ListKeep, 2, "write a name as"},
		{"site, path", urlclean.Options{Sites: []urlclean.Site{{Hosts: good.Hosts, Paths: []string{"a"}}}}, urlclean.ListSites, 0, "write a path as"},
		{"site, policy", urlclean.Options{Sites: []urlclean.Site{{Hosts: good.Hosts, Policy: 9}}}, urlclean.ListSites, 0, "write one of leave, strip, closed"},
		{"path without hosts", urlclean.Options{Extra: []urlclean.Rule{{Paths: []string{"/a"}, Names: []string{"a"}}}}, urlclean.ListExtra, 0, "name the hosts"},
		{"too many", urlclean.Options{Keep: many(65, "*")}, urlclean.ListKeep, -1, "join rules"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := urlclean.New(c.options)
			var rule *urlclean.RuleError
			if !errors.As(err, &rule) {
				t.Fatalf("got %v", err)
			}
			if rule.List != c.list || c.index >= 0 && rule.Index != c.index {
				t.Errorf("list %d, index %d, want %d, %d", rule.List, rule.Index, c.list, c.index)
			}
			if !strings.Contains(rule.Hint(), c.hint) {
				t.Errorf("hint %q, want %q in it", rule.Hint(), c.hint)
			}
		})
	}
}
