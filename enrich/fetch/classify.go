package fetch

import (
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/http"
	"syscall"
)

// kindOf sorts an error by type.
func kindOf(err error) Kind {
	var known *kindError
	var answer *statusError
	var dns *net.DNSError
	var cert *tls.CertificateVerificationError
	var timeout net.Error
	switch {
	case errors.As(err, &known):
		return known.kind
	case errors.As(err, &answer):
		return Status
	case errors.As(err, &timeout) && timeout.Timeout():
		return Timeout
	case errors.As(err, &dns):
		return DNS
	case errors.As(err, &cert):
		return TLS
	case errors.Is(err, syscall.ECONNREFUSED), errors.Is(err, syscall.EHOSTUNREACH), errors.Is(err, syscall.ENETUNREACH):
		return Refused
	case errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE):
		return Reset
	case errors.Is(err, http.ErrSchemeMismatch):
		return TLS
	case errors.Is(err, io.EOF):
		return Reset
	case errors.Is(err, io.ErrUnexpectedEOF):
		return Truncated
	}
	return Network
}
