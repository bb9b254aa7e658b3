package access

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"golang.org/x/oauth2"
)

// attemptAge is how long a person has to sign in at the provider.
const attemptAge = 10 * time.Minute

// attempt is what the callback must know about the beginning of its login. None
// of it has a line break.
type attempt struct {
	state, nonce, verifier string
	next                   string // as LocalPath gave it
	expires                time.Time
}

func newAttempt(next string, now time.Time) attempt {
	return attempt{state: randomText(), nonce: randomText(), verifier: oauth2.GenerateVerifier(), next: next, expires: now.Add(attemptAge)}
}

// sealer hides attempts in cookies. Its key is never stored.
type sealer struct{ aead cipher.AEAD }

func newSealer() (sealer, error) {
	var key [32]byte
	_, _ = rand.Read(key[:]) // never fails, by its contract
	block, err := aes.NewCipher(key[:])
	if err != nil {
		return sealer{}, fmt.Errorf("key for login cookies: %w", err)
	}
	aead, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		return sealer{}, fmt.Errorf("key for login cookies: %w", err)
	}
	return sealer{aead}, nil
}

func (s sealer) seal(a attempt) string {
	text := strings.Join([]string{a.state, a.nonce, a.verifier, strconv.FormatInt(a.expires.Unix(), 10), a.next}, "\n")
	return base64.RawURLEncoding.EncodeToString(s.aead.Seal(nil, nil, []byte(text), nil))
}

var errNoAttempt = errors.New("this browser began no login, or began it too long ago")

// open returns the attempt of a cookie, unless its time is over.
func (s sealer) open(cookie string, now time.Time) (attempt, error) {
	sealed, err := base64.RawURLEncoding.DecodeString(cookie)
	if err != nil {
		return attempt{}, errNoAttempt
	}
	text, err := s.aead.Open(nil, nil, sealed, nil)
	if err != nil {
		return attempt{}, errNoAttempt
	}
	parts := strings.Split(string(text), "\n")
	if len(parts) != 5 {
		return attempt{}, errNoAttempt
	}
	expires, err := strconv.ParseInt(parts[3], 10, 64)
	if err != nil || now.Unix() >= expires {
		return attempt{}, errNoAttempt
	}
	return attempt{state: parts[0], nonce: parts[1], verifier: parts[2], next: parts[4], expires: time.Unix(expires, 0)}, nil
}
