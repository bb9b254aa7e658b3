package access

import (
	"fmt"
	"net/url"
	"strings"

	"ingest/cmd/ingest/internal/config"
)

// OIDC is a provider of OpenID Connect whose people may sign in as editors. Who
// is allowed by any one of the lists may; at least one list must have an entry.
type OIDC struct {
	// Issuer is the provider's identity, an https address exactly as its discovery
	// document gives it; with OpenProject its address.
	Issuer       string
	ClientID     string
	ClientSecret config.Secret // "" for a public client, which PKCE protects
	RedirectURL  string        // where browsers reach /login/oidc/callback, registered at the provider
	Scopes       []string      // none is openid, email and profile; with OpenProject api_v3
	Name         string        // on the button; "" is "Single sign-on"
	// OpenProject says that Issuer is an OpenProject, whose OAuth issues no ID
	// tokens.
	OpenProject bool

	AllowedEmails  []string // verified addresses, letters of ASCII in either case
	AllowedDomains []string // what stands behind the @ of a verified address, without subdomains
	AllowedGroups  []string // entries of the claim groups
	AllowedUsers   []string // subjects (claim sub); with OpenProject logins, the only rule there
}

// callbackPath is where the provider sends browsers back to.
const callbackPath = "/login/oidc/callback"

// check reports what cannot be used.
func (o OIDC) check(wrong *mistakes) {
	if !guardedURL(o.Issuer) {
		wrong.add("oidc.issuer", fmt.Sprintf("%q is not an https address", o.Issuer), "use the address exactly as the provider's discovery document gives it")
	}
	if o.ClientID == "" {
		wrong.add("oidc.client_id", "it is empty", "register this service at the provider")
	}
	if !guardedURL(o.RedirectURL) || !strings.HasSuffix(o.RedirectURL, callbackPath) {
		wrong.add("oidc.redirect_url", fmt.Sprintf("%q is not an https address that ends with %s", o.RedirectURL, callbackPath), "use the address by which browsers reach this service, and register it at the provider")
	}
	o.checkAllowed(wrong)
}

func (o OIDC) checkAllowed(wrong *mistakes) {
	claims := len(o.AllowedEmails) + len(o.AllowedDomains) + len(o.AllowedGroups)
	switch {
	case o.OpenProject && claims > 0:
		wrong.add("oidc", "only allowed_users counts with OpenProject", "list logins: an account may change its own email address")
	case claims+len(o.AllowedUsers) == 0:
		wrong.add("oidc", "everybody whom the provider knows could enter", "list allowed_emails, allowed_domains, allowed_groups or allowed_users")
	}
	o.checkList(wrong, "emails", o.AllowedEmails, func(s string) bool { return strings.Count(s, "@") == 1 })
	o.checkList(wrong, "domains", o.AllowedDomains, func(s string) bool { return !strings.ContainsAny(s, "@*") })
	o.checkList(wrong, "groups", o.AllowedGroups, func(string) bool { return true })
	o.checkList(wrong, "users", o.AllowedUsers, func(string) bool { return true })
}

func (OIDC) checkList(wrong *mistakes, key string, list []string, fits func(string) bool) {
	for i, entry := range list {
		if entry == "" || strings.TrimSpace(entry) != entry || !fits(entry) {
			wrong.add(fmt.Sprintf("oidc.allowed_%s[%d]", key, i), fmt.Sprintf("%q cannot be one of the %s", entry, key), "an email is name@example.org, a domain example.org; there are no patterns")
		}
	}
}

// guardedURL says whether an address is one of https, or of this machine.
func guardedURL(address string) bool {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		return false
	}
	return u.Scheme == "https" || u.Scheme == "http" && loopback(u.Hostname())
}
