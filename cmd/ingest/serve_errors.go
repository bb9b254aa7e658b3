package main

import (
	"crypto/tls"
	"errors"
	"net/http"
	"syscall"

	"ingest/cmd/ingest/internal/config"
	"ingest/openproject"
)

// notListening says why the service has no address.
func notListening(err error) error {
	if errors.Is(err, syscall.EADDRINUSE) {
		return &takenError{err}
	}
	return &settingError{"server.listen", err}
}

// takenError is an address on which somebody else listens. It ends with code 1, not
// 2: the other may be on its way out, so that a supervisor should try again.
type takenError struct{ err error }

func (e *takenError) Error() string { return "server.listen: " + e.err.Error() }
func (e *takenError) Unwrap() error { return e.err }

// Hint says how to mend it.
func (e *takenError) Hint() string {
	return "another program listens there, perhaps another ingest serve: stop it, or set another port in server.listen"
}

// certificateOf reads the certificate that the configuration names; nil without one.
func certificateOf(t config.TLS) (*tls.Certificate, error) {
	if t.CertFile == "" {
		return nil, nil
	}
	pair, err := tls.LoadX509KeyPair(t.CertFile, t.KeyFile)
	if err != nil {
		return nil, &settingError{"server.tls", &certificateError{err}}
	}
	return &pair, nil
}

// certificateError is a certificate that cannot be used.
type certificateError struct{ err error }

func (e *certificateError) Error() string { return "the certificate: " + e.err.Error() }
func (e *certificateError) Unwrap() error { return e.err }

// Hint says what the files hold.
func (e *certificateError) Hint() string {
	return "cert_file is the certificate and its chain, key_file the key that it was made with, both PEM and readable for the user that runs ingest"
}

// trackerAway says that a run was stopped since the tracker did not answer, or said
// that it cannot now.
func trackerAway(err error) bool {
	if api, ok := errors.AsType[*openproject.APIError](err); ok {
		return api.Status == http.StatusTooManyRequests || api.Status >= http.StatusInternalServerError
	}
	return isA[*openproject.TransportError](err)
}

// keepUntilRestart puts what a running service cannot change back to what it was,
// and tells whether anything was to change.
func keepUntilRestart(c, before *config.Config) (differs bool) {
	now, was := &c.Server, &before.Server
	differs = now.Listen != was.Listen || now.ShutdownTimeout != was.ShutdownTimeout || c.State != before.State
	now.Listen, now.ShutdownTimeout, c.State = was.Listen, was.ShutdownTimeout, before.State
	if (now.TLS.CertFile == "") != (was.TLS.CertFile == "") {
		differs, now.TLS = true, was.TLS
	}
	return differs
}
