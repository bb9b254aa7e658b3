package notify

import (
	"net/mail"
	"time"

	"ingest/cmd/ingest/internal/daemon"
)

// Letter is the mail that tells of a run, and its text.
func Letter(name string, r daemon.Run, from, to string) (raw []byte, text string, err error) {
	var m memory
	m.observe(r)
	d := m.digest(m.occasion(time.Now()), line(name, maxName), "https://ingest.example.org")
	raw, err = message(&mail.Address{Address: from}, []*mail.Address{{Address: to}}, d, time.Now())
	return raw, d.text, err
}
