package access

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"
)

// openID is a provider of OpenID Connect, looked up when it is first needed.
type openID struct {
	settings OIDC
	client   *http.Client
	now      func() time.Time

	mu     sync.Mutex // held while looking it up: others wait for that one answer
	found  *oidc.Provider
	failed error
	asked  time.Time
}

// againAfter is how long a provider that failed is left alone.
const againAfter = 5 * time.Second

// discover returns the provider. A person who leaves does not stop the lookup,
// since others may wait for it.
func (p *openID) discover(ctx context.Context) (*oidc.Provider, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.found != nil || p.failed != nil && p.now().Sub(p.asked) < againAfter {
		return p.found, p.failed
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), providerTimeout)
	defer cancel()
	p.found, p.failed = oidc.NewProvider(oidc.ClientContext(ctx, p.client), p.settings.Issuer)
	p.asked = p.now()
	if p.failed != nil {
		p.failed = fmt.Errorf("look up the provider: %w", p.failed)
	}
	return p.found, p.failed
}

func (p *openID) endpoint(ctx context.Context) (oauth2.Endpoint, error) {
	found, err := p.discover(ctx)
	if err != nil {
		return oauth2.Endpoint{}, err
	}
	var more struct {
		Methods []string `json:"token_endpoint_auth_methods_supported"`
	}
	if err := found.Claims(&more); err != nil {
		return oauth2.Endpoint{}, fmt.Errorf("read the provider's discovery document: %w", err)
	}
	endpoint := found.Endpoint()
	if slices.Contains(more.Methods, "client_secret_post") && !slices.Contains(more.Methods, "client_secret_basic") {
		endpoint.AuthStyle = oauth2.AuthStyleInParams
	}
	return endpoint, nil
}

// who verifies the ID token: signature, issuer, audience, times, nonce and the
// party that it was made for (OpenID Connect Core, 3.1.3.7).
func (p *openID) who(ctx context.Context, token *oauth2.Token, nonce string) (claims, error) {
	found, err := p.discover(ctx)
	if err != nil {
		return claims{}, err
	}
	raw, ok := token.Extra("id_token").(string)
	if !ok {
		return claims{}, errors.New("the provider sent no ID token; is openid among the scopes?")
	}
	verified, err := found.Verifier(&oidc.Config{ClientID: p.settings.ClientID, Now: p.now}).Verify(ctx, raw)
	if err != nil {
		return claims{}, fmt.Errorf("verify the ID token: %w", err)
	}
	if !sameText(verified.Nonce, nonce) {
		return claims{}, errors.New("verify the ID token: it belongs to another login (nonce)")
	}
	var said struct {
		claims
		Party string `json:"azp"`
	}
	if err := verified.Claims(&said); err != nil {
		return claims{}, fmt.Errorf("read the ID token: %w", err)
	}
	if said.Party != "" && said.Party != p.settings.ClientID || said.Party == "" && len(verified.Audience) > 1 {
		return claims{}, errors.New("verify the ID token: it was made for another client (azp)")
	}
	if p.settings.admits(said.claims) || found.UserInfoEndpoint() == "" {
		return said.claims, nil
	}
	return p.ask(ctx, found, token, said.claims)
}

// ask completes the claims by the provider's userinfo, where many keep email and
// groups (OpenID Connect Core, 5.4).
func (p *openID) ask(ctx context.Context, found *oidc.Provider, token *oauth2.Token, said claims) (claims, error) {
	info, err := found.UserInfo(ctx, oauth2.StaticTokenSource(token))
	if err != nil {
		return claims{}, fmt.Errorf("ask the provider's userinfo: %w", err)
	}
	var more claims
	if err := info.Claims(&more); err != nil {
		return claims{}, fmt.Errorf("read the provider's userinfo: %w", err)
	}
	if more.Subject != said.Subject {
		return claims{}, errors.New("the provider's userinfo is about somebody else")
	}
	if more.Email == "" { // an address and its being verified come from one place
		more.Email, more.Verified = said.Email, said.Verified
	}
	if more.Groups == nil {
		more.Groups = said.Groups
	}
	return more, nil
}
