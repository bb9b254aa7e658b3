package access

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"
)

// provider is a server that people sign in at.
type provider interface {
	// endpoint returns where the code flow goes; the error means that the provider
	// cannot be reached.
	endpoint(ctx context.Context) (oauth2.Endpoint, error)
	// who returns what the provider says of somebody, checked against the nonce
	// where it signs its words.
	who(ctx context.Context, token *oauth2.Token, nonce string) (claims, error)
}

// singleSignOn signs people in by a provider.
type singleSignOn struct {
	settings OIDC
	label    string
	proof    proof
	client   *http.Client
	provider provider
	cookies  sealer
}

func newSingleSignOn(o OIDC, client *http.Client, now func() time.Time, wrong *mistakes) *singleSignOn {
	o.check(wrong)
	cookies, err := newSealer()
	if err != nil {
		*wrong = append(*wrong, err)
	}
	s := &singleSignOn{settings: o, label: o.Name, proof: ssoProof(o), client: limitedClient(client), cookies: cookies}
	if s.label == "" {
		s.label = "Single sign-on"
	}
	if o.OpenProject {
		s.provider = &openProject{base: o.Issuer, client: s.client}
	} else {
		s.provider = &openID{settings: o, client: s.client, now: now}
	}
	return s
}

// ssoProof changes with everything that decides who may enter, so that a stricter
// list ends the sessions of a laxer one.
func ssoProof(o OIDC) proof {
	b, err := json.Marshal([]any{"sso", o.Issuer, o.ClientID, o.OpenProject, o.Allow, o.Groups, o.Users})
	if err != nil { // strings and booleans have no such error
		return proof{}
	}
	return sha256.Sum256(b)
}

// config is how the code flow is spoken with the provider.
func (s *singleSignOn) config(ctx context.Context) (*oauth2.Config, error) {
	endpoint, err := s.provider.endpoint(ctx)
	if err != nil {
		return nil, err
	}
	switch { // trying both would send a code twice
	case s.settings.ClientSecret == "":
		endpoint.AuthStyle = oauth2.AuthStyleInParams
	case endpoint.AuthStyle == oauth2.AuthStyleAutoDetect:
		endpoint.AuthStyle = oauth2.AuthStyleInHeader // the default of OpenID Connect Core, 9
	}
	scopes := []string{oidc.ScopeOpenID, oidc.ScopeEmail, oidc.ScopeProfile}
	if s.settings.OpenProject {
		scopes = []string{"api_v3"}
	}
	return &oauth2.Config{
		ClientID: s.settings.ClientID, ClientSecret: s.settings.ClientSecret.Reveal(),
		Endpoint: endpoint, RedirectURL: s.settings.RedirectURL, Scopes: scopes,
	}, nil
}

// begin returns the provider's page for an attempt.
func (s *singleSignOn) begin(ctx context.Context, a attempt) (string, error) {
	c, err := s.config(ctx)
	if err != nil {
		return "", err
	}
	return c.AuthCodeURL(a.state, oidc.Nonce(a.nonce), oauth2.S256ChallengeOption(a.verifier)), nil
}

// finish exchanges a code for what the provider says of somebody.
func (s *singleSignOn) finish(ctx context.Context, a attempt, code string) (claims, error) {
	c, err := s.config(ctx)
	if err != nil {
		return claims{}, err
	}
	ctx = oidc.ClientContext(ctx, s.client)
	token, err := c.Exchange(ctx, code, oauth2.VerifierOption(a.verifier))
	if err != nil {
		return claims{}, fmt.Errorf("exchange the code: %w", withoutBody(err))
	}
	found, err := s.provider.who(ctx, token, a.nonce)
	if err != nil {
		return claims{}, err
	}
	if found.Subject == "" {
		return claims{}, errors.New("the provider does not say who signed in")
	}
	return found, nil
}

// withoutBody keeps what a token endpoint answered out of logs, but for the code
// of its error.
func withoutBody(err error) error {
	e, ok := errors.AsType[*oauth2.RetrieveError](err)
	if !ok {
		return err
	}
	status := 0
	if e.Response != nil {
		status = e.Response.StatusCode
	}
	return fmt.Errorf("status %d, error %q", status, errorCode(e.ErrorCode))
}

// errorCode is a code of RFC 6749, 4.1.2.1, or "other": it comes from outside.
func errorCode(code string) string {
	if code == "" || len(code) > 40 || strings.Trim(code, "abcdefghijklmnopqrstuvwxyz_") != "" {
		return "other"
	}
	return code
}

// sameText compares in constant time.
func sameText(a, b string) bool {
	return a != "" && subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1
}
