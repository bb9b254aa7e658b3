package access

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"strconv"
	"strings"
	"time"
)

// deviceAge is how long a browser is known after a login.
const deviceAge = 90 * 24 * time.Hour

// A device cookie is "nonce.expiry.seal". The seal binds it to one editor; its key
// comes from the hash of the password, so that it outlives a restart without a
// place to keep it and ends with the password. It opens nothing: it only lets the
// browser try a password while others are being refused.

// newDevice returns the cookie of a browser in which an editor signed in.
func newDevice(name string, hash []byte, now time.Time) string {
	head := randomText() + "." + strconv.FormatInt(now.Add(deviceAge).Unix(), 10)
	return head + "." + deviceSeal(head, name, hash)
}

// knownDevice returns what tells a browser from others if its cookie is good for
// the editor.
func knownDevice(cookie, name string, hash []byte, now time.Time) (id string, ok bool) {
	parts := strings.Split(cookie, ".")
	if len(parts) != 3 {
		return "", false
	}
	head := parts[0] + "." + parts[1]
	if !hmac.Equal([]byte(deviceSeal(head, name, hash)), []byte(parts[2])) {
		return "", false
	}
	expiry, err := strconv.ParseInt(parts[1], 10, 64)
	return parts[0], err == nil && now.Unix() < expiry
}

func deviceSeal(head, name string, hash []byte) string {
	key := sha256.Sum256(append([]byte("device\x00"), hash...))
	mac := hmac.New(sha256.New, key[:])
	mac.Write([]byte(head + "." + hex.EncodeToString([]byte(name))))
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}
