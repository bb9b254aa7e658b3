package access_test

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sync"
	"testing"
	"time"

	jose "github.com/go-jose/go-jose/v4"

	"ingest/cmd/ingest/internal/access"
)

const clientSecret = "the client's own secret"

// provider is a server of OpenID Connect at which everybody is signed in already.
// Its fields make it misbehave.
type provider struct {
	*httptest.Server
	key *rsa.PrivateKey

	mu         sync.Mutex
	codes      map[string]url.Values // unused codes, with what was asked for
	used       map[string]bool
	asked      map[string]int // requests by path
	claims     map[string]any // change the ID token
	userinfo   map[string]any // nil offers none
	signWith   *rsa.PrivateKey
	noToken    bool   // no ID token
	authMethod string // of the client; "" is client_secret_basic
	down       bool
	callback   url.Values // change what the browser brings back
}

var providerKey = sync.OnceValue(func() *rsa.PrivateKey {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		panic(err)
	}
	return key
})

func newKey(t testing.TB) *rsa.PrivateKey {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func newProvider(t testing.TB) *provider {
	t.Helper()
	p := &provider{key: providerKey(), codes: map[string]url.Values{}, used: map[string]bool{}, asked: map[string]int{}, claims: map[string]any{}}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /.well-known/openid-configuration", p.discovery)
	mux.HandleFunc("GET /authorize", p.authorize)
	mux.HandleFunc("POST /token", p.token)
	mux.HandleFunc("GET /keys", func(w http.ResponseWriter, _ *http.Request) {
		writeJSON(w, jose.JSONWebKeySet{Keys: []jose.JSONWebKey{{Key: p.key.Public(), KeyID: "k1", Algorithm: "RS256", Use: "sig"}}})
	})
	mux.HandleFunc("GET /userinfo", func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "Bearer the-access-token" {
			http.Error(w, "no", http.StatusUnauthorized)
			return
		}
		writeJSON(w, p.userinfo)
	})
	p.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.asked[r.URL.Path]++
		if p.down {
			http.Error(w, "down for maintenance", http.StatusServiceUnavailable)
			return
		}
		mux.ServeHTTP(w, r)
	}))
	t.Cleanup(p.Close)
	return p
}

// set changes the provider between requests.
func (p *provider) set(change func(*provider)) {
	p.mu.Lock()
	defer p.mu.Unlock()
	change(p)
}

func (p *provider) discovery(w http.ResponseWriter, _ *http.Request) {
	doc := map[string]any{"issuer": p.URL, "authorization_endpoint": p.URL + "/authorize", "token_endpoint": p.URL + "/token", "jwks_uri": p.URL + "/keys", "id_token_signing_alg_values_supported": []string{"RS256"}}
	if p.authMethod != "" {
		doc["token_endpoint_auth_methods_supported"] = []string{p.authMethod}
	}
	if p.userinfo != nil {
		doc["userinfo_endpoint"] = p.URL + "/userinfo"
	}
	writeJSON(w, doc)
}

func (p *provider) authorize(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	if q.Get("code_challenge_method") != "S256" || q.Get("response_type") != "code" || q.Get("client_id") != "ingest" {
		http.Error(w, "wrong request", http.StatusBadRequest)
		return
	}
	code := "code-" + q.Get("state")[:8]
	p.codes[code] = q
	back := url.Values{"code": {code}, "state": {q.Get("state")}}
	for key, values := range p.callback {
		back[key] = values
	}
	http.Redirect(w, r, q.Get("redirect_uri")+"?"+back.Encode(), http.StatusFound)
}

func (p *provider) token(w http.ResponseWriter, r *http.Request) {
	id, secret, basic := r.BasicAuth()
	if p.authMethod == "client_secret_post" {
		id, secret = r.PostFormValue("client_id"), url.QueryEscape(r.PostFormValue("client_secret"))
	}
	if id != "ingest" || secret != url.QueryEscape(clientSecret) || basic != (p.authMethod == "") {
		tokenError(w, "invalid_client")
		return
	}
	code := r.PostFormValue("code")
	asked, ok := p.codes[code]
	challenge := sha256.Sum256([]byte(r.PostFormValue("code_verifier")))
	if !ok || p.used[code] || asked.Get("code_challenge") != base64.RawURLEncoding.EncodeToString(challenge[:]) {
		tokenError(w, "invalid_grant")
		return
	}
	p.used[code] = true
	answer := map[string]any{"access_token": "the-access-token", "token_type": "Bearer", "expires_in": 60}
	if !p.noToken {
		answer["id_token"] = p.idToken(asked)
	}
	writeJSON(w, answer)
}

func (p *provider) idToken(asked url.Values) string {
	claims := map[string]any{
		"iss": p.URL, "aud": "ingest", "sub": "u-17", "nonce": asked.Get("nonce"),
		"exp": time.Now().Add(time.Hour).Unix(), "iat": time.Now().Unix(),
		"email": "Ana@Example.org", "email_verified": true,
	}
	for key, value := range p.claims {
		claims[key] = value
		if value == nil {
			delete(claims, key)
		}
	}
	key := p.key
	if p.signWith != nil {
		key = p.signWith
	}
	payload, err := json.Marshal(claims)
	if err != nil {
		panic(err)
	}
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: jose.RS256, Key: jose.JSONWebKey{Key: key, KeyID: "k1"}}, nil)
	if err != nil {
		panic(err)
	}
	signed, err := signer.Sign(payload)
	if err != nil {
		panic(err)
	}
	text, err := signed.CompactSerialize()
	if err != nil {
		panic(err)
	}
	return text
}

func tokenError(w http.ResponseWriter, code string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(http.StatusBadRequest)
	writeJSON(w, map[string]string{"error": code, "error_description": "a word of " + clientSecret})
}

func writeJSON(w http.ResponseWriter, v any) {
	if w.Header().Get("Content-Type") == "" {
		w.Header().Set("Content-Type", "application/json")
	}
	if err := json.NewEncoder(w).Encode(v); err != nil {
		panic(err)
	}
}

// settings are those of a service that this provider knows.
func (p *provider) settings(service string) *access.OIDC {
	return &access.OIDC{Issuer: p.URL, ClientID: "ingest", ClientSecret: clientSecret, RedirectURL: service + "/login/oidc/callback", Allow: []string{"ana@example.org"}}
}
