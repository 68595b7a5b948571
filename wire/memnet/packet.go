package memnet

import (
	"fmt"
	"net"
	"net/netip"
	"os"
	"sync"
	"time"
)

// backlog is how many datagrams wait for a reader; further ones are lost, as on a real network.
const backlog = 256

// ListenPacket opens addr for datagrams, which must be free for them on this network. Datagrams to addresses that
// nobody listens on are lost.
func (n *Network) ListenPacket(addr netip.AddrPort) (net.PacketConn, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if _, taken := n.packets[addr]; taken {
		return nil, fmt.Errorf("memnet: listen for datagrams on %s: address already in use", addr)
	}
	if n.packets == nil {
		n.packets = map[netip.AddrPort]*packetConn{}
	}
	p := &packetConn{network: n, addr: addr, incoming: make(chan datagram, backlog), closed: make(chan struct{})}
	n.packets[addr] = p
	return p, nil
}

type datagram struct {
	from    netip.AddrPort
	payload []byte
}

type packetConn struct {
	network  *Network
	addr     netip.AddrPort
	incoming chan datagram
	once     sync.Once
	closed   chan struct{}

	mu       sync.Mutex
	deadline time.Time
}

// ReadFrom takes the next datagram. What does not fit into b is lost. A deadline counts for reads that begin after it
// was set.
func (p *packetConn) ReadFrom(b []byte) (int, net.Addr, error) {
	p.mu.Lock()
	deadline := p.deadline
	p.mu.Unlock()
	var late <-chan time.Time
	if !deadline.IsZero() {
		timer := time.NewTimer(time.Until(deadline))
		defer timer.Stop()
		late = timer.C
	}
	select {
	case d := <-p.incoming:
		return copy(b, d.payload), net.UDPAddrFromAddrPort(d.from), nil
	case <-late:
		return 0, nil, os.ErrDeadlineExceeded
	case <-p.closed:
		return 0, nil, net.ErrClosed
	}
}

// WriteTo sends a datagram; it never blocks.
func (p *packetConn) WriteTo(b []byte, to net.Addr) (int, error) {
	select {
	case <-p.closed:
		return 0, net.ErrClosed
	default:
	}
	address, err := netip.ParseAddrPort(to.String())
	if err != nil {
		return 0, fmt.Errorf("memnet: send to %s: expected a literal address and a port: %w", to, err)
	}
	p.network.mu.Lock()
	receiver := p.network.packets[address]
	p.network.mu.Unlock()
	if receiver != nil {
		select {
		case receiver.incoming <- datagram{p.addr, append([]byte(nil), b...)}:
		default:
		}
	}
	return len(b), nil
}

func (p *packetConn) Close() error {
	p.once.Do(func() {
		close(p.closed)
		p.network.mu.Lock()
		delete(p.network.packets, p.addr)
		p.network.mu.Unlock()
	})
	return nil
}

func (p *packetConn) LocalAddr() net.Addr { return net.UDPAddrFromAddrPort(p.addr) }

func (p *packetConn) SetDeadline(t time.Time) error { return p.SetReadDeadline(t) }

func (p *packetConn) SetReadDeadline(t time.Time) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.deadline = t
	return nil
}

// SetWriteDeadline does nothing: writing never waits.
func (p *packetConn) SetWriteDeadline(time.Time) error { return nil }
