// Package memnet is a network in memory: listeners, connections and datagrams with addresses but without sockets, so
// that a server and its clients can run inside a testing/synctest bubble.
package memnet

import (
	"context"
	"fmt"
	"net"
	"net/netip"
	"sync"
	"syscall"
)

// Network connects dialers to listeners by address. The zero value is ready to use.
type Network struct {
	mu        sync.Mutex
	listeners map[netip.AddrPort]*listener
	packets   map[netip.AddrPort]*packetConn
	dialled   uint16
}

// Listen opens addr, which must be free on this network.
func (n *Network) Listen(addr netip.AddrPort) (net.Listener, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if _, taken := n.listeners[addr]; taken {
		return nil, fmt.Errorf("memnet: listen %s: address already in use", addr)
	}
	if n.listeners == nil {
		n.listeners = map[netip.AddrPort]*listener{}
	}
	l := &listener{network: n, addr: addr, incoming: make(chan net.Conn), closed: make(chan struct{})}
	n.listeners[addr] = l
	return l, nil
}

// Dial connects to the listener at addr, given as host:port with a literal address. Each connection comes from a
// port of its own.
func (n *Network) Dial(ctx context.Context, addr string) (net.Conn, error) {
	to, err := netip.ParseAddrPort(addr)
	if err != nil {
		return nil, fmt.Errorf("memnet: dial %q: expected a literal address and a port: %w", addr, err)
	}
	n.mu.Lock()
	l := n.listeners[to]
	n.dialled++
	from := netip.AddrPortFrom(to.Addr(), 1<<15|n.dialled)
	n.mu.Unlock()
	if l == nil {
		return nil, fmt.Errorf("memnet: dial %s: %w", addr, syscall.ECONNREFUSED)
	}
	near, far := net.Pipe()
	select {
	case l.incoming <- conn{far, to, from}:
		return conn{near, from, to}, nil
	case <-l.closed:
		return nil, fmt.Errorf("memnet: dial %s: %w", addr, syscall.ECONNREFUSED)
	case <-ctx.Done():
		return nil, fmt.Errorf("memnet: dial %s: %w", addr, ctx.Err())
	}
}

type listener struct {
	network  *Network
	addr     netip.AddrPort
	incoming chan net.Conn
	once     sync.Once
	closed   chan struct{}
}

func (l *listener) Accept() (net.Conn, error) {
	select {
	case c := <-l.incoming:
		return c, nil
	case <-l.closed:
		return nil, net.ErrClosed
	}
}

func (l *listener) Close() error {
	l.once.Do(func() {
		close(l.closed)
		l.network.mu.Lock()
		delete(l.network.listeners, l.addr)
		l.network.mu.Unlock()
	})
	return nil
}

func (l *listener) Addr() net.Addr { return net.TCPAddrFromAddrPort(l.addr) }

type conn struct {
	net.Conn
	local, remote netip.AddrPort
}

func (c conn) LocalAddr() net.Addr  { return net.TCPAddrFromAddrPort(c.local) }
func (c conn) RemoteAddr() net.Addr { return net.TCPAddrFromAddrPort(c.remote) }
