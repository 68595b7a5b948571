package grpcapi

import (
	"context"
	"fmt"
	"net"
	"net/netip"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"google.golang.org/grpc/peer"
)

// listener makes every TCP connection that it accepts a connection of the server. Identity, faults and the end of a
// connection hang on the TCP connection, so they are found through it: a call finds its connection in the peer address.
type listener struct {
	net.Listener
	server *Server
	// cluster is true for the port that servers use among each other.
	cluster bool
}

func (l *listener) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	return l.server.accepted(c, l.cluster), nil
}

// accepted mints the id <epoch ms>_<ip>_<port> of a TCP connection.
func (s *Server) accepted(tcp net.Conn, cluster bool) *connection {
	remote, _ := netip.ParseAddrPort(tcp.RemoteAddr().String())
	c := &connection{
		Conn: tcp, server: s, cluster: cluster, remote: remote, localIP: hostOf(tcp.LocalAddr()),
		closed: make(chan struct{}),
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for at := time.Now().UnixMilli(); c.id == "" || s.connections[c.id] != nil; at++ {
		c.id = fmt.Sprintf("%d_%s_%d", at, javaAddress(remote.Addr()), remote.Port())
	}
	s.connections[c.id] = c
	return c
}

func hostOf(a net.Addr) string {
	host, _, _ := net.SplitHostPort(a.String())
	return host
}

// javaAddress writes IPv6 addresses as Java does: eight groups, none left out.
func javaAddress(a netip.Addr) string {
	a = a.Unmap()
	if !a.Is6() {
		return a.String()
	}
	b := a.As16()
	var groups []string
	for i := 0; i < len(b); i += 2 {
		groups = append(groups, strconv.FormatUint(uint64(b[i])<<8|uint64(b[i+1]), 16))
	}
	return strings.Join(groups, ":")
}

// peerAddress is the address of a connection's client, and leads to the connection.
type peerAddress struct {
	net.Addr
	connection *connection
}

// RemoteAddr is the client's address.
func (c *connection) RemoteAddr() net.Addr { return peerAddress{c.Conn.RemoteAddr(), c} }

// connectionOf is the connection that a call or stream came on.
func connectionOf(ctx context.Context) *connection {
	p, _ := peer.FromContext(ctx)
	return p.Addr.(peerAddress).connection
}

// blackHole lets a TCP connection live while nothing passes through it.
type blackHole struct{ open atomic.Bool }

// Read waits for ever when the connection is a black hole.
func (c *connection) Read(b []byte) (int, error) {
	n, err := c.Conn.Read(b)
	if c.hole.open.Load() {
		<-c.closed
		return 0, net.ErrClosed
	}
	return n, err
}

// Write loses what is written when the connection is a black hole.
func (c *connection) Write(b []byte) (int, error) {
	if c.hole.open.Load() {
		return len(b), nil
	}
	return c.Conn.Write(b)
}

// Close ends the TCP connection and, as the line does, the registration.
func (c *connection) Close() error {
	err := c.Conn.Close()
	c.closing.Do(func() {
		close(c.closed)
		c.server.closed(c)
	})
	return err
}
