package notify

import (
	"context"
	"crypto/x509"
	"net/mail"
	"time"

	"ingest/cmd/ingest/internal/daemon"
)

// SpeaksTLSFirst says whether a server is spoken to in TLS from the first byte.
func SpeaksTLSFirst(m Mail) (bool, error) {
	made, err := newMailer(m, nil, time.Now)
	return err == nil && made.tlsFirst, err
}

// SendTLSFirst sends a mail as to port 465, which a test cannot listen on.
func SendTLSFirst(ctx context.Context, m Mail, roots *x509.CertPool, text string) error {
	made, err := newMailer(m, roots, time.Now)
	if err != nil {
		return err
	}
	made.tlsFirst = true
	return made.send(ctx, digest{headline: "ingest", text: text})
}

// Letter is the mail that tells of a run, and its text.
func Letter(name string, r daemon.Run, from, to string) (raw []byte, text string, err error) {
	var m memory
	m.observe(r)
	d := m.digest(m.occasion(time.Now()), line(name, maxName), "https://ingest.example.org")
	raw, err = message(&mail.Address{Address: from}, []*mail.Address{{Address: to}}, d, time.Now())
	return raw, d.text, err
}
