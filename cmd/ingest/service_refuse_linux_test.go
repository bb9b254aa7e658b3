package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"math/big"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"ingest/openproject/openprojecttest"
)

// TestServiceRefusesToStart: what is wrong with the configuration or the machine is
// told at the start, with what to do, and the service does not pretend to be well.
func TestServiceRefusesToStart(t *testing.T) {
	t.Parallel()
	source := newServiceSource(t, 1, nil)
	other, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = other.Close() })
	server := func(old, fresh string) string { return strings.Replace(source.serviceConfig(""), old, fresh, 1) }
	for name, tc := range map[string]struct {
		config      string
		prepare     func(t *testing.T, site *killSite) *syscall.SysProcAttr
		code        int
		error, hint string
	}{
		"everybody may come":     {config: server("127.0.0.1:0", "0.0.0.0:0"), code: exitUsage, error: "server.listen", hint: "ingest passwd"},
		"everybody, by any name": {config: server("127.0.0.1:0", ":0"), code: exitUsage, error: "server.listen", hint: "ingest passwd"},
		"the address is taken":   {config: server("127.0.0.1:0", other.Addr().String()), code: exitStopped, error: "address already in use", hint: "another program listens there"},
		"not this machine's":     {config: server("127.0.0.1:0", "localhost:0.5"), code: exitUsage, error: "server.listen"},
		"no certificate there":   {config: server("server: {", "server: {tls: {cert_file: c.pem, key_file: k.pem}, "), code: exitUsage, error: "server.tls: the certificate: open", hint: "PEM"},
		"a key without its half": {config: server("server: {", "server: {tls: {cert_file: c.pem}, "), code: exitUsage, error: "server.tls"},
		"another certificate's key": {config: server("server: {", "server: {tls: {cert_file: c.pem, key_file: k.pem}, "), code: exitUsage, error: "private key does not match", hint: "PEM",
			prepare: func(t *testing.T, site *killSite) *syscall.SysProcAttr {
				site.certify(t, "c.pem", "other.pem")
				site.certify(t, "other.pem", "k.pem")
				return nil
			}},
		"a certificate of words": {config: server("server: {", "server: {tls: {cert_file: c.pem, key_file: k.pem}, "), code: exitUsage, error: "server.tls: the certificate:", hint: "PEM",
			prepare: func(t *testing.T, site *killSite) *syscall.SysProcAttr {
				site.put(t, "c.pem", "a certificate")
				site.put(t, "k.pem", "a key")
				return nil
			}},
		"an archetype that is not there": {config: source.serviceConfig("output: {archetype: none.yaml}\n"), code: exitUsage, error: "none.yaml"},
		"a wrong cron":                   {config: source.serviceConfig("schedule: [{cron: '0 25 * * *'}]\n"), code: exitUsage, error: "schedule", hint: "minute, hour"},
		"a cron that never comes":        {config: source.serviceConfig("schedule: [{cron: '0 0 31 2 *'}]\n"), code: exitUsage, error: "never comes", hint: "name a day"},
		"an owner of no key":             {config: source.serviceConfig("output: {owner: {titel: tracker}}\n"), code: exitUsage, error: "output.owner: the archetype has no key titel", hint: "title"},
		"a webhook that is no address":   {config: source.serviceConfig("notify: {webhook: nowhere}\n"), code: exitUsage, error: "notify.webhook", hint: "copy the address"},
		"a state that may not be written": {config: source.serviceConfig("state: closed/state.db\n"), code: exitStopped, error: "closed/", hint: "let the user that runs ingest read and write",
			prepare: func(t *testing.T, site *killSite) *syscall.SysProcAttr {
				closed := filepath.Join(site.dir, "closed")
				if err := os.Mkdir(closed, 0o555); err != nil {
					t.Fatal(err)
				}
				if os.Geteuid() == 0 { // whom modes do not stop
					return namespace(1000)
				}
				return nil
			}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			site := newKillSite(t, tc.config, nil)
			c := site.command(t.Context(), "serve")
			if tc.prepare != nil {
				c.SysProcAttr = tc.prepare(t, site)
			}
			var log journal
			c.Stdout, c.Stderr = &log, &log
			switch err := c.Start(); {
			case err != nil && c.SysProcAttr != nil:
				t.Skipf("this machine gives no namespaces: %v", err)
			case err != nil:
				t.Fatal(err)
			}
			v := &servedSite{killSite: site, process: c, log: &log, ended: make(chan error, 1)}
			go func() { v.ended <- c.Wait() }()
			t.Cleanup(func() { _ = c.Process.Kill() })
			if code := v.exit(t); code != tc.code {
				t.Errorf("exit code %d, want %d", code, tc.code)
			}
			said := log.tail()
			_, hint, _ := strings.Cut(said, "\nhint: ")
			if !strings.Contains(said, "error: ") || !strings.Contains(said, tc.error) || !strings.Contains(hint, tc.hint) {
				t.Errorf("said %s, want an error with %q and a hint with %q", said, tc.error, tc.hint)
			}
			if strings.Contains(said, "ingest serves on") {
				t.Error("it says that it serves")
			}
		})
	}
}

// TestServiceStartsWithoutItsTracker: the service begins while the tracker is away,
// says so, and follows by itself what happened meanwhile once it is back. Nobody has
// to tell it.
func TestServiceStartsWithoutItsTracker(t *testing.T) {
	t.Parallel()
	source := newServiceSource(t, 3, nil)
	want := source.fresh(t)
	source.tracker.SetFault(func(*http.Request) *openprojecttest.Fault { return &openprojecttest.Fault{Drop: true} })
	service := newKillSite(t, source.serviceConfig(""), nil).serve(t)
	service.log.await(t, `msg="run ended".* state=stopped.* error=`, 1)
	source.tracker.SetFault(nil)
	service.converges(t, want)
	if code := service.stop(t, syscall.SIGTERM); code != exitDone {
		t.Errorf("exit code %d", code)
	}
}

// TestServiceKeepsItsTLS: a service that speaks TLS takes over a renewed certificate,
// and goes on with the one it has when the configuration loses it.
func TestServiceKeepsItsTLS(t *testing.T) {
	t.Parallel()
	source := newServiceSource(t, 1, nil)
	withTLS := strings.Replace(source.serviceConfig(""), "server: {", "server: {tls: {cert_file: c.pem, key_file: k.pem}, ", 1)
	site := newKillSite(t, withTLS, nil)
	serial := site.certify(t, "c.pem", "k.pem")
	service := site.serve(t)
	service.speaksTLS(t, serial)

	serial = site.certify(t, "c.pem", "k.pem")
	service.signal(t, syscall.SIGHUP)
	service.log.await(t, `configuration read again`, 1)
	service.speaksTLS(t, serial)

	site.put(t, "config.yaml", source.serviceConfig(""))
	service.signal(t, syscall.SIGHUP)
	service.log.await(t, `configuration read again`, 2)
	service.speaksTLS(t, serial)
	if service.log.count(`TLS on or off.* only with a restart`) != 1 {
		t.Errorf("the log does not say that it goes on with TLS\n%s", service.log.tail())
	}
}

// speaksTLS makes sure of the certificate that the service shows.
func (v *servedSite) speaksTLS(t *testing.T, serial *big.Int) {
	t.Helper()
	dialer := tls.Dialer{Config: &tls.Config{InsecureSkipVerify: true}} //nolint:gosec // it is our own
	c, err := dialer.DialContext(t.Context(), "tcp", strings.TrimPrefix(v.url, "https://"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = c.Close() }()
	shown := c.(*tls.Conn).ConnectionState().PeerCertificates[0].SerialNumber
	if shown.Cmp(serial) != 0 {
		t.Errorf("certificate number %v, want %v", shown, serial)
	}
}

// certify writes a certificate and its key, and returns its number.
func (s *killSite) certify(t *testing.T, cert, key string) *big.Int {
	t.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	serial, err := rand.Int(rand.Reader, big.NewInt(1<<60))
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: serial, NotAfter: time.Now().Add(time.Hour), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}}
	made, err := x509.CreateCertificate(rand.Reader, template, template, &private.PublicKey, private)
	if err != nil {
		t.Fatal(err)
	}
	encoded, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		t.Fatal(err)
	}
	s.put(t, cert, string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: made})))
	s.put(t, key, string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: encoded})))
	return serial
}
