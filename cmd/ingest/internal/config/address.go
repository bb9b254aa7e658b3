package config

import (
	"fmt"
	"net"
	"net/url"
)

// addresses checks where the service listens and where people find it.
func (d *decoder) addresses(s *Server) {
	const listens, found = "for example 127.0.0.1:8085", "for example https://ingest.example.org"
	if _, port, err := net.SplitHostPort(s.Listen); err != nil || port == "" {
		d.reject("server.listen", fmt.Sprintf("%q is not host:port", s.Listen), listens)
	} else if _, err := net.ResolveTCPAddr("tcp", ":"+port); err != nil { // a number or a name, as "http"
		d.reject("server.listen", fmt.Sprintf("%q is not a port", port), listens)
	}
	if s.PublicURL == "" {
		return
	}
	if !isWeb(s.PublicURL) {
		d.reject("server.public_url", fmt.Sprintf("%q is not an http or https address", s.PublicURL), found)
	} else if !isRoot(s.PublicURL) {
		d.reject("server.public_url", fmt.Sprintf("%q is more than a host, and the service cannot live below a path", redact(s.PublicURL)), "give it a host name of its own, "+found)
	}
}

// isRoot says whether an address names a host and nothing on it.
func isRoot(text string) bool {
	u, err := url.Parse(text)
	return err == nil && (u.Path == "" || u.Path == "/") && u.RawQuery == "" && u.Fragment == "" && u.User == nil
}
