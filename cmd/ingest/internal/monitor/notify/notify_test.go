package notify_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"ingest/cmd/ingest/internal/daemon"
	"ingest/cmd/ingest/internal/monitor/notify"
	"ingest/enrich/linkhealth"
	"ingest/pipeline"
	"ingest/pipeline/hint"
	"ingest/pipeline/state"
)

var _ daemon.Watcher = (*notify.Notifier)(nil)

const secret = "https://hooks.example.com/services/T000/GEHEIM"

// chat is the other end of a webhook, without a network: it works in a bubble.
type chat struct {
	mu     sync.Mutex
	texts  []string
	answer func(*http.Request) (int, error) // nil is 200
}

func (c *chat) RoundTrip(r *http.Request) (*http.Response, error) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	status := http.StatusOK
	c.mu.Lock()
	answer := c.answer
	c.mu.Unlock()
	if answer != nil {
		if status, err = answer(r); err != nil {
			return nil, err
		}
	}
	if status == http.StatusOK {
		var m map[string]string
		if err := json.Unmarshal(body, &m); err != nil {
			return nil, err
		}
		c.mu.Lock()
		c.texts = append(c.texts, m["text"])
		c.mu.Unlock()
	}
	return &http.Response{StatusCode: status, Body: http.NoBody, Header: http.Header{}, Request: r}, nil
}

// well lets it answer 200 from now on.
func (c *chat) well() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.answer = nil
}

// headlines are the first lines of what was told since the last call.
func (c *chat) headlines() (lines []string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, text := range c.texts {
		first, _, _ := strings.Cut(text, "\n")
		lines = append(lines, first)
	}
	c.texts = nil
	return lines
}

// service is a notifier at work in a bubble.
type service struct {
	*notify.Notifier
	chat *chat
	log  *bytes.Buffer
	stop func()
}

// begin starts a notifier; o has what is special.
func begin(t *testing.T, c *chat, o notify.Options) *service {
	t.Helper()
	s := &service{chat: c, log: &bytes.Buffer{}}
	o.Webhook, o.Client, o.PublicURL = secret, &http.Client{Transport: c}, "https://ingest.example.org/"
	o.Logger = slog.New(slog.NewTextHandler(s.log, nil))
	var err error
	if s.Notifier, err = notify.New(o); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		s.Run(ctx)
	}()
	s.stop = sync.OnceFunc(func() {
		cancel()
		<-ended
	})
	t.Cleanup(s.stop)
	return s
}

// ends lets a run end and compares what is told of it.
func (s *service) ends(t *testing.T, r daemon.Run, want ...string) {
	t.Helper()
	s.Ended(r)
	synctest.Wait()
	s.told(t, want...)
}

func (s *service) told(t *testing.T, want ...string) {
	t.Helper()
	if got := s.chat.headlines(); !slices.Equal(got, want) {
		t.Errorf("told %q, want %q", got, want)
	}
}

// run is one that came to its end with these failures; others were updated.
func run(kind daemon.Kind, items ...pipeline.ItemReport) daemon.Run {
	report := &pipeline.Report{Counts: map[pipeline.Outcome]int{}, Items: items}
	for _, item := range items {
		report.Counts[item.Outcome]++
	}
	return daemon.Run{ID: "20261122T020000.000-1", Request: daemon.Request{Kind: kind, Trigger: hint.Schedule}, State: daemon.Done, Report: report}
}

func failure(id int64) pipeline.ItemReport {
	return pipeline.ItemReport{ID: id, Subject: fmt.Sprintf("Subject %d", id), Outcome: pipeline.Failed, Error: "page not found", Hint: "mend the link"}
}

func success(id int64) pipeline.ItemReport {
	return pipeline.ItemReport{ID: id, Outcome: pipeline.Updated}
}

func stopped(kind daemon.Kind) daemon.Run {
	r := run(kind)
	r.State, r.Error, r.Advice = daemon.Stopped, "the disk is full", "make room"
	return r
}

func TestPeopleAreToldOfChanges(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := begin(t, &chat{}, notify.Options{})
		s.ends(t, run(daemon.Incremental, success(1)))
		s.ends(t, run(daemon.Incremental, failure(1), success(2)), "ingest: 1 work package failed")
		s.ends(t, run(daemon.Incremental, failure(1)))
		s.ends(t, run(daemon.Named, failure(7)))
		time.Sleep(23 * time.Hour)
		s.ends(t, run(daemon.Incremental, failure(1)))
		time.Sleep(time.Hour)
		synctest.Wait()
		s.told(t, "ingest: 1 work package failed") // 7
		s.ends(t, stopped(daemon.Full), "ingest: 1 run was stopped")
		time.Sleep(48 * time.Hour)
		s.ends(t, run(daemon.Incremental, failure(1), failure(7))) // nothing that they do not know
		s.ends(t, run(daemon.Named, success(1), success(7)))       // the full run is still a trouble
		s.ends(t, run(daemon.Full), "ingest: all is well again")
		s.ends(t, run(daemon.Named, failure(9)), "ingest: 1 work package failed")
		s.ends(t, run(daemon.Full, success(10)), "ingest: all is well again") // 9 is gone from the tracker
	})
}

// That a work package failed before does not hide that runs are stopped, nor that they
// come to their end again.
func TestGraverTroubleIsToldAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var store state.Memory
		c := &chat{}
		s := begin(t, c, notify.Options{Facts: &store})
		s.ends(t, run(daemon.Incremental, failure(1)), "ingest: 1 work package failed")
		s.ends(t, stopped(daemon.Incremental), "ingest: 1 run was stopped")
		s.ends(t, stopped(daemon.Incremental))
		s.ends(t, run(daemon.Named, failure(2)))
		s.stop()
		s = begin(t, c, notify.Options{Facts: &store})
		for range 5 { // what comes and goes is told once an hour
			s.ends(t, run(daemon.Incremental, failure(1)))
			s.ends(t, stopped(daemon.Incremental))
		}
		time.Sleep(time.Hour)
		s.ends(t, run(daemon.Incremental, failure(1)), "ingest: no run is stopped any more, 1 work package failed") // 2 is news
		s.ends(t, run(daemon.Incremental, success(1), success(2)), "ingest: all is well again")
	})
}

// What the tracker does not show is tried by no later run, which could show that it is over.
func TestUnreadWorkPackageIsNoTrouble(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := begin(t, &chat{}, notify.Options{})
		mistyped := failure(39600)
		mistyped.Unread = true
		s.ends(t, run(daemon.Named, mistyped))
		s.ends(t, run(daemon.Named, failure(1)), "ingest: 1 work package failed")
		hidden := failure(1)
		hidden.Unread = true
		s.ends(t, run(daemon.Named, hidden))
		s.ends(t, run(daemon.Incremental, success(1)), "ingest: all is well again")
	})
}

func TestWhatIsNobodysFault(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := begin(t, &chat{}, notify.Options{})
		cut := stopped(daemon.Full)
		cut.Report.Interrupted = true
		s.ends(t, cut)
		dry := stopped(daemon.Full)
		dry.DryRun = true
		s.ends(t, dry)
	})
}

func TestWhichRunProvesWhich(t *testing.T) {
	cases := []struct {
		broken, good daemon.Kind
		well         bool
	}{
		{daemon.Full, daemon.Full, true}, {daemon.Incremental, daemon.Full, true}, {daemon.Named, daemon.Incremental, true}, {daemon.Links, daemon.Links, true},
		{daemon.Full, daemon.Incremental, false}, {daemon.Incremental, daemon.Named, false}, {daemon.Links, daemon.Full, false}, {daemon.Full, daemon.Links, false},
	}
	for _, c := range cases {
		t.Run(fmt.Sprintf("%s after %s", c.good, c.broken), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := begin(t, &chat{}, notify.Options{})
				s.ends(t, stopped(c.broken), "ingest: 1 run was stopped")
				if c.well {
					s.ends(t, run(c.good), "ingest: all is well again")
				} else {
					s.ends(t, run(c.good))
				}
			})
		})
	}
}

func TestSkippedAndMissedRuns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var missed atomic.Pointer[[]notify.Missed]
		missed.Store(&[]notify.Missed{})
		s := begin(t, &chat{}, notify.Options{Missed: func(time.Time) []notify.Missed { return *missed.Load() }})
		skipped := run(daemon.Full)
		skipped.State, skipped.Report, skipped.Error = daemon.Skipped, nil, "run 7 was still active"
		s.ends(t, skipped, "ingest: 1 run was skipped")
		s.ends(t, skipped)
		s.ends(t, run(daemon.Full), "ingest: all is well again")
		missed.Store(&[]notify.Missed{{Schedule: "0 2 * * * (full)", Kind: daemon.Full, Due: time.Now()}})
		time.Sleep(3 * time.Minute)
		synctest.Wait()
		s.told(t, "ingest: 1 scheduled run was missed")
		missed.Store(&[]notify.Missed{})
		time.Sleep(time.Minute)
		synctest.Wait()
		s.told(t, "ingest: all is well again")
	})
}

func link(id int64, was, is linkhealth.State) pipeline.LinkItem {
	return pipeline.LinkItem{ID: id, Subject: "Tide clocks", URL: fmt.Sprintf("https://example.org/%d", id), Was: was, Verdict: linkhealth.Verdict{State: is, Reason: "410 Gone"},
		Archived: &linkhealth.Copy{URL: "https://archive.example/1"}}
}

func links(items ...pipeline.LinkItem) daemon.Run {
	r := run(daemon.Links)
	r.Report.Links = &pipeline.LinkReport{Checked: len(items), Items: items}
	return r
}

func TestLinksAreToldOfWhenTheyDie(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := begin(t, &chat{}, notify.Options{})
		s.ends(t, links(link(1, linkhealth.Suspect, linkhealth.Dead), link(2, linkhealth.OK, linkhealth.Suspect), link(3, linkhealth.Dead, linkhealth.Dead)), "ingest: 1 link died")
		s.ends(t, links(link(1, linkhealth.Dead, linkhealth.Dead)))
		s.ends(t, run(daemon.Full, failure(4)), "ingest: 1 work package failed") // dead links do not stand in its way
		s.ends(t, links(link(5, linkhealth.OK, linkhealth.Dead), link(6, linkhealth.OK, linkhealth.Dead)), "ingest: 2 links died")
		s.ends(t, run(daemon.Full), "ingest: all is well again")
	})
}

func TestDigest(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := &chat{}
		s := begin(t, c, notify.Options{Name: "Medigy desk"})
		r := run(daemon.Full, failure(3960), success(1), success(2))
		r.Report.Links = links(link(12, linkhealth.Suspect, linkhealth.Dead)).Report.Links
		s.Ended(r)
		synctest.Wait()
		want := `Medigy desk: 1 work package failed, 1 link died
Run 20261122T020000.000-1 (full, by schedule): done, 2 updated, 1 failed, 1 links checked

Work package 3960, Subject 3960
  page not found
  Hint: mend the link
  https://ingest.example.org/entries/3960

1 link died

Work package 12, Tide clocks
  https://example.org/12 is dead: 410 Gone
  Hint: an archived copy is at https://archive.example/1
  https://ingest.example.org/entries/12

https://ingest.example.org/
`
		if len(c.texts) != 1 || c.texts[0] != want {
			t.Errorf("got\n%s\nwant\n%s", c.texts, want)
		}
	})
}

func TestWordsFromOutsideStayWords(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := &chat{}
		s := begin(t, c, notify.Options{})
		s.Ended(run(daemon.Full, pipeline.ItemReport{ID: 1, Outcome: pipeline.Failed, Subject: "<!channel> @Here & <https://evil.example|click>\r\nWork package 2\u202e\x1b[31m",
			Error: strings.Repeat("ä", 10_000)}))
		synctest.Wait()
		text := c.texts[0]
		for _, bad := range []string{"<", "@Here", "\r", "\u202e", "\x1b", "\nWork package 2"} {
			if strings.Contains(text, bad) {
				t.Errorf("%q holds %q", text, bad)
			}
		}
		if !strings.Contains(text, "&lt;!channel&gt; @\u200bHere &amp; ") || len(text) > 2000 {
			t.Errorf("got %q", text)
		}
	})
}

func TestManyFailures(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var store state.Memory
		c := &chat{}
		s := begin(t, c, notify.Options{Facts: &store})
		var items []pipeline.ItemReport
		for id := range int64(20_000) {
			items = append(items, failure(id+1))
		}
		s.Ended(run(daemon.Full, items...))
		synctest.Wait()
		text := c.texts[0]
		if strings.Count(text, "\nWork package") != 10 || !strings.Contains(text, "more than 5000 failed in all") || !strings.Contains(text, "And 4990 more.") {
			t.Errorf("got\n%s", text)
		}
		if fact, err := store.Fact(t.Context(), "notify"); err != nil || len(fact) > 1<<19 {
			t.Errorf("remembers %d bytes (%v), want half a megabyte at most", len(fact), err)
		}
		c.headlines()
		s.ends(t, run(daemon.Incremental, items...)) // the same ones, once more
		if fact, err := store.Fact(t.Context(), "notify"); err != nil || len(fact) > 1<<19 {
			t.Errorf("remembers %d bytes (%v) after the second run, want half a megabyte at most", len(fact), err)
		}
		for i := range items {
			items[i] = success(items[i].ID)
		}
		s.ends(t, run(daemon.Incremental, items...)) // of those that were not kept, nobody knows
		s.ends(t, run(daemon.Full, items...), "ingest: all is well again")
	})
}

func TestRestartNeitherRepeatsNorSwallows(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var store state.Memory
		c := &chat{}
		begin := func() *service { return begin(t, c, notify.Options{Facts: &store}) }
		s := begin()
		s.ends(t, run(daemon.Full, failure(1)), "ingest: 1 work package failed")
		s.stop()
		s = begin()
		s.ends(t, run(daemon.Incremental, failure(1)))
		s.ends(t, run(daemon.Incremental, failure(2)))
		s.stop()
		time.Sleep(25 * time.Hour)
		s = begin()
		time.Sleep(time.Minute)
		synctest.Wait()
		s.told(t, "ingest: 1 work package failed") // 2, found out before the restart
		s.ends(t, run(daemon.Named, success(1)))
		s.stop()
		s = begin()
		s.ends(t, run(daemon.Named, success(2)), "ingest: all is well again")
	})
}

func TestMissedRunIsNotMendedByARestart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var store state.Memory
		c := &chat{}
		s := begin(t, c, notify.Options{Facts: &store, Missed: func(time.Time) []notify.Missed { return []notify.Missed{{Kind: daemon.Full}} }})
		time.Sleep(time.Minute)
		synctest.Wait()
		s.told(t, "ingest: 1 scheduled run was missed")
		s.stop()
		s = begin(t, c, notify.Options{Facts: &store})
		time.Sleep(time.Hour)
		synctest.Wait()
		s.told(t)
		s.ends(t, run(daemon.Full), "ingest: all is well again")
	})
}

func TestDamagedMemoryBeginsAnew(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var store state.Memory
		if err := store.SetFact(t.Context(), "notify", `{"failing":`); err != nil {
			t.Fatal(err)
		}
		s := begin(t, &chat{}, notify.Options{Facts: &store})
		s.ends(t, run(daemon.Full, failure(1)), "ingest: 1 work package failed")
		s.stop()
		if !strings.Contains(s.log.String(), "level=ERROR") {
			t.Errorf("logged %q", s.log)
		}
	})
}

func TestMessageThatNobodyTakesIsTriedAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var sent []string
		var tries atomic.Int32
		c := &chat{answer: func(*http.Request) (int, error) {
			tries.Add(1)
			return 0, errors.New("connect to " + secret + ": refused")
		}}
		s := begin(t, c, notify.Options{Sent: func(way string, err error) { sent = append(sent, fmt.Sprintf("%s %v", way, err)) }})
		s.ends(t, run(daemon.Full, failure(1)))
		time.Sleep(5 * time.Second)
		if tries.Load() != 2 {
			t.Errorf("tried %d times, want twice", tries.Load())
		}
		s.ends(t, run(daemon.Full, failure(1), failure(2))) // too early for the next try
		time.Sleep(5 * time.Minute)
		if tries.Load() != 2 {
			t.Errorf("tried %d times within five minutes, want twice", tries.Load())
		}
		c.well()
		time.Sleep(6 * time.Minute)
		synctest.Wait()
		s.told(t, "ingest: 2 work packages failed") // what is wrong then
		s.stop()
		if want := []string{"webhook the webhook cannot be reached", "webhook <nil>"}; !slices.Equal(sent, want) {
			t.Errorf("observed %q, want %q", sent, want)
		}
		if log := s.log.String(); strings.Contains(log, "GEHEIM") || strings.Contains(log, "hooks.example.com") || !strings.Contains(log, "message not sent") {
			t.Errorf("logged %s", log)
		}
	})
}

func TestSlowWebhookHoldsUpNoRun(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := &chat{answer: func(r *http.Request) (int, error) { <-r.Context().Done(); return 0, r.Context().Err() }}
		s := begin(t, c, notify.Options{})
		began := time.Now()
		for range 1000 {
			s.Ended(run(daemon.Named, failure(1)))
		}
		if took := time.Since(began); took != 0 {
			t.Errorf("a run waited %s", took)
		}
		time.Sleep(21 * time.Second)
		time.Sleep(2 * time.Second) // 10 s, a pause, 10 s
		c.well()
		time.Sleep(11 * time.Minute)
		synctest.Wait()
		s.told(t, "ingest: 1 work package failed")
		s.stop()
		if log := s.log.String(); !strings.Contains(log, "did not answer in time") || !strings.Contains(log, "too many wait") {
			t.Errorf("logged %s", log)
		}
	})
}

func TestLastRunIsToldAtTheEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := begin(t, &chat{}, notify.Options{})
		s.Ended(run(daemon.Full, success(1)))
		s.Ended(run(daemon.Full, failure(1)))
		s.stop()
		s.told(t, "ingest: 1 work package failed")
	})
}

func TestEndWaitsNoLongerThanFlush(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := &chat{answer: func(r *http.Request) (int, error) { <-r.Context().Done(); return 0, r.Context().Err() }}
		s := begin(t, c, notify.Options{Flush: 3 * time.Second})
		s.Ended(run(daemon.Full, failure(1)))
		synctest.Wait()
		began := time.Now()
		s.stop()
		if took := time.Since(began); took > 3*time.Second {
			t.Errorf("the end took %s, want 3s at most", took)
		}
	})
}

func TestReload(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		first, second := &chat{}, &chat{}
		s := begin(t, first, notify.Options{})
		if err := s.Reload(notify.Options{Webhook: "nonsense"}); err == nil {
			t.Error("a webhook that is no address: no error")
		}
		s.ends(t, run(daemon.Full, failure(1)), "ingest: 1 work package failed")
		if err := s.Reload(notify.Options{Webhook: secret, Client: &http.Client{Transport: second}, Name: "desk"}); err != nil {
			t.Fatal(err)
		}
		s.ends(t, run(daemon.Full))
		s.chat = second
		s.told(t, "desk: all is well again")
	})
}

func TestSettingsThatCannotBeUsed(t *testing.T) {
	good := notify.Mail{Server: "mail.example.org:587", From: "ingest@example.org", To: []string{"desk@example.org"}}
	with := func(change func(*notify.Mail)) notify.Options {
		m := good
		change(&m)
		return notify.Options{Mail: m}
	}
	for name, o := range map[string]notify.Options{
		"webhook without a host":      {Webhook: "https:///GEHEIM"},
		"webhook of another scheme":   {Webhook: "ftp://GEHEIM.example.org"},
		"webhook with a control sign": {Webhook: "https://example.org/GEHEIM\n"},
		"mail server without a port":  with(func(m *notify.Mail) { m.Server = "mail.example.org" }),
		"sender with a second header": with(func(m *notify.Mail) { m.From = "a@example.org\r\nBcc: b@example.org" }),
		"recipient that is none":      with(func(m *notify.Mail) { m.To = []string{"desk"} }),
		"no recipient":                with(func(m *notify.Mail) { m.To = nil }),
	} {
		_, err := notify.New(o)
		var advised interface{ Hint() string }
		if !errors.As(err, &advised) || advised.Hint() == "" || strings.Contains(err.Error(), "GEHEIM") {
			t.Errorf("%s: %v, want an error with a hint and without the secret", name, err)
		}
	}
}

func TestWithoutAnyWay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n, err := notify.New(notify.Options{})
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		go n.Run(ctx)
		n.Ended(run(daemon.Full, failure(1)))
		synctest.Wait()
		cancel()
	})
}
