package grpcapi

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"

	"google.golang.org/grpc/credentials"

	"github.com/nacos-tck/nacos-tck/refserver/behaviour"
)

// TLS says how a port protects its connections. A port without configuration talks plain text alone.
type TLS struct {
	// Config has the server's certificate, and the certificate authorities of clients where they must show one too.
	Config *tls.Config
	// Only refuses plain text, which the port understands as well otherwise.
	Only bool
}

// Check says whether a line can protect connections so.
func (t TLS) Check(b behaviour.Connections) error {
	switch {
	case t.Config == nil && t.Only:
		return errors.New("expected a configuration of TLS where nothing else is allowed")
	case t.Config != nil && !b.TLS:
		return errors.New("this line has no TLS: leave the configuration out")
	}
	return nil
}

// protection is the handshake that each connection of the server begins with, whatever its port.
type protection struct {
	credentials.TransportCredentials // of a server without TLS
	server                           *Server
}

// lead is how many bytes tell TLS from plain text.
const lead = 5

// ServerHandshake begins TLS on a port that has it, unless the client begins with plain text and may.
// Source: nacos 2.5.1 core/src/main/java/com/alibaba/nacos/core/remote/grpc/negotiator/tls/OptionalTlsProtocolNegotiator.java:115-150.
func (p *protection) ServerHandshake(raw net.Conn) (net.Conn, credentials.AuthInfo, error) {
	c := raw.(*connection)
	port := p.server.protected[c.cluster]
	if port.Config == nil {
		return p.TransportCredentials.ServerHandshake(raw)
	}
	first := make([]byte, lead)
	if _, err := io.ReadFull(raw, first); err != nil {
		return nil, nil, err
	}
	read := &reread{Conn: raw, first: bytes.NewReader(first)}
	if !isTLS(first) && !port.Only {
		return p.TransportCredentials.ServerHandshake(read)
	}
	conn, info, err := credentials.NewTLS(port.Config).ServerHandshake(read)
	if err != nil {
		p.server.log.Debug("no TLS", "connection", c.id, "error", err)
		return nil, nil, err
	}
	c.secured.Store(true)
	return conn, info, nil
}

// isTLS says whether a client begins with a TLS record: its type, and the major version of the protocol.
func isTLS(first []byte) bool { return first[0] >= 20 && first[0] <= 24 && first[1] == 3 }

// ClientHandshake is not for servers.
func (p *protection) ClientHandshake(context.Context, string, net.Conn) (net.Conn, credentials.AuthInfo, error) {
	return nil, nil, errors.ErrUnsupported
}

// Clone is the same: nothing of it changes.
func (p *protection) Clone() credentials.TransportCredentials { return p }

// reread gives what was read in advance first.
type reread struct {
	net.Conn
	first *bytes.Reader
}

func (r *reread) Read(b []byte) (int, error) {
	if r.first.Len() > 0 {
		return r.first.Read(b)
	}
	return r.Conn.Read(b)
}
