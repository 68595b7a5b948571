package refserver

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"os"

	"github.com/nacos-tck/nacos-tck/refserver/grpcapi"
)

// TLS says how a gRPC port protects its connections: with Config, and with plain text too unless it is Only TLS.
type TLS = grpcapi.TLS

// WithTLS protects the gRPC port for clients; see LoadTLS. HTTP stays plain, as on a real server.
func WithTLS(t TLS) Option { return func(o *options) { o.tls = t } }

// WithClusterTLS protects the gRPC port for servers.
func WithClusterTLS(t TLS) Option { return func(o *options) { o.clusterTLS = t } }

// LoadTLS reads a certificate chain and its key from PEM files. With the file of certificate authorities, clients must
// show a certificate that one of them has signed; empty for no such thing.
func LoadTLS(certFile, keyFile, clientCAFile string) (*tls.Config, error) {
	certificate, err := tls.LoadX509KeyPair(certFile, keyFile)
	if err != nil {
		return nil, fmt.Errorf("expected a certificate in %s and its key in %s, both as PEM: %w", certFile, keyFile, err)
	}
	config := &tls.Config{Certificates: []tls.Certificate{certificate}, MinVersion: tls.VersionTLS12}
	if clientCAFile == "" {
		return config, nil
	}
	pem, err := os.ReadFile(clientCAFile)
	if err != nil {
		return nil, fmt.Errorf("expected the certificate authorities of clients as PEM: %w", err)
	}
	config.ClientCAs, config.ClientAuth = x509.NewCertPool(), tls.RequireAndVerifyClientCert
	if !config.ClientCAs.AppendCertsFromPEM(pem) {
		return nil, errors.New("expected the certificate authorities of clients as PEM in " + clientCAFile + ", found no certificate there")
	}
	return config, nil
}
