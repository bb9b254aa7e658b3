package access

import (
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/netip"
	"strings"
	"time"
	"unicode/utf8"

	"ingest/cmd/ingest/internal/config"
)

// Options say who may use the service. The zero value is an open guard.
type Options struct {
	Users  []User
	Tokens []Token
	OIDC   *OIDC // nil offers no single sign-on

	// Listen is the address of the service, host:port. An open guard on any but
	// loopback is refused; "" is not checked.
	Listen string
	// TrustedProxies are the peers whose X-Forwarded-For and X-Forwarded-Proto
	// count.
	TrustedProxies []netip.Prefix
	// Secure says that browsers reach the service by HTTPS only, whatever the
	// request looks like here.
	Secure bool

	// SessionLifetime ends a session however busy it is; 0 is 12 hours, the time
	// that NIST SP 800-63B gives to a session of assurance level 2.
	SessionLifetime time.Duration
	// IdleTimeout ends a session that nothing asked in; 0 is 4 hours.
	IdleTimeout time.Duration
	// Before is the guard that this one takes the place of, as when the configuration
	// was read anew; nil is none. Its sessions go on, but for those of what is no
	// longer configured, and so do its counts of attempts to log in.
	Before *Guard

	// LoginPage renders the login page and every refusal that a browser sees; nil
	// is a plain page.
	LoginPage LoginPage

	Now        func() time.Time // nil is time.Now
	Logger     *slog.Logger     // nil discards
	HTTPClient *http.Client     // asks the provider; nil is a plain one; without a Timeout it gets one of 10 s
}

// User is an editor with a password.
type User struct {
	Name         string
	PasswordHash config.Secret // bcrypt, as `ingest passwd` prints it
}

// Token is a program's bearer token.
type Token struct {
	Name   string // for logs
	Token  config.Secret
	Scopes []string // read, run
}

// LoginPage writes a page with a status. The caller has set every header that
// matters to safety but Content-Type and Content-Security-Policy.
type LoginPage func(w http.ResponseWriter, r *http.Request, status int, v LoginView)

// LoginView is what the login page shows: a form that posts name, password and
// next to /login, and a link to /login/oidc?next=.
type LoginView struct {
	Next     string // a local path, to be sent back with the form
	Name     string // what was typed; from outside, to be escaped
	Error    string // what went wrong, a sentence, "" when nothing did
	Password bool   // editors with passwords are configured
	OIDC     string // label of the button, "" without single sign-on
}

// Configured says whether the guard is closed.
func (o Options) Configured() bool { return len(o.Users)+len(o.Tokens) > 0 || o.OIDC != nil }

// withDefaults fills in what was left out.
func (o Options) withDefaults() Options {
	if o.SessionLifetime <= 0 {
		o.SessionLifetime = 12 * time.Hour
	}
	if o.IdleTimeout <= 0 {
		o.IdleTimeout = 4 * time.Hour
	}
	if o.LoginPage == nil {
		o.LoginPage = plainPage
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	if o.HTTPClient == nil {
		o.HTTPClient = &http.Client{}
	}
	return o
}

// SettingError is a value among the options that cannot be used. It never holds a
// secret.
type SettingError struct {
	Key string // below server in the configuration: "users[0].password_hash"
	Err error  // what is wrong; its Hint says what to do
}

func (e *SettingError) Error() string { return e.Key + ": " + e.Err.Error() }
func (e *SettingError) Unwrap() error { return e.Err }

// valueError says what is wrong with a value, and what to do.
type valueError struct{ text, help string }

func (e *valueError) Error() string { return e.text }

// Hint says how to mend it.
func (e *valueError) Hint() string { return e.help }

// mistakes gathers setting errors.
type mistakes []error

func (m *mistakes) add(key, text, help string) {
	*m = append(*m, &SettingError{key, &valueError{text, help}})
}

// addName reports a name that CheckName refuses.
func (m *mistakes) addName(key, name string) {
	*m = append(*m, &SettingError{key + ".name", &nameError{name}})
}

func (m mistakes) err() error { return errors.Join(m...) }

// maxName bounds the name of an editor or a token, in bytes.
const maxName = 128

// CheckName returns an error if a name cannot be that of an editor or a token: it
// stands in forms, logs and pages.
func CheckName(name string) error {
	control := strings.ContainsFunc(name, func(c rune) bool { return c < ' ' || c == 0x7f })
	if name == "" || len(name) > maxName || strings.TrimSpace(name) != name || control || !utf8.ValidString(name) {
		return &nameError{name}
	}
	return nil
}

type nameError struct{ name string }

func (e *nameError) Error() string { return fmt.Sprintf("%q cannot be a name", e.name) }

// Hint says what a name looks like.
func (e *nameError) Hint() string {
	return fmt.Sprintf("a name has 1 to %d bytes, no control characters and no space at either end", maxName)
}
