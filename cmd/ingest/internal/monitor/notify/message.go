package notify

import (
	"bytes"
	"crypto/rand"
	"fmt"
	"mime"
	"mime/quotedprintable"
	"net/mail"
	"strings"
	"time"
)

// message is a mail as it goes over the wire (RFC 5322, RFC 2045). No header takes a
// word from outside as it is: addresses were read and are written anew, the subject is
// encoded where it holds anything but printable ASCII. Lines of the text have 76
// characters at most.
func message(from *mail.Address, to []*mail.Address, d digest, now time.Time) ([]byte, error) {
	var b bytes.Buffer
	header := func(name, value string) { fmt.Fprintf(&b, "%s: %s\r\n", name, value) }
	recipients := make([]string, len(to))
	for i, a := range to {
		recipients[i] = a.String()
	}
	header("From", from.String())
	header("To", strings.Join(recipients, ",\r\n "))
	header("Subject", subject(d.headline))
	header("Date", now.Format(time.RFC1123Z))
	header("Message-ID", "<"+rand.Text()+"@"+domainOf(from)+">")
	header("MIME-Version", "1.0")
	header("Content-Type", "text/plain; charset=utf-8")
	header("Content-Transfer-Encoding", "quoted-printable")
	header("Auto-Submitted", "auto-generated") // keeps absence replies away (RFC 3834)
	b.WriteString("\r\n")
	text := quotedprintable.NewWriter(&b)
	if _, err := text.Write([]byte(d.text)); err != nil {
		return nil, err
	}
	if err := text.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// subject encodes and folds: no line is longer than 78 characters.
func subject(text string) string {
	if encoded := mime.QEncoding.Encode("utf-8", text); encoded != text { // words of 75 characters at most
		return "\r\n " + strings.ReplaceAll(encoded, "?= =?", "?=\r\n =?")
	}
	const room = 60
	var b strings.Builder
	length := 0
	for _, word := range strings.Fields(text) {
		switch {
		case length == 0:
		case length+len(word) > room:
			b.WriteString("\r\n ")
			length = 0
		default:
			b.WriteString(" ")
		}
		b.WriteString(word)
		length += len(word) + 1
	}
	return b.String()
}

func domainOf(a *mail.Address) string {
	return a.Address[strings.LastIndexByte(a.Address, '@')+1:]
}
