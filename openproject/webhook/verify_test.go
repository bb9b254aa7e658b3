package webhook_test

import (
	"crypto/hmac"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"strings"
	"testing"

	"ingest/openproject/webhook"
)

// vector is the example of API.md 10, made by the tracker's own code.
const (
	vectorBody   = `{"action":"work_package:updated"}`
	vectorSecret = "s3cret"
	vector       = "sha1=f0c37630aa88376a2a61f6702d0a590ee56b362d"
)

func signed(body, secret string) string {
	mac := hmac.New(sha1.New, []byte(secret))
	mac.Write([]byte(body))
	return "sha1=" + hex.EncodeToString(mac.Sum(nil))
}

func TestVerify(t *testing.T) {
	sha2 := sha256.Sum256([]byte(vectorBody))
	one := []string{vectorSecret}
	for name, tc := range map[string]struct {
		body, header string
		secrets      []string
		want         error
	}{
		"the vector":                   {vectorBody, vector, one, nil},
		"capital digits":               {vectorBody, "sha1=" + strings.ToUpper(vector[5:]), one, nil},
		"rotation: the new one signs":  {vectorBody, signed(vectorBody, "new"), []string{"new", vectorSecret}, nil},
		"rotation: the old one signs":  {vectorBody, vector, []string{"new", vectorSecret}, nil},
		"rotation: between two others": {vectorBody, vector, []string{"new", vectorSecret, "older"}, nil},
		"the same secret twice":        {vectorBody, vector, []string{vectorSecret, vectorSecret}, nil},
		"rotation: one that has gone":  {vectorBody, signed(vectorBody, "gone"), []string{"new", vectorSecret}, webhook.ErrWrong},
		"no header":                    {vectorBody, "", one, webhook.ErrMissing},
		"no scheme":                    {vectorBody, vector[5:], one, webhook.ErrMalformed},
		"another scheme":               {vectorBody, "sha256=" + hex.EncodeToString(sha2[:]), one, webhook.ErrMalformed},
		"SHA-256 under the name SHA-1": {vectorBody, "sha1=" + hex.EncodeToString(sha2[:]), one, webhook.ErrMalformed},
		"a digit short":                {vectorBody, vector[:44], one, webhook.ErrMalformed},
		"truncated to a prefix":        {vectorBody, vector[:25], one, webhook.ErrMalformed},
		"truncated to nothing":         {vectorBody, "sha1=", one, webhook.ErrMalformed},
		"a digit more":                 {vectorBody, vector + "0", one, webhook.ErrMalformed},
		"a byte more":                  {vectorBody, vector + "00", one, webhook.ErrMalformed},
		"no digits":                    {vectorBody, "sha1=" + strings.Repeat("z", 40), one, webhook.ErrMalformed},
		"a blank before":               {vectorBody, " " + vector, one, webhook.ErrMalformed},
		"zeros":                        {vectorBody, "sha1=" + strings.Repeat("0", 40), one, webhook.ErrWrong},
		"another secret":               {vectorBody, signed(vectorBody, "other"), one, webhook.ErrWrong},
		"the first digit is wrong":     {vectorBody, "sha1=0" + vector[6:], one, webhook.ErrWrong},
		"the last digit is wrong":      {vectorBody, vector[:44] + "e", one, webhook.ErrWrong},
		"the body was cut":             {vectorBody[:20], vector, one, webhook.ErrWrong},
		"the body was written anew":    {`{"action": "work_package:updated"}`, vector, one, webhook.ErrWrong},
		"an ampersand written anew":    {`{"a":"&"}`, signed(`{"a":"\u0026"}`, vectorSecret), one, webhook.ErrWrong},
		"an ampersand as it came":      {`{"a":"\u0026"}`, signed(`{"a":"\u0026"}`, vectorSecret), one, nil},
		"an empty body":                {"", signed("", vectorSecret), one, nil},
		"no secret is set":             {vectorBody, vector, nil, webhook.ErrNoSecret},
		"the empty secret":             {vectorBody, signed(vectorBody, ""), []string{""}, webhook.ErrNoSecret},
		"the empty secret among some":  {vectorBody, signed(vectorBody, ""), []string{"", vectorSecret}, webhook.ErrWrong},
		"behind the empty secret":      {vectorBody, vector, []string{"", vectorSecret}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			err := webhook.Verify([]byte(tc.body), tc.header, tc.secrets)
			if !errors.Is(err, tc.want) {
				t.Fatalf("got %v, want %v", err, tc.want)
			}
			if tc.want == nil {
				return
			}
			refused, ok := errors.AsType[webhook.SignatureError](err)
			if !ok || refused.Hint() == "" || !strings.HasPrefix(err.Error(), "webhook refused: ") {
				t.Errorf("got %T %v, hint %q", err, err, refused.Hint())
			}
			for _, secret := range tc.secrets {
				if secret != "" && strings.Contains(err.Error()+refused.Hint(), secret) {
					t.Errorf("%q gives away %q", err, secret)
				}
			}
		})
	}
}

// FuzzVerify: without the secret nothing passes but the one right signature.
func FuzzVerify(f *testing.F) {
	f.Add([]byte(vectorBody), vector)
	f.Add([]byte(vectorBody), "sha1=")
	f.Add([]byte{}, signed("", vectorSecret))
	f.Fuzz(func(t *testing.T, body []byte, header string) {
		right := strings.EqualFold(strings.TrimPrefix(header, "sha1="), signed(string(body), vectorSecret)[5:]) && strings.HasPrefix(header, "sha1=")
		if err := webhook.Verify(body, header, []string{"new", vectorSecret}); (err == nil) != right {
			t.Errorf("got %v", err)
		}
	})
}
