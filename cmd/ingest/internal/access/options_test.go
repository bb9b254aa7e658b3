package access_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"golang.org/x/crypto/bcrypt"

	"ingest/cmd/ingest/internal/access"
	"ingest/cmd/ingest/internal/config"
	"ingest/pipeline"
)

func TestMistakesAreToldWithoutSecrets(t *testing.T) {
	full, err := bcrypt.GenerateFromPassword([]byte(anasPassword), 10)
	if err != nil {
		t.Fatal(err)
	}
	allowed := []string{"a@example.org"}
	sso := access.OIDC{Issuer: "https://id.example.org", ClientID: "ingest", RedirectURL: "https://ingest.example.org/login/oidc/callback", Allow: allowed}
	with := func(change func(*access.OIDC)) access.Options {
		o := sso
		change(&o)
		return access.Options{OIDC: &o}
	}
	user := func(name, hash string) access.User { return access.User{Name: name, PasswordHash: config.Secret(hash)} }
	token := func(name, value string, scopes ...string) access.Token {
		return access.Token{Name: name, Token: config.Secret(value), Scopes: scopes}
	}
	for _, c := range []struct {
		name string
		o    access.Options
		want string // of the error, "" when there is none
	}{
		{"nothing", access.Options{}, ""},
		{"all right", with(func(*access.OIDC) {}), ""},
		{"a provider on this machine", with(func(o *access.OIDC) { o.Issuer = "http://127.0.0.1:8080" }), ""},
		{"no hash", access.Options{Users: []access.User{user("ana", "")}}, "users[0].password_hash: it is not a bcrypt hash"},
		{"a password as the hash", access.Options{Users: []access.User{user("ana", "secret-in-clear")}}, "users[0].password_hash: it is not"},
		{"a hash that was cut", access.Options{Users: []access.User{user("ana", string(full)[:59])}}, "users[0].password_hash: it is not"},
		{"a cheap hash", access.Options{Users: []access.User{user("ana", string(anasHash()))}}, "its cost is 4"},
		{"a dear hash", access.Options{Users: []access.User{user("ana", "$2a$31$"+strings.Repeat("a", 53))}}, "its cost is 31"},
		{"no name", access.Options{Users: []access.User{user("", string(full))}}, `users[0].name: "" cannot be a name`},
		{"two of a name", access.Options{Users: []access.User{user("ana", string(full)), user("ana", string(full))}}, `users[1].name: there are two editors "ana"`},
		{"a short token", access.Options{Tokens: []access.Token{token("ci", "secret-in-clear", "run")}}, "tokens[0].token: a token has at least 20"},
		{"a token with a space", access.Options{Tokens: []access.Token{token("ci", "secret-in-clear of 32 letters ..", "run")}}, "tokens[0].token"},
		{"equal tokens", access.Options{Tokens: []access.Token{token("a", ciToken, "run"), token("b", ciToken, "read")}}, "tokens[1].token: two tokens"},
		{"no scope", access.Options{Tokens: []access.Token{token("ci", ciToken)}}, "tokens[0].scopes: it has no scope"},
		{"an unknown scope", access.Options{Tokens: []access.Token{token("ci", ciToken, "write")}}, `there is no scope "write"`},
		{"open to the world", access.Options{Listen: "0.0.0.0:8085"}, "other machines"},
		{"closed to the world", access.Options{Listen: "0.0.0.0:8085", Tokens: closed().Tokens}, ""},
		{"a provider without TLS", with(func(o *access.OIDC) { o.Issuer = "http://id.example.org" }), "oidc.issuer"},
		{"nobody named", with(func(o *access.OIDC) { o.Allow = nil }), "everybody whom the provider knows could enter"},
		{"an empty entry", with(func(o *access.OIDC) { o.Allow = []string{""} }), "oidc.allow[0]"},
		{"a domain with @", with(func(o *access.OIDC) { o.Allow = []string{"@example.org"} }), "oidc.allow[0]"},
		{"a pattern", with(func(o *access.OIDC) { o.Allow = []string{"*"} }), "oidc.allow[0]"},
		{"an email without a name", with(func(o *access.OIDC) { o.Allow = []string{"example.org", "ana@"} }), "oidc.allow[1]"},
		{"two @", with(func(o *access.OIDC) { o.Allow = []string{"ana@evil.example@example.org"} }), "oidc.allow[0]"},
		{"a blank behind a group", with(func(o *access.OIDC) { o.Groups = []string{"editors "} }), "oidc.groups[0]"},
		{"another callback", with(func(o *access.OIDC) { o.RedirectURL = "https://ingest.example.org/" }), "oidc.redirect_url"},
		{"no client", with(func(o *access.OIDC) { o.ClientID = "" }), "oidc.client_id"},
		{"emails of OpenProject", with(func(o *access.OIDC) { o.OpenProject = true }), "only oidc.users counts"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := access.New(c.o)
			if got := fmt.Sprint(err); c.want == "" && err != nil || !strings.Contains(got, c.want) || strings.Contains(got, "secret-in-clear") {
				t.Errorf("got %v, want %q", err, c.want)
			}
		})
	}
	_, err = access.New(access.Options{Users: []access.User{user("", "x"), user("ana", "x")}, Tokens: []access.Token{{}}})
	if list, ok := err.(interface{ Unwrap() []error }); !ok || len(list.Unwrap()) != 3 {
		t.Errorf("not all mistakes at once: %v", err)
	}
	if e, ok := errors.AsType[*access.SettingError](err); !ok || pipeline.HintOf(e) == "" || e.Key != "users[0].name" {
		t.Errorf("%#v", e)
	}
}

func TestCheckListen(t *testing.T) {
	for listen, ok := range map[string]bool{
		"127.0.0.1:8085": true, "127.1.2.3:1": true, "[::1]:8085": true, "localhost:8085": true, "[::ffff:127.0.0.1]:1": true,
		":8085": false, "0.0.0.0:8085": false, "[::]:8085": false, "10.0.0.1:8085": false, "ingest.example.org:80": false, "localhost.example.org:80": false,
	} {
		err := access.CheckListen(listen, false)
		if ok != (err == nil) {
			t.Errorf("%s: %v", listen, err)
		}
		if e, is := errors.AsType[*access.ListenError](err); !ok && (!is || e.Listen != listen || e.Hint() == "") {
			t.Errorf("%s: %v is no ListenError with a hint", listen, err)
		}
		if err := access.CheckListen(listen, true); err != nil {
			t.Errorf("%s, configured: %v", listen, err)
		}
	}
	if err := access.CheckListen("127.0.0.1", true); err == nil {
		t.Error("an address without a port is taken")
	}
}

func TestHashPassword(t *testing.T) {
	hash, err := access.HashCheap(anasPassword)
	if err != nil || bcrypt.CompareHashAndPassword([]byte(hash), []byte(anasPassword)) != nil {
		t.Fatalf("%q, %v", hash, err)
	}
	for _, bad := range []string{"", "ninebytes", strings.Repeat("ä", 37), "has a \x00 inside", "has a \n inside"} {
		_, err := access.HashPassword(bad)
		if e, ok := errors.AsType[*access.PasswordError](err); !ok || e.Hint() == "" || bad != "" && strings.Contains(err.Error(), bad) {
			t.Errorf("%q: %v", bad, err)
		}
	}
}
