package linkhealth_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"ingest/enrich/fetch"
	"ingest/enrich/linkhealth"
)

// signed starts a server with a certificate of its own, for a host and until a
// day.
func signed(t *testing.T, host string, until time.Time) (*httptest.Server, *x509.Certificate) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	form := &x509.Certificate{SerialNumber: big.NewInt(1), NotBefore: until.AddDate(-1, 0, 0), NotAfter: until, IsCA: true, BasicConstraintsValid: true}
	if ip := net.ParseIP(host); ip != nil {
		form.IPAddresses = []net.IP{ip}
	} else {
		form.DNSNames = []string{host}
	}
	der, err := x509.CreateCertificate(rand.Reader, form, form, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	made, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	s := httptest.NewUnstartedServer(http.NotFoundHandler())
	s.Config.ErrorLog = log.New(io.Discard, "", 0) // of handshakes that are to fail
	s.TLS = &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}, MinVersion: tls.VersionTLS12}
	s.StartTLS()
	t.Cleanup(s.Close)
	return s, made
}

func TestCertificates(t *testing.T) {
	soon := time.Now().AddDate(0, 1, 0)
	expired, expiredCert := signed(t, "127.0.0.1", time.Now().AddDate(0, 0, -1))
	other, otherCert := signed(t, "example.org", soon)
	stranger, _ := signed(t, "127.0.0.1", soon)
	good, goodCert := signed(t, "127.0.0.1", soon)
	plain := httptest.NewServer(http.NotFoundHandler())
	t.Cleanup(plain.Close)
	roots := x509.NewCertPool()
	for _, cert := range []*x509.Certificate{expiredCert, otherCert, goodCert} {
		roots.AddCert(cert)
	}
	c := checker(t, fetch.Options{RootCAs: roots})
	for url, want := range map[string]string{
		expired.URL: linkhealth.Expired, other.URL: linkhealth.WrongHost, stranger.URL: linkhealth.UnknownAuthority,
		strings.Replace(plain.URL, "http:", "https:", 1): linkhealth.Handshake,
	} {
		if got := check(t, c, url); got.Class != linkhealth.TLS || got.Detail != want || !got.Network() {
			t.Errorf("got %+v, want %s", got, want)
		}
	}
	if got := check(t, c, good.URL); got.Class != linkhealth.Gone {
		t.Errorf("got %+v, want gone: the certificate is good", got)
	}
}
