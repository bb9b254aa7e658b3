package main

import (
	"crypto/tls"
	"fmt"
	"net/http"

	"ingest/cmd/ingest/internal/config"
)

// furnish builds what answers HTTP by a configuration, and puts it in the place of
// what did so before. On an error nothing changes.
func (s *service) furnish(c *config.Config) error {
	var certificate *tls.Certificate
	if c.Server.TLS.CertFile != "" {
		pair, err := tls.LoadX509KeyPair(c.Server.TLS.CertFile, c.Server.TLS.KeyFile)
		if err != nil {
			return &settingError{"server.tls", fmt.Errorf("the certificate: %w", err)}
		}
		certificate = &pair
	}
	guard, err := newGuard(c.Server, s.guard, nil, s.log)
	if err != nil {
		return err
	}
	mux := http.NewServeMux()
	mux.Handle("/webhooks/openproject", s.receiver)
	guard.Routes(mux)
	handler := guard.Wrap(mux)
	s.guard = guard
	s.certificate.Store(certificate)
	s.windows.Store(&handler)
	return nil
}
