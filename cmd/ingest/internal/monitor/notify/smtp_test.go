package notify_test

import (
	"bufio"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"fmt"
	"io"
	"net"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
)

// post is a mail server of few words (RFC 5321, RFC 3207, RFC 4954).
type post struct {
	listener net.Listener
	starttls *tls.Config // nil offers none
	tlsFirst *tls.Config // spoken from the first byte, as at port 465; nil is not
	login    string      // "user password"; "" offers none
	refuse   string      // a recipient that it does not know
	silent   bool        // takes connections and says nothing

	mu    sync.Mutex
	mails []letter
	serve sync.WaitGroup
}

type letter struct {
	from      string
	to        []string
	text      string
	encrypted bool
	user      string // who logged in
}

// startPost listens on a loopback address.
func startPost(t *testing.T, p *post, host string) string {
	t.Helper()
	var err error
	if p.listener, err = net.Listen("tcp", net.JoinHostPort(host, "0")); err != nil {
		t.Skipf("no loopback address %s here: %v", host, err)
	}
	p.serve.Go(func() {
		for {
			conn, err := p.listener.Accept()
			if err != nil {
				return
			}
			p.serve.Go(func() { p.converse(conn) })
		}
	})
	t.Cleanup(func() {
		_ = p.listener.Close()
		p.serve.Wait()
	})
	return p.listener.Addr().String()
}

// certificate is that of net/http/httptest, for 127.0.0.1 and example.com, with the
// authorities that a client accepts it by.
func certificate(t *testing.T) (server *tls.Config, roots *x509.CertPool) {
	t.Helper()
	s := httptest.NewTLSServer(nil)
	t.Cleanup(s.Close)
	roots = x509.NewCertPool()
	roots.AddCert(s.Certificate())
	return &tls.Config{Certificates: s.TLS.Certificates, MinVersion: tls.VersionTLS12}, roots
}

func (p *post) converse(conn net.Conn) {
	defer func() { _ = conn.Close() }()
	var l letter
	if p.tlsFirst != nil {
		conn, l.encrypted = tls.Server(conn, p.tlsFirst), true // shakes hands when it first reads or writes
	}
	in := bufio.NewReader(conn)
	if p.silent {
		_, _ = io.Copy(io.Discard, in) // until the other side goes
		return
	}
	say := func(line string) { _, _ = fmt.Fprintf(conn, "%s\r\n", line) }
	say("220 post.example.com")
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			return
		}
		line = strings.TrimRight(line, "\r\n")
		verb, rest, _ := strings.Cut(line, " ")
		switch strings.ToUpper(verb) {
		case "EHLO":
			lines := []string{"post.example.com", "8BITMIME"}
			if p.starttls != nil && !l.encrypted {
				lines = append(lines, "STARTTLS")
			}
			if p.login != "" {
				lines = append(lines, "AUTH PLAIN")
			}
			for _, extension := range lines[:len(lines)-1] {
				say("250-" + extension)
			}
			say("250 " + lines[len(lines)-1])
		case "STARTTLS":
			say("220 go on")
			secure := tls.Server(conn, p.starttls)
			if secure.Handshake() != nil {
				return
			}
			conn, in, l.encrypted = secure, bufio.NewReader(secure), true
		case "AUTH":
			_, encoded, _ := strings.Cut(rest, " ")
			plain, _ := base64.StdEncoding.DecodeString(encoded)
			parts := strings.Split(string(plain), "\x00")
			if len(parts) != 3 || parts[1]+" "+parts[2] != p.login {
				say("535 no")
				continue
			}
			l.user = parts[1]
			say("235 yes")
		case "MAIL":
			l.from = between(rest)
			say("250 yes")
		case "RCPT":
			if to := between(rest); to != p.refuse {
				l.to = append(l.to, to)
				say("250 yes")
				continue
			}
			say("550 nobody of that name")
		case "DATA":
			say("354 go on")
			for {
				text, err := in.ReadString('\n')
				if err != nil {
					return
				}
				if text == ".\r\n" {
					break
				}
				l.text += strings.TrimPrefix(text, ".")
			}
			p.mu.Lock()
			p.mails = append(p.mails, l)
			p.mu.Unlock()
			say("250 taken")
		case "QUIT":
			say("221 bye")
			return
		default:
			say("250 yes")
		}
	}
}

// between gives the address between < and >.
func between(s string) string {
	_, s, _ = strings.Cut(s, "<")
	s, _, _ = strings.Cut(s, ">")
	return s
}
