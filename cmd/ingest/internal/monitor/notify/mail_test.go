package notify_test

import (
	"context"
	"io"
	"mime"
	"mime/quotedprintable"
	"net/mail"
	"slices"
	"strings"
	"testing"
	"time"

	"ingest/cmd/ingest/internal/daemon"
	"ingest/cmd/ingest/internal/monitor/notify"
)

func desk(server string) notify.Mail {
	return notify.Mail{Server: server, From: "Ingest Dienst <ingest@example.org>", To: []string{"Jürgen <jürgen.desk@example.org>", "ops@example.org"}}
}

func TestMail(t *testing.T) {
	p := &post{}
	m := desk(startPost(t, p, "127.0.0.1"))
	m.To[0] = "Jürgen <juergen@example.org>"
	noon := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	log, sent := tellOnce(t, notify.Options{Mail: m, Name: "Ärzte-Seite", PublicURL: "https://ingest.example.org", Now: func() time.Time { return noon }})
	if !slices.Equal(sent, []string{"mail ok"}) || len(p.mails) != 1 {
		t.Fatalf("sent %v, %d came, logged %s", sent, len(p.mails), log)
	}
	got := p.mails[0]
	if got.from != "ingest@example.org" || !slices.Equal(got.to, []string{"juergen@example.org", "ops@example.org"}) {
		t.Errorf("from %s to %v", got.from, got.to)
	}
	for line := range strings.Lines(got.text) {
		if !strings.HasSuffix(line, "\r\n") || len(line) > 80 {
			t.Errorf("a line of %d characters: %q", len(line), line)
		}
	}
	letter, err := mail.ReadMessage(strings.NewReader(got.text))
	if err != nil {
		t.Fatal(err)
	}
	subject, err := new(mime.WordDecoder).DecodeHeader(letter.Header.Get("Subject"))
	if err != nil || subject != "Ärzte-Seite: 1 work package failed" {
		t.Errorf("subject %q (%v)", subject, err)
	}
	if date, err := letter.Header.Date(); err != nil || !date.Equal(noon) {
		t.Errorf("date %s (%v), want %s", date, err, noon)
	}
	if to, err := letter.Header.AddressList("To"); err != nil || len(to) != 2 || to[0].Name != "Jürgen" {
		t.Errorf("to %v (%v)", to, err)
	}
	if id := letter.Header.Get("Message-ID"); !strings.HasPrefix(id, "<") || !strings.HasSuffix(id, "@example.org>") {
		t.Errorf("message id %q", id)
	}
	if letter.Header.Get("Content-Type") != "text/plain; charset=utf-8" || letter.Header.Get("MIME-Version") != "1.0" {
		t.Errorf("headers %v", letter.Header)
	}
	text, err := io.ReadAll(quotedprintable.NewReader(letter.Body))
	if err != nil || !strings.Contains(string(text), "Work package 1, Subject 1\r\n  page not found\r\n  Hint: mend the link\r\n  https://ingest.example.org/entries/1\r\n") {
		t.Errorf("text %q (%v)", text, err)
	}
}

func TestMailWithEncryptionAndLogin(t *testing.T) {
	config, roots := certificate(t)
	p := &post{starttls: config, login: "ana hunter2"}
	m := desk(startPost(t, p, "127.0.0.1"))
	m.To = m.To[1:]
	m.Username, m.Password = "ana", "hunter2"
	if _, sent := tellOnce(t, notify.Options{Mail: m, RootCAs: roots}); !slices.Equal(sent, []string{"mail ok"}) || len(p.mails) != 1 || !p.mails[0].encrypted || p.mails[0].user != "ana" {
		t.Errorf("sent %v, %+v came", sent, p.mails)
	}
	m.Password = "wrong"
	log, sent := tellOnce(t, notify.Options{Mail: m, RootCAs: roots})
	if !slices.Equal(sent, []string{"mail failed"}) || !strings.Contains(log, "login") || !strings.Contains(log, "hint=") || strings.Contains(log, "wrong") {
		t.Errorf("wrong password: sent %v, logged %s", sent, log)
	}
	if log, sent = tellOnce(t, notify.Options{Mail: m}); !slices.Equal(sent, []string{"mail failed"}) || !strings.Contains(log, "certificate") {
		t.Errorf("unknown authority: sent %v, logged %s", sent, log)
	}
}

func TestPort465SpeaksTLSFirst(t *testing.T) {
	for server, want := range map[string]bool{"mail.example.org:465": true, "[2001:db8::1]:465": true, "mail.example.org:587": false, "mail.example.org:25": false, "465:587": false} {
		if got, err := notify.SpeaksTLSFirst(desk(server)); got != want || err != nil {
			t.Errorf("%s: %v (%v), want %v", server, got, err, want)
		}
	}
}

func TestMailByTLSFirst(t *testing.T) {
	config, roots := certificate(t)
	p := &post{tlsFirst: config, login: "ana hunter2"}
	m := desk(startPost(t, p, "127.0.0.1"))
	m.To = m.To[1:]
	m.Username, m.Password = "ana", "hunter2"
	if err := notify.SendTLSFirst(t.Context(), m, roots, "The disk is full.\n"); err != nil {
		t.Fatal(err)
	}
	if len(p.mails) != 1 || !p.mails[0].encrypted || p.mails[0].user != "ana" || !slices.Equal(p.mails[0].to, m.To) || !strings.HasSuffix(p.mails[0].text, "\r\n\r\nThe disk is full.\r\n") {
		t.Errorf("%+v came", p.mails)
	}
	if err := notify.SendTLSFirst(t.Context(), m, nil, ""); err == nil || !strings.Contains(err.Error(), "certificate") {
		t.Errorf("unknown authority: %v", err)
	}
	m.Server = startPost(t, &post{login: "ana hunter2"}, "127.0.0.1") // which speaks first, in clear
	if err := notify.SendTLSFirst(t.Context(), m, roots, ""); err == nil || !strings.Contains(err.Error(), "TLS") || strings.Contains(err.Error(), "hunter2") {
		t.Errorf("no TLS: %v", err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	m.Server = startPost(t, &post{silent: true}, "127.0.0.1")
	if err := notify.SendTLSFirst(ctx, m, roots, ""); err == nil || !strings.Contains(err.Error(), "no answer in time") {
		t.Errorf("silence: %v", err)
	}
	if len(p.mails) != 1 {
		t.Errorf("%d mails came, want one", len(p.mails))
	}
}

// A server on another machine gets no password without encryption, whatever it offers.
func TestPasswordIsNotGivenAway(t *testing.T) {
	p := &post{login: "ana hunter2"}
	m := desk(startPost(t, p, "127.0.0.2")) // which net/smtp does not take for this machine
	m.To = m.To[1:]
	m.Username, m.Password = "ana", "hunter2"
	log, sent := tellOnce(t, notify.Options{Mail: m})
	if !slices.Equal(sent, []string{"mail failed"}) || len(p.mails) != 0 || !strings.Contains(log, "unencrypted") || strings.Contains(log, "hunter2") {
		t.Errorf("sent %v, %d came, logged %s", sent, len(p.mails), log)
	}
}

func TestServerWithoutLogin(t *testing.T) {
	p := &post{}
	m := desk(startPost(t, p, "127.0.0.1"))
	m.Username = "ana"
	if log, sent := tellOnce(t, notify.Options{Mail: m}); !slices.Equal(sent, []string{"mail failed"}) || !strings.Contains(log, "takes no login") {
		t.Errorf("sent %v, logged %s", sent, log)
	}
}

// Who is left out is an error; the others are not told again for that.
func TestRecipientThatIsNotKnown(t *testing.T) {
	p := &post{refuse: "old@example.org"}
	m := desk(startPost(t, p, "127.0.0.1"))
	m.To = []string{"old@example.org", "ops@example.org"}
	var store facts
	log, sent := tellOnce(t, notify.Options{Mail: m, Facts: &store})
	if len(p.mails) != 1 || !slices.Equal(p.mails[0].to, []string{"ops@example.org"}) || !strings.Contains(log, "old@example.org") || !slices.Equal(sent, []string{"mail failed"}) {
		t.Errorf("sent %v, %+v came, logged %s", sent, p.mails, log)
	}
	if !strings.Contains(store.value, `"failing":true`) {
		t.Errorf("remembers %s, want that people were told", store.value)
	}
	p.refuse, m.To = "ops@example.org", []string{"ops@example.org"}
	store = facts{}
	if _, _ = tellOnce(t, notify.Options{Mail: m, Facts: &store}); strings.Contains(store.value, `"failing":true`) {
		t.Errorf("remembers %s, though nobody was told", store.value)
	}
}

func TestOneWayThatWorksIsEnough(t *testing.T) {
	p := &post{}
	m := desk(startPost(t, p, "127.0.0.1"))
	m.To = m.To[1:]
	var store facts
	_, sent := tellOnce(t, notify.Options{Webhook: "http://127.0.0.1:1/", Mail: m, Facts: &store})
	if !slices.Equal(sent, []string{"webhook failed", "mail ok"}) || !strings.Contains(store.value, `"failing":true`) {
		t.Errorf("sent %v, remembers %s", sent, store.value)
	}
}

func TestSilentServerDoesNotHoldUpTheEnd(t *testing.T) {
	m := desk(startPost(t, &post{silent: true}, "127.0.0.1"))
	m.To = m.To[1:]
	began := time.Now()
	_, sent := tellOnce(t, notify.Options{Mail: m, Flush: 100 * time.Millisecond})
	if took := time.Since(began); took > 10*time.Second || !slices.Equal(sent, []string{"mail failed"}) {
		t.Errorf("sent %v after %s", sent, took)
	}
}

// FuzzMail: whatever a subject of a work package and an error say, the mail has its
// own headers and no others, its lines are short, and nothing but the digest is in it.
func FuzzMail(f *testing.F) {
	f.Add("name", "Read: tide clocks", "page not found")
	f.Add("näme\r\nBcc: x@example.org", "<!channel>\r\n.\r\nQUIT", "\r\n\r\n\xff\x00\u202e")
	f.Add(strings.Repeat("a", 300), strings.Repeat("ü ", 1000), strings.Repeat("=", 500))
	f.Fuzz(func(t *testing.T, name, subject, failed string) {
		r := run(daemon.Full, failure(1))
		r.Report.Items[0].Subject, r.Report.Items[0].Error = subject, failed
		raw, want, err := notify.Letter(name, r, "ingest@example.org", "desk@example.org")
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(raw)) {
			if !strings.HasSuffix(line, "\r\n") && line != "" && strings.HasSuffix(line, "\n") || len(line) > 80 {
				t.Fatalf("line %q", line)
			}
		}
		letter, err := mail.ReadMessage(strings.NewReader(string(raw)))
		if err != nil {
			t.Fatalf("%v in %q", err, raw)
		}
		if len(letter.Header) != 9 {
			t.Fatalf("headers %v", letter.Header)
		}
		text, err := io.ReadAll(quotedprintable.NewReader(letter.Body))
		if got := strings.ReplaceAll(string(text), "\r\n", "\n"); err != nil || got != want {
			t.Fatalf("text %q (%v), want %q", got, err, want)
		}
	})
}
