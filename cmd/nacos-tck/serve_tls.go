package main

import (
	"github.com/spf13/pflag"

	"github.com/nacos-tck/nacos-tck/refserver"
)

// tlsFlags are how the gRPC port for clients is protected.
type tlsFlags struct {
	cert, key, clientCA string
	only                bool
}

func (f *tlsFlags) register(flags *pflag.FlagSet) {
	flags.StringVar(&f.cert, "tls-cert", "", "PEM `file` with a certificate: the gRPC port for clients talks TLS beside plain text")
	flags.StringVar(&f.key, "tls-key", "", "PEM `file` with its key")
	flags.StringVar(&f.clientCA, "tls-client-ca", "", "PEM `file` with the authorities that must have signed a client's certificate")
	flags.BoolVar(&f.only, "tls-only", false, "refuse plain text on that port")
}

func (f *tlsFlags) options() ([]refserver.Option, error) {
	switch {
	case f.cert == "" && f.key == "" && f.clientCA == "" && !f.only:
		return nil, nil
	case f.cert == "" || f.key == "":
		return nil, usage("--tls-cert, --tls-key: expected both files where TLS is wanted")
	}
	config, err := refserver.LoadTLS(f.cert, f.key, f.clientCA)
	if err != nil {
		return nil, usage("--tls-cert, --tls-key, --tls-client-ca: %w", err)
	}
	return []refserver.Option{refserver.WithTLS(refserver.TLS{Config: config, Only: f.only})}, nil
}
