package access

import (
	"context"
	"crypto/sha256"
	"errors"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"golang.org/x/crypto/bcrypt"

	"ingest/cmd/ingest/internal/config"
)

var morning = time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)

func TestSessionsDropTheLongestIdle(t *testing.T) {
	life := lifetime{absolute: 12 * time.Hour, idle: 4 * time.Hour}
	stands := func(string, proof) bool { return true }
	ss, now := &sessions{}, morning
	busy := ss.begin("busy", proof{}, now, life)
	idle := ss.begin("idle", proof{}, now, life)
	for i := range maxSessions + 100 {
		now = now.Add(time.Second)
		ss.begin("n"+strconv.Itoa(i), proof{}, now, life)
		if p, ok := ss.find(busy, now, life, stands); !ok || p.Name != "busy" {
			t.Fatalf("session %d dropped one that is used", i)
		}
	}
	if _, ok := ss.find(idle, now, life, stands); ok || len(ss.byID) != maxSessions {
		t.Errorf("idle one found: %v; %d sessions, want %d", ok, len(ss.byID), maxSessions)
	}
	ss.begin("late", proof{}, now.Add(5*time.Hour), life)
	if len(ss.byID) != 1 {
		t.Errorf("%d sessions after all were over, want 1", len(ss.byID))
	}
}

func TestOneEditorDoesNotEndTheSessionsOfOthers(t *testing.T) {
	life := lifetime{absolute: 12 * time.Hour, idle: 4 * time.Hour}
	stands := func(string, proof) bool { return true }
	ss, now := &sessions{}, morning
	ana := ss.begin("ana", proof{}, now, life)
	var first, last string
	for i := range 2 * maxSessions {
		now = now.Add(time.Second)
		if last = ss.begin("ben", proof{}, now, life); i == 0 {
			first = last
		}
	}
	if len(ss.byID) != 1+maxSessionsEach {
		t.Errorf("%d sessions, want ana's and %d of ben", len(ss.byID), maxSessionsEach)
	}
	for name, c := range map[string]struct {
		id   string
		want bool
	}{"ana's": {ana, true}, "ben's first": {first, false}, "ben's last": {last, true}} {
		if _, ok := ss.find(c.id, now, life, stands); ok != c.want {
			t.Errorf("%s session found: %v, want %v", name, ok, c.want)
		}
	}
}

func TestSessionsKeepNoID(t *testing.T) {
	ss := &sessions{}
	id := ss.begin("ana", proof{}, morning, lifetime{time.Hour, time.Hour})
	for key := range ss.byID {
		if key != sha256.Sum256([]byte(id)) {
			t.Errorf("kept under %x", key)
		}
	}
}

func TestLimiterIsBoundedAndForgetsTheFullFirst(t *testing.T) {
	l, now := &limiter{burst: 2, every: time.Minute}, morning
	attacked := func() time.Duration { return l.take("ana", now) }
	for i, want := range []time.Duration{0, 0, time.Minute} {
		if got := attacked(); got != want {
			t.Fatalf("attempt %d waits %v, want %v", i, got, want)
		}
	}
	for i := range maxBuckets + 120 {
		if i%50 == 0 {
			now = now.Add(time.Millisecond)
			if attacked() == 0 {
				t.Fatalf("a flood of %d other keys emptied the memory of ana", i)
			}
		}
		l.take(strconv.Itoa(i), now)
	}
	if len(l.full) != maxBuckets {
		t.Errorf("%d buckets, want %d", len(l.full), maxBuckets)
	}
	now = now.Add(time.Hour)
	l.take("next", now)
	if len(l.full) != 1 {
		t.Errorf("%d buckets after all were full again, want 1", len(l.full))
	}
}

// A flood of keys that each take one token does not bring back those of a key that
// was emptied, though nobody tried that one meanwhile.
func TestLimiterKeepsWhatWasEmptied(t *testing.T) {
	l, now := &limiter{burst: 2, every: time.Hour}, morning
	l.take("ana", now)
	l.take("ana", now)
	for i := range maxBuckets + 120 {
		now = now.Add(time.Millisecond)
		l.take(strconv.Itoa(i), now)
	}
	if got := l.take("ana", now); got == 0 {
		t.Error("a flood of other keys emptied the memory of ana")
	}
}

func TestLimiterTakesBackNoMoreThanItGave(t *testing.T) {
	l, now := &limiter{burst: 2, every: time.Minute}, morning
	l.give("x", 1) // nothing was taken
	for range 3 {
		if got := l.take("x", now); got != 0 {
			t.Fatalf("wait %v for a token that was given back", got)
		}
		l.give("x", 1)
	}
	now = now.Add(time.Minute)
	l.give("x", 5)
	for i, want := range []time.Duration{0, 0, time.Minute} {
		if got := l.take("x", now); got != want {
			t.Errorf("attempt %d waits %v, want %v", i, got, want)
		}
	}
}

func TestLimiterRefills(t *testing.T) {
	l, now := &limiter{burst: 3, every: 10 * time.Second}, morning
	for range 3 {
		l.take("x", now)
	}
	now = now.Add(4 * time.Second)
	for range 5 { // being refused costs nothing
		if got := l.take("x", now); got != 6*time.Second {
			t.Fatalf("wait %v, want 6s", got)
		}
	}
	if got := l.take("x", now.Add(6*time.Second)); got != 0 {
		t.Errorf("wait %v after the wait", got)
	}
}

func TestDeviceCookie(t *testing.T) {
	hash := []byte("$2a$12$hash")
	cookie := newDevice("ana", hash, morning)
	if id, ok := knownDevice(cookie, "ana", hash, morning.Add(deviceAge-time.Second)); !ok || id == "" {
		t.Error("a fresh cookie is not known")
	}
	for name, known := range map[string]bool{
		"another editor":   knows(cookie, "ben", hash, morning),
		"another password": knows(cookie, "ana", []byte("$2a$12$other"), morning),
		"too old":          knows(cookie, "ana", hash, morning.Add(deviceAge)),
		"changed":          knows("x"+cookie, "ana", hash, morning),
		"cut":              knows(cookie[:len(cookie)-1], "ana", hash, morning),
		"empty":            knows("", "ana", hash, morning),
		"dots":             knows("..", "ana", hash, morning),
	} {
		if known {
			t.Errorf("%s: known", name)
		}
	}
}

func knows(cookie, name string, hash []byte, now time.Time) bool {
	_, ok := knownDevice(cookie, name, hash, now)
	return ok
}

// FuzzCookies: only what was sealed here opens.
func FuzzCookies(f *testing.F) {
	s, err := newSealer()
	if err != nil {
		f.Fatal(err)
	}
	a := newAttempt("/entries/1?a=b&c", morning)
	hash := []byte(randomText()) // every process of the fuzzer has its own
	sealed, device := s.seal(a), newDevice("ana", hash, morning)
	if len(sealed) > maxCookie {
		f.Fatalf("%d bytes", len(sealed))
	}
	if got, err := s.open(sealed, morning.Add(attemptAge-time.Second)); err != nil || got.state != a.state || got.nonce != a.nonce || got.verifier != a.verifier || got.next != a.next {
		f.Fatalf("%+v, %v", got, err)
	}
	if _, err := s.open(sealed, morning.Add(attemptAge)); err == nil {
		f.Fatal("open after its time")
	}
	for _, seed := range []string{sealed, sealed[1:], device, "a.1.b", "", "a.9999999999999999999999.b"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, cookie string) {
		if got, err := s.open(cookie, morning); err == nil && (got.state != a.state || got.next != a.next) {
			t.Errorf("%q opened as %+v", cookie, got)
		}
		if _, ok := knownDevice(cookie, "ana", hash, morning); ok && cookie != device {
			t.Errorf("%q is a known device", cookie)
		}
	})
}

func TestStrangersDoNotTakeTheTurnOfKnownBrowsers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var wrong mistakes
		p := newPasswords(nil, bcrypt.MinCost, &wrong)
		p.strangers <- struct{}{} // somebody computes, for ever
		begun := time.Now()
		if _, err := p.check(t.Context(), "ana", "x", false); !errors.Is(err, errBusy) || time.Since(begun) != hashPatience {
			t.Errorf("a second stranger: %v after %v, want %v after %v", err, time.Since(begun), errBusy, hashPatience)
		}
		for range 2 {
			if ok, err := p.check(t.Context(), "ana", "x", true); ok || err != nil {
				t.Errorf("a known browser: %v, %v", ok, err)
			}
		}
	})
}

func TestBusyLoginIsToldWhenToComeBack(t *testing.T) {
	hash, err := hashPassword("a long password", bcrypt.MinCost)
	if err != nil {
		t.Fatal(err)
	}
	g, err := NewCheap(Options{Users: []User{{Name: "ana", PasswordHash: config.Secret(hash)}}})
	if err != nil {
		t.Fatal(err)
	}
	g.passwords.strangers <- struct{}{}
	ctx, cancel := context.WithCancel(t.Context())
	cancel() // stands for the five seconds
	r := httptest.NewRequestWithContext(ctx, http.MethodPost, "/login", strings.NewReader("name=ana&password=x"))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	w := httptest.NewRecorder()
	g.login(w, r)
	if w.Code != http.StatusServiceUnavailable || w.Header().Get("Retry-After") != "2" {
		t.Errorf("%d, Retry-After %q", w.Code, w.Header().Get("Retry-After"))
	}
}
