package webhook

import (
	"crypto/hmac"
	"crypto/sha1"
	"crypto/subtle"
	"encoding/hex"
	"strings"
)

// Header is the name of the header that carries the signature.
const Header = "X-OP-Signature"

// scheme stands before the hexadecimal digits.
const scheme = "sha1="

// SignatureError says why a body is not taken for the tracker's. Whoever sent it
// is told the same for each: 401. The difference is for the log.
type SignatureError string

// The ways in which a signature can fail.
const (
	ErrNoSecret  SignatureError = "no webhook secret is configured"
	ErrMissing   SignatureError = "the request has no signature"
	ErrMalformed SignatureError = "the signature is not sha1= and 40 hexadecimal digits"
	ErrWrong     SignatureError = "the signature fits no configured secret"
)

func (e SignatureError) Error() string { return "webhook refused: " + string(e) }

// Hint says what to compare, if the sender was the tracker.
func (e SignatureError) Hint() string {
	switch e {
	case ErrNoSecret:
		return "set server.webhook_secrets to the secret of the webhook in OpenProject (Administration, API and webhooks)"
	case ErrMissing:
		return "if it came from OpenProject: enter a secret in the webhook's settings there"
	case ErrMalformed:
		return "something else than OpenProject sends to this address, or a proxy changes headers"
	}
	return "if it came from OpenProject: compare the webhook's secret there with server.webhook_secrets; a proxy must not change the body"
}

// Verify checks the signature of a body, byte by byte as it arrived, against every
// secret. It takes the same time whichever of them fits. Empty secrets are not
// secrets and fit nothing. Any error is a [SignatureError].
func Verify(body []byte, header string, secrets []string) error {
	digits, hasScheme := strings.CutPrefix(header, scheme)
	given, err := hex.DecodeString(digits)
	wellFormed := hasScheme && err == nil && len(given) == sha1.Size
	known, fits := 0, 0
	for _, secret := range secrets {
		if secret == "" {
			continue
		}
		known++
		mac := hmac.New(sha1.New, []byte(secret))
		mac.Write(body)
		fits |= subtle.ConstantTimeCompare(mac.Sum(nil), given)
	}
	switch {
	case known == 0:
		return ErrNoSecret
	case header == "":
		return ErrMissing
	case !wellFormed:
		return ErrMalformed
	case fits != 1:
		return ErrWrong
	}
	return nil
}
