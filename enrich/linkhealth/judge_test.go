package linkhealth_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ingest/enrich/linkhealth"
)

func start() time.Time { return time.Date(2026, 11, 1, 2, 0, 0, 0, time.UTC) }

// kinds of evidence by the words of the tables below.
func evidence(t testing.TB, word string) linkhealth.Evidence {
	t.Helper()
	kinds := map[string]linkhealth.Evidence{
		"ok":      {Class: linkhealth.Alive, Status: 200},
		"moved":   {Class: linkhealth.Alive, Status: 200, Moved: "https://example.org/new"},
		"newer":   {Class: linkhealth.Alive, Status: 200, Moved: "https://example.org/newer"},
		"404":     {Class: linkhealth.Gone, Status: 404},
		"410":     {Class: linkhealth.Gone, Status: 410},
		"parked":  {Class: linkhealth.Parked, Status: 200, Detail: "parked: for sale"},
		"soft":    {Class: linkhealth.SoftGone, Status: 200, Detail: "soft error: not found"},
		"home":    {Class: linkhealth.Home, Status: 200},
		"403":     {Class: linkhealth.Refused, Status: 403},
		"429":     {Class: linkhealth.Refused, Status: 429},
		"wall":    {Class: linkhealth.Refused, Status: 200, Detail: "bot wall: challenge"},
		"robots":  {Class: linkhealth.Unknown, Detail: linkhealth.RobotsTxt},
		"503":     {Class: linkhealth.Server, Status: 503},
		"nohost":  {Class: linkhealth.DNS, Detail: linkhealth.NoSuchHost},
		"expired": {Class: linkhealth.TLS, Detail: linkhealth.Expired},
		"timeout": {Class: linkhealth.Connection, Detail: "timeout"},
	}
	e, ok := kinds[word]
	if !ok {
		t.Fatalf("no evidence %q", word)
	}
	return e
}

// history reads "0d ok, 7d 404, 180h 404": evidence by its age since start.
func history(t testing.TB, text string) (all []linkhealth.Evidence) {
	t.Helper()
	for part := range strings.SplitSeq(text, ", ") {
		if part == "" {
			continue
		}
		when, word, _ := strings.Cut(part, " ")
		var n int
		var unit string
		if _, err := fmt.Sscanf(when, "%d%s", &n, &unit); err != nil {
			t.Fatal(err)
		}
		e := evidence(t, word)
		e.At = start().Add(time.Duration(n) * map[string]time.Duration{"d": 24 * time.Hour, "h": time.Hour, "m": time.Minute}[unit])
		all = append(all, e)
	}
	return all
}

func TestJudge(t *testing.T) {
	daily := func(word string, from, to int) string {
		var parts []string
		for d := from; d <= to; d++ {
			parts = append(parts, fmt.Sprintf("%dd %s", d, word))
		}
		return strings.Join(parts, ", ")
	}
	for name, c := range map[string]struct {
		history string
		now     int // days after start
		want    linkhealth.State
		since   int // hours after start
		checks  int
		reason  string
	}{
		"never checked":                         {"", 0, linkhealth.Undecided, -1, 0, "not checked yet"},
		"alive":                                 {"0d ok, 7d ok", 7, linkhealth.OK, 0, 2, ""},
		"alive and long not checked":            {"0d ok", 400, linkhealth.OK, 0, 1, ""},
		"one bad night":                         {"0d ok, 7d 404", 7, linkhealth.Suspect, 168, 1, "404 Not Found"},
		"one bad night, asked all night":        {"0d ok, 168h 410, 169h 410, 170h 410, 171h 410, 179h 410", 8, linkhealth.Suspect, 168, 1, "410 Gone"},
		"404 twice over three days":             {"0d 404, 3d 404", 3, linkhealth.Suspect, 0, 2, "404 Not Found"},
		"404 thrice, an hour short of 3 days":   {"0d 404, 1d 404, 71h 404", 3, linkhealth.Suspect, 0, 3, "404 Not Found"},
		"404 thrice over three days":            {"0d 404, 1d 404, 72h 404", 3, linkhealth.Dead, 0, 3, "404 Not Found"},
		"410 twice, an hour short of a day":     {"0d 410, 23h 410", 1, linkhealth.Suspect, 0, 2, "410 Gone"},
		"410 twice over a day":                  {"0d 410, 24h 410", 1, linkhealth.Dead, 0, 2, "410 Gone"},
		"410 and 404 over a day":                {"0d 410, 24h 404", 1, linkhealth.Suspect, 0, 2, "404 Not Found"},
		"parked for three days":                 {"0d parked, 1d parked, 3d parked", 3, linkhealth.Dead, 0, 3, "parked: for sale"},
		"a page that says 404 for three days":   {"0d soft, 1d soft, 3d soft", 3, linkhealth.Dead, 0, 3, "soft error: not found"},
		"no host for thirteen days":             {daily("nohost", 0, 13), 13, linkhealth.Suspect, 0, 14, "dns: no such host"},
		"no host for fourteen days":             {daily("nohost", 0, 14), 14, linkhealth.Dead, 0, 15, "dns: no such host"},
		"no host, four checks over two weeks":   {"0d nohost, 5d nohost, 10d nohost, 14d nohost", 14, linkhealth.Suspect, 0, 4, "dns: no such host"},
		"no host, five checks over two weeks":   {"0d nohost, 4d nohost, 8d nohost, 12d nohost, 14d nohost", 14, linkhealth.Dead, 0, 5, "dns: no such host"},
		"certificate expired for two weeks":     {daily("expired", 0, 14), 14, linkhealth.Dead, 0, 15, "tls: certificate expired"},
		"no answer for two weeks":               {daily("timeout", 0, 14), 14, linkhealth.Dead, 0, 15, "connection: timeout"},
		"503 for two weeks":                     {daily("503", 0, 14), 14, linkhealth.Dead, 0, 15, "503 Service Unavailable"},
		"all kinds of trouble for two weeks":    {"0d 503, 4d timeout, 8d nohost, 12d expired, 14d 404", 14, linkhealth.Dead, 0, 5, "404 Not Found"},
		"refused for a year":                    {"0d 403, 100d 429, 200d wall, 365d 403", 365, linkhealth.Undecided, 0, 4, "403 Forbidden"},
		"refused after it was alive":            {"0d ok, 7d 403", 7, linkhealth.OK, 0, 1, ""},
		"refused for a month after it was ok":   {"0d ok, 7d 403, 28d 403, 30d 429", 30, linkhealth.OK, 0, 1, ""},
		"refused for longer":                    {"0d ok, 7d 403, 28d 403, 31d 429", 31, linkhealth.Undecided, 168, 3, "429 Too Many Requests"},
		"a refusal between 404s":                {"0d 404, 1d 429, 2d 404, 3d 404", 3, linkhealth.Dead, 0, 3, "404 Not Found"},
		"a refusal ends a row of no answer":     {daily("timeout", 0, 13) + ", 14d 403, 15d timeout", 15, linkhealth.Suspect, 360, 1, "connection: timeout"},
		"refused after no answer":               {"0d ok, 7d timeout, 8d 403", 8, linkhealth.OK, 0, 1, ""},
		"sent home for a year":                  {"0d home, 100d home, 200d home, 365d home", 365, linkhealth.Suspect, 0, 4, "sent to the front page"},
		"being sent home ends a row of trouble": {daily("503", 0, 13) + ", 14d home, 15d 503", 15, linkhealth.Suspect, 336, 1, "sent to the front page"},
		"robots.txt only":                       {"0d robots", 0, linkhealth.Undecided, 0, 1, "unknown: robots.txt"},
		"moved":                                 {"0d ok, 7d moved, 14d moved", 14, linkhealth.Moved, 168, 2, "redirected for good"},
		"moved on":                              {"0d moved, 7d newer", 7, linkhealth.Moved, 168, 1, "redirected for good"},
		"moved back":                            {"0d moved, 7d ok", 7, linkhealth.OK, 168, 1, ""},
		"a success ends it":                     {"0d 404, 1d 404, 3d 404, 4d ok", 4, linkhealth.OK, 96, 1, ""},
		"and what comes then begins anew":       {"0d 404, 1d 404, 3d 404, 4d ok, 5d 404", 5, linkhealth.Suspect, 120, 1, "404 Not Found"},
		"evidence from the future":              {"0d ok, 1d 404, 5d 404, 9d 404", 4, linkhealth.Suspect, 24, 1, "404 Not Found"},
		"out of order":                          {"3d 404, 0d 404, 1d 404", 3, linkhealth.Dead, 0, 3, "404 Not Found"},
	} {
		t.Run(name, func(t *testing.T) {
			want := linkhealth.Verdict{State: c.want, Since: start().Add(time.Duration(c.since) * time.Hour), Checks: c.checks, Reason: c.reason}
			if c.since < 0 {
				want.Since = time.Time{}
			}
			got := linkhealth.Judge(history(t, c.history), start().AddDate(0, 0, c.now))
			if want.State == linkhealth.Moved {
				want.Proposal = got.Proposal
				if !strings.HasPrefix(got.Proposal, "https://example.org/new") {
					t.Errorf("proposal %q", got.Proposal)
				}
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("verdict (-want +got):\n%s", diff)
			}
		})
	}
}

// FuzzJudge makes histories of any evidence at any distance.
func FuzzJudge(f *testing.F) {
	for seed := range uint64(20) {
		f.Add(seed, uint8(seed*7))
	}
	words := []string{"ok", "moved", "newer", "404", "410", "parked", "soft", "home", "403", "429", "wall", "robots", "503", "nohost", "expired", "timeout"}
	f.Fuzz(func(t *testing.T, seed uint64, n uint8) {
		random := rand.New(rand.NewPCG(seed, uint64(n))) //nolint:gosec // not a secret
		at := start()
		var all []linkhealth.Evidence
		for range n {
			at = at.Add(time.Duration(random.Int64N(int64(4 * 24 * time.Hour))))
			e := evidence(t, words[random.IntN(len(words))])
			e.At = at
			all = append(all, e)
			got := linkhealth.Judge(all, at)
			holds(t, all, got)
			if trimmed := linkhealth.Judge(linkhealth.Trim(all), at); trimmed.State != got.State || !trimmed.Since.Equal(got.Since) || trimmed.Reason != got.Reason {
				t.Fatalf("trimmed %+v, want %+v", trimmed, got)
			}
		}
		if kept := linkhealth.Trim(all); len(kept) > 102 {
			t.Fatalf("%d kept", len(kept))
		}
	})
}

// holds checks what must be true of any history and its verdict.
func holds(t *testing.T, all []linkhealth.Evidence, v linkhealth.Verdict) {
	t.Helper()
	last := all[len(all)-1]
	if last.Class == linkhealth.Alive && (v.State != linkhealth.OK && v.State != linkhealth.Moved) {
		t.Fatalf("%s after a success", v.State)
	}
	if v.State == linkhealth.Moved != (v.Proposal != "") {
		t.Fatalf("%s with proposal %q", v.State, v.Proposal)
	}
	if v.Since.After(last.At) || v.Since.IsZero() {
		t.Fatalf("since %s, last evidence of %s", v.Since, last.At)
	}
	if v.State != linkhealth.Dead {
		return
	}
	failures, first := 0, time.Time{}
	for _, e := range all {
		switch e.Class {
		case linkhealth.Alive:
			failures = 0
		case linkhealth.Refused, linkhealth.Unknown, linkhealth.Home:
		default:
			if failures++; failures == 1 {
				first = e.At
			}
		}
	}
	if failures < 2 || last.At.Sub(first) < 24*time.Hour {
		t.Fatalf("dead by %d failures since %s, the last evidence of %s", failures, first, last.At)
	}
}

func TestTrimKeepsLittle(t *testing.T) {
	all := history(t, "0d 404, 1d ok, 2d 403, 3d ok, 4d ok")
	for range 300 {
		e := evidence(t, "404")
		e.At = all[len(all)-1].At.Add(24 * time.Hour)
		all = append(all, e)
	}
	kept := linkhealth.Trim(all)
	if len(kept) != 102 || !kept[0].At.Equal(all[1].At) || !kept[1].At.Equal(all[4].At) || !kept[2].At.Equal(all[5].At) || !kept[101].At.Equal(all[304].At) {
		t.Errorf("%d kept, from %s; want 102: the ends of the row of successes, the first failure, the last 99", len(kept), kept[0].At)
	}
	if kept := linkhealth.Trim(nil); len(kept) != 0 {
		t.Errorf("%d kept of nothing", len(kept))
	}
}

func TestOutage(t *testing.T) {
	checks := func(n int, before, found string) (made []linkhealth.Check) {
		for range n {
			c := linkhealth.Check{Found: evidence(t, found)}
			if before != "" {
				c.Before = evidence(t, before)
			}
			made = append(made, c)
		}
		return made
	}
	join := func(parts ...[]linkhealth.Check) (all []linkhealth.Check) {
		for _, p := range parts {
			all = append(all, p...)
		}
		return all
	}
	for name, c := range map[string]struct {
		run  []linkhealth.Check
		want bool
	}{
		"no check":                         {nil, false},
		"four that fail":                   {checks(4, "ok", "timeout"), false},
		"five that fail":                   {checks(5, "ok", "timeout"), true},
		"five of ten":                      {join(checks(5, "ok", "nohost"), checks(5, "ok", "ok")), false},
		"six of eleven":                    {join(checks(6, "", "nohost"), checks(5, "ok", "404")), true},
		"a portal that wants a click":      {checks(9, "ok", "expired"), true},
		"a site that is gone":              {checks(9, "ok", "404"), false},
		"a server in trouble":              {checks(9, "ok", "503"), false},
		"suspects that fail as before":     {checks(9, "nohost", "nohost"), false},
		"suspects among those that do":     {join(checks(9, "nohost", "nohost"), checks(5, "ok", "ok")), false},
		"suspects, and all others as well": {join(checks(9, "nohost", "nohost"), checks(5, "ok", "timeout")), true},
	} {
		if got := linkhealth.Outage(c.run); got != c.want {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}
