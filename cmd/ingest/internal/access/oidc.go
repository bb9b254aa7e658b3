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
	Name         string        // on the button; "" is "Single sign-on"
	// OpenProject says that Issuer is an OpenProject, whose OAuth issues no ID
	// tokens.
	OpenProject bool

	// Allow has verified mail addresses, and domains: what stands behind the @ of one,
	// without subdomains. Letters of ASCII count in either case.
	Allow  []string
	Groups []string // entries of the claim groups
	Users  []string // subjects (claim sub); with OpenProject logins, the only rule there
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
	claims := len(o.Allow) + len(o.Groups)
	switch {
	case o.OpenProject && claims > 0:
		wrong.add("oidc", "only oidc.users counts with OpenProject", "list logins: an account may change its own email address")
	case claims+len(o.Users) == 0:
		wrong.add("oidc", "everybody whom the provider knows could enter", "list mail addresses or domains in allow, or groups, or users")
	}
	checkList(wrong, "allow", o.Allow, mayAllow)
	checkList(wrong, "groups", o.Groups, isEntry)
	checkList(wrong, "users", o.Users, isEntry)
}

func checkList(wrong *mistakes, key string, list []string, fits func(string) bool) {
	for i, entry := range list {
		if !fits(entry) {
			wrong.add(fmt.Sprintf("oidc.%s[%d]", key, i), fmt.Sprintf("%q fits nobody", entry), "write it without blanks around it; a mail address is name@example.org, a domain example.org; there are no patterns")
		}
	}
}

func isEntry(s string) bool { return s != "" && strings.TrimSpace(s) == s }

// mayAllow says whether an entry is a mail address or a domain.
func mayAllow(s string) bool {
	name, domain, mail := strings.Cut(s, "@")
	return isEntry(s) && !strings.Contains(s, "*") && (!mail || name != "" && domain != "" && !strings.Contains(domain, "@"))
}

// guardedURL says whether an address is one of https, or of this machine.
func guardedURL(address string) bool {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		return false
	}
	return u.Scheme == "https" || u.Scheme == "http" && loopback(u.Hostname())
}
