package config

import (
	"fmt"
	"net/netip"
	"strings"
	"time"
)

// Kinds of runs that a schedule may name, and the scopes of a token.
const (
	Incremental = "incremental"
	Full        = "full"
	LinksRun    = "links"
	ReadScope   = "read"
	RunScope    = "run"
)

// Schedule is a time at which the service runs by itself.
type Schedule struct {
	Cron     string `yaml:"cron"`     // five fields, or a descriptor such as @daily
	Timezone string `yaml:"timezone"` // IANA name; "" is the machine's
	Run      string `yaml:"run"`      // incremental ("" too), full or links
}

// Server says how the service is reached, and by whom.
type Server struct {
	Listen string `yaml:"listen"` // host:port
	// PublicURL is the address under which people reach the service, for links to
	// it and for the way back from an OpenID provider.
	PublicURL string `yaml:"public_url"`
	TLS       TLS    `yaml:"tls"`
	// TrustedProxies are the addresses (or CIDRs) whose X-Forwarded-* is believed.
	TrustedProxies []string `yaml:"trusted_proxies"`
	// WebhookSecrets sign OpenProject's webhooks; several while one takes the
	// place of another. Without one no webhook is accepted.
	WebhookSecrets []Secret `yaml:"webhook_secrets"`
	Tokens         []Token  `yaml:"tokens"`
	Users          []User   `yaml:"users"`
	OIDC           OIDC     `yaml:"oidc"`
	// ShutdownTimeout is how long the run at hand may take to end in good order.
	ShutdownTimeout time.Duration `yaml:"shutdown_timeout"`
}

// TLS names the files of a certificate; without them the service speaks HTTP.
type TLS struct {
	CertFile string `yaml:"cert_file"`
	KeyFile  string `yaml:"key_file"`
}

// Token lets a program in.
type Token struct {
	Name   string   `yaml:"name"`
	Token  Secret   `yaml:"token"`
	Scopes []string `yaml:"scopes"` // read, run
}

// User lets an editor in.
type User struct {
	Name         string `yaml:"name"`
	PasswordHash Secret `yaml:"password_hash"` // of `ingest passwd`
}

// OIDC lets the people of an OpenID Connect provider in; without an issuer
// nobody.
type OIDC struct {
	Name         string `yaml:"name"` // on the button
	Issuer       string `yaml:"issuer"`
	ClientID     string `yaml:"client_id"`
	ClientSecret Secret `yaml:"client_secret"`
	// OpenProject says that the issuer is an OpenProject, whose OAuth gives no ID
	// tokens.
	OpenProject bool `yaml:"openproject"`
	// Allow lists who may enter: addresses (ana@example.org) and domains
	// (example.org) of verified mail; Groups those of the provider's groups, Users
	// subjects or, of an OpenProject, logins.
	Allow  []string `yaml:"allow"`
	Groups []string `yaml:"groups"`
	Users  []string `yaml:"users"`
}

// Feedback says what is written back into the tracker.
type Feedback struct {
	Comment  bool   `yaml:"comment"`   // one comment a work package, edited in place
	CleanURL bool   `yaml:"clean_url"` // the clean URL into tracker.fields.clean_url
	Status   string `yaml:"status"`    // name of the status that a published one gets; "" leaves it
	Keyword  string `yaml:"keyword"`   // a comment that begins with it asks for a refresh; "" is none
}

// Notify says who is told when runs begin to fail and when they are well again.
type Notify struct {
	Webhook Secret `yaml:"webhook"` // address that takes Slack's {"text": …}
	Mail    Mail   `yaml:"mail"`
}

// Mail is a way to send one; without a server none is sent.
type Mail struct {
	Server   string   `yaml:"server"` // host:port of an SMTP server
	Username string   `yaml:"username"`
	Password Secret   `yaml:"password"`
	From     string   `yaml:"from"`
	To       []string `yaml:"to"`
}

func (d *decoder) service(c *Config) {
	for _, s := range c.Schedule {
		d.require("schedule.cron", s.Cron, `for example "0 2 * * *"`)
		d.oneOf("schedule.run", s.Run, "", Incremental, Full, LinksRun)
	}
	d.server(&c.Server)
	d.feedback(c)
	if m := c.Notify.Mail; m.Server != "" {
		d.require("notify.mail.from", m.From, "the address that mails come from")
		if len(m.To) == 0 {
			d.reject("notify.mail.to", "names nobody", "for example [desk@example.org]")
		}
	}
}

func (d *decoder) server(s *Server) {
	d.addresses(s)
	if (s.TLS.CertFile == "") != (s.TLS.KeyFile == "") {
		d.reject("server.tls", "names a certificate without its key, or a key alone", "give both cert_file and key_file")
	}
	for _, proxy := range s.TrustedProxies {
		if _, err := ParseProxy(proxy); err != nil {
			d.reject("server.trusted_proxies", fmt.Sprintf("%q is neither an address nor a CIDR", proxy), "for example 10.0.0.1 or 10.0.0.0/8")
		}
	}
	for _, secret := range s.WebhookSecrets {
		if secret == "" {
			d.reject("server.webhook_secrets", "holds an empty secret", "give the one that OpenProject's webhook was made with")
		}
	}
	d.logins(s)
	if s.ShutdownTimeout <= 0 {
		d.reject("server.shutdown_timeout", "is not longer than 0", "for example 30s")
	}
}

// minToken is the least length of a token: 128 bits as hexadecimal take 32.
const minToken = 20

func (d *decoder) logins(s *Server) {
	names := map[string]bool{}
	for _, t := range s.Tokens {
		d.require("server.tokens.name", t.Name, "tokens are told apart by their names in logs")
		if len(t.Token) < minToken {
			d.reject("server.tokens.token", fmt.Sprintf("of %q is shorter than %d characters", t.Name, minToken), "make one with: openssl rand -hex 32")
		}
		for _, scope := range t.Scopes {
			d.oneOf("server.tokens.scopes", scope, ReadScope, RunScope)
		}
		if len(t.Scopes) == 0 {
			d.reject("server.tokens.scopes", fmt.Sprintf("of %q are missing", t.Name), "for example [read, run]")
		}
	}
	for _, u := range s.Users {
		if d.require("server.users.name", u.Name, "the name to log in with") && names[u.Name] {
			d.reject("server.users.name", fmt.Sprintf("%q stands twice", u.Name), "keep one of them")
		}
		names[u.Name] = true
		d.require("server.users.password_hash", string(u.PasswordHash), "make one with: ingest passwd")
	}
	if o := s.OIDC; o.Issuer != "" {
		d.require("server.oidc.client_id", o.ClientID, "the id that the provider gave this service")
		if len(o.Allow)+len(o.Groups)+len(o.Users) == 0 {
			d.reject("server.oidc.allow", "names nobody, so that everyone with an account at the provider could enter", "for example [example.org, ana@example.com]")
		}
		if s.PublicURL == "" {
			d.reject("server.public_url", "is missing, and the OpenID provider sends people back to it", "for example https://ingest.example.org")
		}
	}
}

// ParseProxy reads one of server.trusted_proxies.
func ParseProxy(text string) (netip.Prefix, error) {
	if strings.Contains(text, "/") {
		return netip.ParsePrefix(text)
	}
	addr, err := netip.ParseAddr(text)
	if err != nil {
		return netip.Prefix{}, err
	}
	return netip.PrefixFrom(addr, addr.BitLen()), nil
}
