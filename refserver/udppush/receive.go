package udppush

import (
	"errors"
	"net"
	"net/netip"
	"time"
)

const (
	// maxDatagram is the longest acknowledgement in bytes; what is longer is cut.
	maxDatagram = 1 << 16
	// breath is the pause after a failure to read, so that a broken socket costs no processor.
	breath = 100 * time.Millisecond
)

// read takes acknowledgements until the socket is closed.
func (s *Server) read(conn net.PacketConn) {
	buffer := make([]byte, maxDatagram)
	for {
		n, from, err := conn.ReadFrom(buffer)
		if errors.Is(err, net.ErrClosed) {
			return
		}
		if err != nil {
			s.o.Log.Warn("cannot read acknowledgements of pushes", "error", err)
			select {
			case <-time.After(breath):
				continue
			case <-s.over:
				return
			}
		}
		s.receive(from, buffer[:n])
	}
}

// receive takes one datagram. Whatever does not acknowledge a push of its sender is ignored.
func (s *Server) receive(from net.Addr, payload []byte) {
	sequence, err := acknowledged(payload)
	if err != nil {
		s.o.Log.Debug("a datagram is no acknowledgement", "from", from, "error", err)
		return
	}
	address, err := netip.ParseAddrPort(from.String())
	if err != nil {
		s.o.Log.Warn("an acknowledgement comes from no ip address", "from", from, "error", err)
		return
	}
	d := s.take(ticket{netip.AddrPortFrom(address.Addr().Unmap(), address.Port()), sequence})
	if d == nil {
		s.o.Log.Debug("an acknowledgement belongs to no push", "from", from, "sequence", sequence)
		return
	}
	d.done(nil)
}
