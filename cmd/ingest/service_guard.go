package main

import (
	"errors"
	"log/slog"
	"strings"

	"ingest/cmd/ingest/internal/access"
	"ingest/cmd/ingest/internal/config"
)

// newGuard lets those in whom the configuration names. It goes on with what the guard
// before it remembers, when there was one.
func newGuard(s config.Server, before *access.Guard, login access.LoginPage, logger *slog.Logger) (*access.Guard, error) {
	o := access.Options{Listen: s.Listen, Secure: strings.HasPrefix(s.PublicURL, "https://"), Before: before, LoginPage: login, Logger: logger}
	for _, u := range s.Users {
		o.Users = append(o.Users, access.User{Name: u.Name, PasswordHash: u.PasswordHash})
	}
	for _, t := range s.Tokens {
		o.Tokens = append(o.Tokens, access.Token{Name: t.Name, Token: t.Token, Scopes: t.Scopes})
	}
	for _, text := range s.TrustedProxies {
		proxy, err := config.ParseProxy(text)
		if err != nil {
			return nil, &settingError{"server.trusted_proxies", err}
		}
		o.TrustedProxies = append(o.TrustedProxies, proxy)
	}
	o.OIDC = provider(s)
	guard, err := access.New(o)
	return guard, namedSettings(err)
}

// namedSettings gives each mistake in the options of a guard its key in the
// configuration.
func namedSettings(err error) error {
	if list := parts(err); len(list) > 0 {
		named := make([]error, 0, len(list))
		for _, one := range list {
			named = append(named, namedSettings(one))
		}
		return errors.Join(named...)
	}
	if wrong, ok := errors.AsType[*access.SettingError](err); ok {
		return &settingError{"server." + wrong.Key, wrong.Err}
	}
	if isA[*access.ListenError](err) {
		return &settingError{"server.listen", err}
	}
	return err
}

// provider is the OpenID provider whose people may enter; nil without one.
func provider(s config.Server) *access.OIDC {
	if s.OIDC.Issuer == "" {
		return nil
	}
	return &access.OIDC{Issuer: s.OIDC.Issuer, ClientID: s.OIDC.ClientID, ClientSecret: s.OIDC.ClientSecret, Name: s.OIDC.Name,
		OpenProject: s.OIDC.OpenProject, Allow: s.OIDC.Allow, Groups: s.OIDC.Groups, Users: s.OIDC.Users,
		RedirectURL: strings.TrimSuffix(s.PublicURL, "/") + "/login/oidc/callback"}
}
