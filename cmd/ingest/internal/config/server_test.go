package config_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"ingest/cmd/ingest/internal/config"
)

// loadService reads a configuration that has everything that must be given, and more.
func loadService(t *testing.T, more string) (*config.Config, error) {
	t.Helper()
	c, _, err := load(t, minimal+more, env())
	return c, err
}

func TestServiceSettings(t *testing.T) {
	c, err := loadService(t, `
schedule: [{cron: "0 2 * * *", timezone: Europe/Berlin}]
server:
  listen: 0.0.0.0:80
  public_url: https://ingest.example.org
  webhook_secrets: [one, two]
  tokens: [{name: ci, token: 0123456789abcdef0123456789abcdef, scopes: [read, run]}]
  users: [{name: ana, password_hash: "$2a$12$abcdefghijklmnopqrstuu"}]
  oidc: {issuer: https://id.example.org, client_id: ingest, allow: [example.org]}
  trusted_proxies: [10.0.0.1, "fd00::/8"]
  shutdown_timeout: 10s
feedback: {comment: true, keyword: /ingest}
notify: {webhook: https://hooks.example.org/x, mail: {server: "mail.example.org:25", from: a@example.org, to: [b@example.org]}}
`)
	if err != nil {
		t.Fatal(err)
	}
	if got := c.Server; got.ShutdownTimeout != 10*time.Second || !slices.Equal(got.Tokens[0].Scopes, []string{config.ReadScope, config.RunScope}) || got.WebhookSecrets[1].Reveal() != "two" || c.Notify.Mail.To[0] != "b@example.org" {
		t.Errorf("server %+v", got)
	}
	if text := strings.Join([]string{c.Server.WebhookSecrets[0].String(), c.Server.Users[0].PasswordHash.String(), c.Notify.Webhook.String()}, " "); text != "*** *** ***" {
		t.Errorf("secrets print as %q", text)
	}
}

func TestServiceAddresses(t *testing.T) {
	for _, more := range []string{
		"server: {listen: '127.0.0.1:0'}", "server: {listen: ':8085'}", "server: {listen: '[::1]:65535'}", "server: {listen: 'localhost:http'}",
		"server: {public_url: 'https://x.example'}", "server: {public_url: 'https://x.example/'}", "server: {public_url: 'http://x.example:8085'}",
	} {
		if _, err := loadService(t, more); err != nil {
			t.Errorf("%s: %v", more, err)
		}
	}
}

func TestServiceSettingsThatAreWrong(t *testing.T) {
	for name, c := range map[string]struct{ more, key string }{
		"no cron line":                {"schedule: [{run: full}]", "schedule.cron"},
		"kind of run":                 {`schedule: [{cron: "@daily", run: fulll}]`, "schedule.run"},
		"no port":                     {"server: {listen: localhost}", "server.listen"},
		"a port that is none":         {"server: {listen: '127.0.0.1:99999'}", "server.listen"},
		"a port below none":           {"server: {listen: '127.0.0.1:-1'}", "server.listen"},
		"a port that nobody named":    {"server: {listen: '127.0.0.1:nowhere'}", "server.listen"},
		"public address":              {"server: {public_url: ingest.example.org}", "server.public_url"},
		"public address with a path":  {"server: {public_url: 'https://x.example/ingest'}", "server.public_url"},
		"public address with a query": {"server: {public_url: 'https://x.example/?a=b'}", "server.public_url"},
		"public address with a part":  {"server: {public_url: 'https://x.example/#a'}", "server.public_url"},
		"certificate without key":     {"server: {tls: {cert_file: a.pem}}", "server.tls"},
		"proxy by name":               {"server: {trusted_proxies: [proxy.intern]}", "server.trusted_proxies"},
		"empty secret":                {`server: {webhook_secrets: [""]}`, "server.webhook_secrets"},
		"token that can be guessed":   {"server: {tokens: [{name: ci, token: hunter2, scopes: [run]}]}", "server.tokens.token"},
		"token without a name":        {"server: {tokens: [{token: 0123456789abcdef0123, scopes: [run]}]}", "server.tokens.name"},
		"token without scopes":        {"server: {tokens: [{name: ci, token: 0123456789abcdef0123}]}", "server.tokens.scopes"},
		"unknown scope":               {"server: {tokens: [{name: ci, token: 0123456789abcdef0123, scopes: [admin]}]}", "server.tokens.scopes"},
		"two editors of one name":     {"server: {users: [{name: a, password_hash: x}, {name: a, password_hash: y}]}", "server.users.name"},
		"editor without a password":   {"server: {users: [{name: a}]}", "server.users.password_hash"},
		"everyone of a provider":      {"server: {public_url: 'https://i.example.org', oidc: {issuer: 'https://id.example.org', client_id: x}}", "server.oidc.allow"},
		"provider without a way back": {"server: {oidc: {issuer: 'https://id.example.org', client_id: x, allow: [example.org]}}", "server.public_url"},
		"no time to stop":             {"server: {shutdown_timeout: 0s}", "server.shutdown_timeout"},
		"clean URL into no field":     {"feedback: {clean_url: true}", "feedback.clean_url"},
		"keyword of two words":        {"feedback: {keyword: please refresh}", "feedback.keyword"},
		"mail from nobody":            {"notify: {mail: {server: 'm:25', to: [a@example.org]}}", "notify.mail.from"},
		"mail to nobody":              {"notify: {mail: {server: 'm:25', from: a@example.org}}", "notify.mail.to"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := loadService(t, c.more)
			mistakes, ok := errors.AsType[config.Mistakes](err)
			if !ok || mistakes[0].Key != c.key || mistakes[0].Hint() == "" {
				t.Errorf("got %v, want a mistake about %s with a hint", err, c.key)
			}
			if strings.Contains(err.Error(), "hunter2") {
				t.Error("the message repeats a secret")
			}
		})
	}
}
