package access

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"

	"golang.org/x/oauth2"
)

// openProject is an OpenProject as the provider: OAuth endpoints at fixed paths,
// and the account asked of the API, since there is no ID token. The access token
// comes straight from the tracker in answer to our code, state and verifier, and is
// forgotten at once.
type openProject struct {
	base   string
	client *http.Client
}

func (p *openProject) endpoint(context.Context) (oauth2.Endpoint, error) {
	base := strings.TrimSuffix(p.base, "/")
	return oauth2.Endpoint{AuthURL: base + "/oauth/authorize", TokenURL: base + "/oauth/token"}, nil
}

// who asks whose token it is. The login is the subject; the email is left out,
// since accounts may change theirs.
func (p *openProject) who(ctx context.Context, token *oauth2.Token, _ string) (claims, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, strings.TrimSuffix(p.base, "/")+"/api/v3/users/me", nil)
	if err != nil {
		return claims{}, fmt.Errorf("ask OpenProject who signed in: %w", err)
	}
	r.Header.Set("Accept", "application/hal+json")
	token.SetAuthHeader(r)
	answer, err := p.client.Do(r)
	if err != nil {
		return claims{}, fmt.Errorf("ask OpenProject who signed in: %w", err)
	}
	defer func() { _ = answer.Body.Close() }() // only read
	if answer.StatusCode != http.StatusOK {
		return claims{}, fmt.Errorf("ask OpenProject who signed in: status %d", answer.StatusCode)
	}
	var me struct {
		Type   string `json:"_type"`
		Login  string `json:"login"`
		Status string `json:"status"`
	}
	if err := json.NewDecoder(answer.Body).Decode(&me); err != nil {
		return claims{}, fmt.Errorf("ask OpenProject who signed in: %w", err)
	}
	if me.Type != "User" || me.Status != "" && me.Status != "active" {
		return claims{}, fmt.Errorf("OpenProject answers with a %q that is %q, not an active user", me.Type, me.Status)
	}
	return claims{Subject: me.Login}, nil
}
