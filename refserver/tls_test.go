package refserver_test

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/nacos-tck/nacos-tck/refserver"
	"github.com/nacos-tck/nacos-tck/refserver/behaviour"
	"github.com/nacos-tck/nacos-tck/wire"
)

// authority signs certificates for a test and writes them to files.
type authority struct {
	t    *testing.T
	cert *x509.Certificate
	key  *ecdsa.PrivateKey
	file string
}

func newAuthority(t *testing.T, name string) *authority {
	t.Helper()
	a := &authority{t: t}
	a.cert, a.key = a.sign(name, true)
	a.file = a.write("CERTIFICATE", a.cert.Raw)
	return a
}

func (a *authority) sign(name string, isCA bool) (*x509.Certificate, *ecdsa.PrivateKey) {
	a.t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		a.t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(time.Now().UnixNano()), NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		DNSNames: []string{name}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: isCA, BasicConstraintsValid: true,
	}
	template.Subject.CommonName = name
	parent, signer := a.cert, a.key
	if isCA {
		parent, signer = template, key
	}
	der, err := x509.CreateCertificate(rand.Reader, template, parent, &key.PublicKey, signer)
	if err != nil {
		a.t.Fatal(err)
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		a.t.Fatal(err)
	}
	return cert, key
}

// files are those of a new certificate and its key.
func (a *authority) files(name string) (cert, key string) {
	a.t.Helper()
	c, k := a.sign(name, false)
	der, err := x509.MarshalPKCS8PrivateKey(k)
	if err != nil {
		a.t.Fatal(err)
	}
	return a.write("CERTIFICATE", c.Raw), a.write("PRIVATE KEY", der)
}

func (a *authority) write(kind string, der []byte) string {
	a.t.Helper()
	f, err := os.CreateTemp(a.t.TempDir(), "*.pem")
	if err != nil {
		a.t.Fatal(err)
	}
	defer f.Close()
	if err := pem.Encode(f, &pem.Block{Type: kind, Bytes: der}); err != nil {
		a.t.Fatal(err)
	}
	return f.Name()
}

// dialer opens TLS connections that trust the authority, with a certificate when there is one.
func (a *authority) dialer(certFile, keyFile string) wire.Dialer {
	a.t.Helper()
	config := &tls.Config{RootCAs: x509.NewCertPool(), NextProtos: []string{"h2"}}
	config.RootCAs.AddCert(a.cert)
	if certFile != "" {
		cert, err := tls.LoadX509KeyPair(certFile, keyFile)
		if err != nil {
			a.t.Fatal(err)
		}
		config.Certificates = []tls.Certificate{cert}
	}
	return func(ctx context.Context, address string) (net.Conn, error) {
		return (&tls.Dialer{Config: config}).DialContext(ctx, "tcp", address)
	}
}

// answers says whether a client that dials so is served.
func answers(t *testing.T, address string, dial wire.Dialer) bool {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
	defer cancel()
	c, err := wire.DialGRPC(ctx, wire.GRPCOptions{Address: address, Dial: dial})
	if err != nil {
		return false
	}
	defer c.Close()
	x := c.Request(ctx, wire.ServerCheckRequest{Request: wire.NewRequest(wire.ModuleInternal)})
	return x.ResponseType == "ServerCheckResponse"
}

func TestTLS(t *testing.T) {
	ours, theirs := newAuthority(t, "ours"), newAuthority(t, "theirs")
	cert, key := ours.files("server")
	clientCert, clientKey := theirs.files("client")
	strangerCert, strangerKey := newAuthority(t, "strangers").files("stranger")
	anonymous, known := ours.dialer("", ""), ours.dialer(clientCert, clientKey)
	stranger := ours.dialer(strangerCert, strangerKey)
	for name, c := range map[string]struct {
		mutual, only                       bool
		plain, anonymous, known, untrusted bool
	}{
		"both":            {plain: true, anonymous: true, known: true, untrusted: true},
		"TLS only":        {only: true, anonymous: true, known: true, untrusted: true},
		"mutual":          {mutual: true, plain: true, known: true},
		"mutual TLS only": {mutual: true, only: true, known: true},
	} {
		t.Run(name, func(t *testing.T) {
			clientCA := ""
			if c.mutual {
				clientCA = theirs.file
			}
			config, err := refserver.LoadTLS(cert, key, clientCA)
			if err != nil {
				t.Fatal(err)
			}
			s := refserver.RunT(t, refserver.WithTLS(refserver.TLS{Config: config, Only: c.only}))
			for client, x := range map[string]struct {
				dial     wire.Dialer
				expected bool
			}{
				"plain text": {wire.TCP, c.plain}, "without certificate": {anonymous, c.anonymous},
				"with a certificate": {known, c.known}, "with a strange certificate": {stranger, c.untrusted},
			} {
				if found := answers(t, s.GRPCAddr(), x.dial); found != x.expected {
					t.Errorf("a client %s: served is %v", client, found)
				}
			}
			if !answers(t, s.ClusterAddr(), wire.TCP) || answers(t, s.ClusterAddr(), known) {
				t.Error("expected the port for servers to talk plain text alone")
			}
			connect(t, s.GRPCAddr(), known)
			if all := s.Connections(); len(all) != 1 || !all[0].Secured {
				t.Errorf("expected one secured connection, found %+v", all)
			}
		})
	}
}

func TestClusterTLS(t *testing.T) {
	a := newAuthority(t, "ours")
	cert, key := a.files("server")
	config, err := refserver.LoadTLS(cert, key, "")
	if err != nil {
		t.Fatal(err)
	}
	s := refserver.RunT(t, refserver.WithClusterTLS(refserver.TLS{Config: config, Only: true}))
	if !answers(t, s.ClusterAddr(), a.dialer("", "")) || answers(t, s.ClusterAddr(), wire.TCP) || !answers(t, s.GRPCAddr(), wire.TCP) {
		t.Error("expected TLS on the port for servers alone")
	}
}

// Who connects and says nothing holds nothing up, and the server closes while he waits.
func TestSilentHandshake(t *testing.T) {
	a := newAuthority(t, "ours")
	cert, key := a.files("server")
	config, err := refserver.LoadTLS(cert, key, "")
	if err != nil {
		t.Fatal(err)
	}
	s := refserver.RunT(t, refserver.WithTLS(refserver.TLS{Config: config}))
	for _, sent := range []string{"", "\x16\x03\x01", "GET /", "\x16\x03\x01\x00\x05hello"} {
		silent, err := net.Dial("tcp", s.GRPCAddr())
		if err != nil {
			t.Fatal(err)
		}
		defer silent.Close()
		if _, err := silent.Write([]byte(sent)); err != nil {
			t.Fatal(err)
		}
	}
	if !answers(t, s.GRPCAddr(), a.dialer("", "")) {
		t.Error("a client beside silent ones is not served")
	}
}

func TestLoadTLSNamesWhatIsWrong(t *testing.T) {
	a := newAuthority(t, "ours")
	cert, key := a.files("server")
	_, otherKey := a.files("other")
	missing := filepath.Join(t.TempDir(), "none.pem")
	for _, c := range []struct{ cert, key, clientCA, says string }{
		{missing, key, "", missing}, {cert, missing, "", missing}, {key, key, "", key}, {cert, otherKey, "", "does not match"},
		{cert, key, missing, missing}, {cert, key, key, "found no certificate"},
	} {
		if _, err := refserver.LoadTLS(c.cert, c.key, c.clientCA); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%+v: %v", c, err)
		}
	}
	config, err := refserver.LoadTLS(cert, key, "")
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range [][]refserver.Option{
		{refserver.WithLine(behaviour.Line20), refserver.WithTLS(refserver.TLS{Config: config})},
		{refserver.WithClusterTLS(refserver.TLS{Only: true})},
	} {
		if _, err := refserver.New(o...); err == nil || !strings.Contains(err.Error(), "TLS") {
			t.Errorf("expected the option to be named, found %v", err)
		}
	}
}
