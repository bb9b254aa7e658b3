package notify

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/mail"
	"net/smtp"
	"time"
)

// Mail is a way to send mail; without a server none is sent.
type Mail struct {
	Server   string // host:port; on port 465 TLS from the first byte
	Username string // "" sends without
	Password string
	From     string
	To       []string
}

const (
	mailLimit = 30 * time.Second // of one mail
	tlsPort   = "465"            // RFC 8314, 3.3
)

// mailer tells by mail.
type mailer struct {
	host, port string
	auth       smtp.Auth // nil sends without
	from       *mail.Address
	to         []*mail.Address
	tlsFirst   bool // from the first byte, else after STARTTLS
	roots      *x509.CertPool
	now        func() time.Time
}

func newMailer(m Mail, roots *x509.CertPool, now func() time.Time) (*mailer, error) {
	host, port, err := net.SplitHostPort(m.Server)
	if err != nil || host == "" || port == "" {
		return nil, &advisedError{fmt.Sprintf("notify.mail.server: %q is not host:port", m.Server), "for example mail.example.org:587"}
	}
	made := &mailer{host: host, port: port, tlsFirst: port == tlsPort, roots: roots, now: now}
	if made.from, err = mail.ParseAddress(m.From); err != nil {
		return nil, &advisedError{fmt.Sprintf("notify.mail.from: %q is no address", m.From), "for example ingest@example.org"}
	}
	for _, to := range m.To {
		address, err := mail.ParseAddress(to)
		if err != nil {
			return nil, &advisedError{fmt.Sprintf("notify.mail.to: %q is no address", to), "for example desk@example.org"}
		}
		made.to = append(made.to, address)
	}
	if len(made.to) == 0 {
		return nil, &advisedError{"notify.mail.to: names nobody", "for example [desk@example.org]"}
	}
	if m.Username != "" {
		made.auth = smtp.PlainAuth("", m.Username, m.Password, host)
	}
	return made, nil
}

func (*mailer) name() string { return "mail" }

// send speaks with the server once.
func (m *mailer) send(ctx context.Context, d digest) error {
	text, err := message(m.from, m.to, d, m.now())
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, mailLimit)
	defer cancel()
	conn, err := m.dial(ctx)
	if err != nil {
		return m.failed(ctx, err)
	}
	defer conn.Close()                                                               //nolint:errcheck // after QUIT there is nothing to lose
	stop := context.AfterFunc(ctx, func() { _ = conn.SetDeadline(time.Unix(1, 0)) }) // ends what waits on it
	defer stop()
	if err := m.deliver(conn, text); err != nil {
		return m.failed(ctx, err)
	}
	return nil
}

// failed names the server. An error that comes of the time being over says so: what it
// was is that of a connection which we ended.
func (m *mailer) failed(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return fmt.Errorf("mail server %s: no answer in time", m.host)
	}
	return fmt.Errorf("mail server %s: %w", m.host, err)
}

func (m *mailer) dial(ctx context.Context) (net.Conn, error) {
	address := net.JoinHostPort(m.host, m.port)
	if m.tlsFirst {
		return (&tls.Dialer{Config: m.tls()}).DialContext(ctx, "tcp", address)
	}
	return (&net.Dialer{}).DialContext(ctx, "tcp", address)
}

func (m *mailer) tls() *tls.Config {
	return &tls.Config{ServerName: m.host, RootCAs: m.roots, MinVersion: tls.VersionTLS12}
}

// deliver goes through the protocol (RFC 5321).
func (m *mailer) deliver(conn net.Conn, text []byte) error {
	c, err := smtp.NewClient(conn, m.host)
	if err != nil {
		return err
	}
	if err := c.Hello(domainOf(m.from)); err != nil {
		return fmt.Errorf("greeting: %w", err)
	}
	if offered, _ := c.Extension("STARTTLS"); offered && !m.tlsFirst {
		if err := c.StartTLS(m.tls()); err != nil {
			return fmt.Errorf("encryption: %w", err)
		}
	}
	if err := m.logIn(c); err != nil {
		return err
	}
	if err := c.Mail(m.from.Address); err != nil {
		return fmt.Errorf("sender %s: %w", m.from.Address, err)
	}
	refused := m.address(c)
	if len(refused) == len(m.to) {
		return errors.Join(refused...)
	}
	body, err := c.Data()
	if err != nil {
		return fmt.Errorf("text: %w", err)
	}
	if _, err := body.Write(text); err != nil {
		return fmt.Errorf("text: %w", err)
	}
	if err := body.Close(); err != nil {
		return fmt.Errorf("text: %w", err)
	}
	_ = c.Quit() // the mail is taken, whatever the server says now
	if len(refused) > 0 {
		return &partlyError{errors.Join(refused...)}
	}
	return nil
}

// partlyError is a mail that some of its recipients do not get.
type partlyError struct{ err error }

func (e *partlyError) Error() string { return e.err.Error() }
func (e *partlyError) Unwrap() error { return e.err }

// logIn proves who we are. net/smtp gives the password away over TLS and to this
// machine only, so that nobody on the way reads it by taking STARTTLS out of the
// server's offer.
func (m *mailer) logIn(c *smtp.Client) error {
	if m.auth == nil {
		return nil
	}
	if offered, _ := c.Extension("AUTH"); !offered {
		return &advisedError{"the server takes no login", "leave notify.mail.username out, or name the server's port for logins, such as 587 or 465"}
	}
	if err := c.Auth(m.auth); err != nil {
		return fmt.Errorf("login: %w", &advisedError{err.Error(), "look at username and password in notify.mail; without encryption none is sent"})
	}
	return nil
}

// address names the recipients and returns what the server says against some.
func (m *mailer) address(c *smtp.Client) (refused []error) {
	for _, to := range m.to {
		if err := c.Rcpt(to.Address); err != nil {
			refused = append(refused, fmt.Errorf("recipient %s: %w", to.Address, err))
		}
	}
	return refused
}
