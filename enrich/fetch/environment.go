package fetch

import (
	"cmp"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"golang.org/x/net/http/httpproxy"
)

// ProxyFrom gives the [Options.Proxy] that an environment asks for: HTTP_PROXY
// and HTTPS_PROXY by the scheme of the address, ALL_PROXY where one of them is
// missing, NO_PROXY for hosts to be reached directly (names with their
// subdomains, IP addresses, CIDRs, ports, "*"); each in upper or lower case,
// upper first. Proxies are http, https or socks5; one without a scheme is http.
// Loopback is never reached through a proxy. An environment that names no
// proxy gives nil. lookup is [os.LookupEnv] or the like.
//
// The error names the variable that cannot be used. It does not repeat the
// value, which may hold a password. (A program that went on without its proxy
// would go past what its operator put there on purpose.)
func ProxyFrom(lookup func(name string) (value string, ok bool)) (func(*http.Request) (*url.URL, error), error) {
	env := environment(lookup)
	all, err := env.proxy("ALL_PROXY")
	if err != nil {
		return nil, err
	}
	plain, err := env.proxy("HTTP_PROXY")
	if err != nil {
		return nil, err
	}
	secure, err := env.proxy("HTTPS_PROXY")
	if err != nil {
		return nil, err
	}
	config := httpproxy.Config{HTTPProxy: cmp.Or(plain, all), HTTPSProxy: cmp.Or(secure, all), NoProxy: env.value("NO_PROXY")}
	if config.HTTPProxy == "" && config.HTTPSProxy == "" {
		return nil, nil
	}
	choose := config.ProxyFunc()
	return func(r *http.Request) (*url.URL, error) { return choose(r.URL) }, nil
}

type environment func(name string) (string, bool)

// value looks a variable up in upper case, then in lower case.
func (env environment) value(name string) string {
	upper, _ := env(name)
	lower, _ := env(strings.ToLower(name))
	return cmp.Or(upper, lower)
}

// proxy gives a variable that names a proxy. HTTP_PROXY is what a CGI server
// makes of a header that any client may send; there it counts in lower case
// only (https://httpoxy.org).
func (env environment) proxy(name string) (string, error) {
	value := env.value(name)
	if _, cgi := env("REQUEST_METHOD"); cgi && name == "HTTP_PROXY" {
		value, _ = env("http_proxy")
	}
	if value == "" {
		return "", nil
	}
	address := value
	if !strings.Contains(address, "://") {
		address = "http://" + address
	}
	u, err := url.Parse(address)
	if err != nil || u.Hostname() == "" {
		return "", fmt.Errorf("%s does not name a proxy: write it as http://host:port", name)
	}
	switch u.Scheme {
	case "http", "https", "socks5", "socks5h":
		return address, nil
	}
	return "", fmt.Errorf("%s names a proxy of the unknown kind %q: use http, https or socks5", name, u.Scheme)
}
