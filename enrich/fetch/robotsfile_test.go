package fetch_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/temoto/robotstxt"

	"ingest/enrich/fetch"
)

// robotsCases are files, what they say of a target, and by which line. Where
// the RFC and the library of that trade differ, why says what the RFC says.
var robotsCases = []struct {
	name, file, target string
	allowed            bool
	line               int
	why                string // why github.com/temoto/robotstxt reads it otherwise; empty where it agrees
}{
	{"empty", "", "/x", true, 0, ""},
	{"everybody, everything", "User-agent: *\nDisallow: /", "/x", false, 2, ""},
	{"everybody, nothing", "User-agent: *\nDisallow:", "/x", true, 0, ""},
	{"a folder", "User-agent: *\nDisallow: /a/", "/a/b", false, 2, ""},
	{"not the folder's name", "User-agent: *\nDisallow: /a/", "/a", true, 0, ""},
	{"a prefix of a name", "User-agent: *\nDisallow: /a", "/abc", false, 2, ""},
	{"letter case of paths counts", "User-agent: *\nDisallow: /A", "/a", true, 0, ""},
	{"keys and agents in any case", "USER-AGENT: InGest\ndisALLOW: /", "/x", false, 2, ""},
	{"the longer rule wins", "User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b/c", true, 3, ""},
	{"whatever their order", "User-agent: *\nAllow: /a/b\nDisallow: /a", "/a/b/c", true, 2, ""},
	{"own group alone counts", "User-agent: *\nDisallow: /\n\nUser-agent: ingest\nDisallow: /a", "/b", true, 0, ""},
	{"own group without rules", "User-agent: ingest\nDisallow:\n\nUser-agent: *\nDisallow: /", "/b", true, 0, ""},
	{"two agents, one group", "User-agent: other\nUser-agent: ingest\nDisallow: /a", "/a", false, 3, ""},
	{"a sitemap ends no group", "User-agent: other\nSitemap: http://h/s\nUser-agent: ingest\nDisallow: /a", "/a", false, 4, ""},
	{"a crawl delay ends one", "User-agent: ingest\nCrawl-delay: 1\nUser-agent: other\nDisallow: /a", "/a", true, 0, ""},
	{"two groups of one agent", "User-agent: ingest\nDisallow: /a\nUser-agent: x\nDisallow: /b\nUser-agent: ingest\nDisallow: /c", "/c", false, 6, ""},
	{"comments", "# hi\nUser-agent: * # all\nDisallow: /a # no", "/a", false, 3, ""},
	{"a mark before it", "\ufeffUser-agent: *\nDisallow: /a", "/a", false, 2, ""},
	{"line ends of DOS", "User-agent: *\r\n\r\nDisallow: /a\r\n", "/a", false, 3, ""},
	{"line ends of old Macs", "User-agent: *\rDisallow: /a\r", "/a", false, 2, ""},
	{"an asterisk within", "User-agent: *\nDisallow: /a*z", "/abcz1", false, 2, ""},
	{"a part that is missing", "User-agent: *\nDisallow: /a*b*c", "/axc", true, 0, ""},
	{"parts in another order", "User-agent: *\nDisallow: /a*b*c", "/acb", true, 0, ""},
	{"asterisks in a row", "User-agent: *\nDisallow: /**a**b", "/xxaxxb", false, 2, ""},
	{"an asterisk at the end", "User-agent: *\nDisallow: /a*", "/ab", false, 2, ""},
	{"the end", "User-agent: *\nDisallow: /*.pdf$", "/a.pdf", false, 2, ""},
	{"not the end", "User-agent: *\nDisallow: /*.pdf$", "/a.pdf?x", true, 0, ""},
	{"the end without asterisk", "User-agent: *\nDisallow: /a$", "/a", false, 2, ""},
	{"more than the end", "User-agent: *\nDisallow: /a$", "/ab", true, 0, ""},
	{"a query", "User-agent: *\nDisallow: /*?id=", "/a?id=1", false, 2, ""},
	{"a slash left out", "User-agent: *\nDisallow: a/", "/a/b", false, 2, ""},
	{"the front page alone", "User-agent: *\nDisallow: /\nAllow: /$", "/", true, 3, ""},
	{"an escaped asterisk", "User-agent: *\nDisallow: /a%2Ab", "/axb", true, 0, ""},
	{"a page instead of a file", "<!DOCTYPE html><p>User-agent: none", "/a", true, 0, ""},

	{"a pattern holds from the beginning", "User-agent: *\nDisallow: /a*b", "/x/a1b", true, 0, "2.2.2: a match starts at the first octet"},
	{"a tie", "User-agent: *\nDisallow: /page\nAllow: /page", "/page", true, 3, "2.2.2: of equal rules the allow rule"},
	{"part of our name", "User-agent: in\nDisallow: /", "/x", true, 0, "2.2.1: the product token is matched whole"},
	{"more than our name", "User-agent: ingest/2.0\nDisallow: /", "/x", false, 2, "2.2.1: the token ends at the slash"},
	{"an unreadable delay", "User-agent: *\nCrawl-delay: 1s\nDisallow: /a", "/a", false, 3, "2.3.1.5: readable lines count"},
	{"a rule outside groups", "Disallow: /\nUser-agent: *\nDisallow: /a", "/a", false, 3, "2.3.1.5: readable lines count"},
	{"spelling of escapes", "User-agent: *\nDisallow: /a%3cd", "/a%3Cd", false, 2, "2.2.2: paths are compared by what they stand for"},
	{"an escape of a plain letter", "User-agent: *\nDisallow: /%61b", "/ab", false, 2, "2.2.2: unreserved characters are compared open"},
	{"another script", "User-agent: *\nDisallow: /ü", "/%C3%BC", false, 2, "2.2.2: octets outside ASCII are compared escaped"},
	{"an asterisk in the address", "User-agent: *\nDisallow: /a%2Ab", "/a*b", false, 2, "2.2.3: %2A is the character itself"},
	{"a dollar sign within", "User-agent: *\nDisallow: /a$b", "/a$b", false, 2, "2.2.3: it means the end at the end only"},
}

func TestRobotsFile(t *testing.T) {
	for _, test := range robotsCases {
		t.Run(test.name, func(t *testing.T) {
			allowed, line, _ := fetch.RobotsRuling([]byte(test.file), "ingest", test.target)
			if allowed != test.allowed || line != test.line {
				t.Errorf("allowed %v by line %d, want %v by line %d", allowed, line, test.allowed, test.line)
			}
			theirs := "no answer"
			if data, err := robotstxt.FromString(test.file); err == nil {
				theirs = fmt.Sprint(data.TestAgent(test.target, "ingest"))
			}
			if agree := theirs == fmt.Sprint(test.allowed); agree != (test.why == "") {
				t.Errorf("the library says %s; the case says %q", theirs, test.why)
			}
		})
	}
}

func TestCrawlDelay(t *testing.T) {
	for line, want := range map[string]time.Duration{
		"Crawl-delay: 2":    2 * time.Second,
		"crawl-delay:0.5":   500 * time.Millisecond,
		"Crawl-delay: 1e99": 30 * time.Second,
		"Crawl-delay: Inf":  30 * time.Second,
		"Crawl-delay: NaN":  0,
		"Crawl-delay: -1":   0,
		"Crawl-delay: soon": 0,
		"Crawl-delay:":      0,
	} {
		if _, _, got := fetch.RobotsRuling([]byte("User-agent: *\n"+line), "ingest", "/"); got != want {
			t.Errorf("%s: %v, want %v", line, got, want)
		}
	}
	if _, _, got := fetch.RobotsRuling([]byte("User-agent: other\nCrawl-delay: 5"), "ingest", "/"); got != 0 {
		t.Errorf("another's delay: %v", got)
	}
}

func TestProductToken(t *testing.T) {
	for agent, want := range map[string]string{
		"ingest/1.2 (+https://ingest.example)":             "ingest",
		"  My-Bot_2 something":                             "My-Bot_2",
		"Mozilla/5.0 (compatible; Ingest/1.0; +https://x)": "Ingest",
		"Mozilla/5.0 (X11; Linux)":                         "Mozilla",
		"(odd)":                                            "",
	} {
		if got := fetch.ProductToken(agent); got != want {
			t.Errorf("%q: %q, want %q", agent, got, want)
		}
	}
}

// A file of nothing but rules, each of them hard, for an address as long as
// any: linear time, however the file is made.
func TestRobotsBombs(t *testing.T) {
	for name, rule := range map[string]string{
		"asterisks":    "Allow:*a*a*a*a*a*a*a*a*b\n",
		"one each":     "Allow:*b\n",
		"half matches": "Disallow:*" + strings.Repeat("a", 200) + "b\n",
		"agents":       "User-agent: *\n",
		"colons":       ":::::::\n",
		"no line end":  "Disallow:/a",
	} {
		file := []byte("User-agent: *\n" + strings.Repeat(rule, (500<<10)/len(rule)))
		begun := time.Now()
		fetch.RobotsRuling(file, "ingest", "/"+strings.Repeat("a", 16_000))
		if took := time.Since(begun); took > 30*time.Second { // a hundredth of that on a machine at rest; square time is minutes
			t.Errorf("%s: %v", name, took)
		}
	}
}

func FuzzRobotsFile(f *testing.F) {
	for _, test := range robotsCases {
		f.Add([]byte(test.file), test.target)
	}
	f.Fuzz(func(t *testing.T, file []byte, target string) {
		allowed, line, delay := fetch.RobotsRuling(file, "ingest", target)
		if line == 0 && !allowed || line < 0 || line > len(file)+1 || delay < 0 || delay > 30*time.Second {
			t.Fatalf("allowed %v by line %d, delay %v", allowed, line, delay)
		}
		if again, _, _ := fetch.RobotsRuling(append([]byte("# a comment\n"), file...), "ingest", target); again != allowed && !strings.HasPrefix(string(file), "\ufeff") {
			t.Fatalf("a comment before it makes %v of %v", again, allowed)
		}
	})
}
