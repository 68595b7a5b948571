package naming

import (
	"fmt"
	"net/netip"
)

// Address is where a subscriber is pushed to over UDP. One without ip is on this machine; no other name than localhost
// is known.
func (s Subscriber) Address() (netip.AddrPort, error) {
	if s.Port < 0 || s.Port > 0xffff {
		return netip.AddrPort{}, fmt.Errorf("expected a port up to 65535, found %d", s.Port)
	}
	ip := netip.AddrFrom4([4]byte{127, 0, 0, 1})
	if s.IP != "" && s.IP != "localhost" {
		var err error
		if ip, err = netip.ParseAddr(s.IP); err != nil {
			return netip.AddrPort{}, fmt.Errorf("expected an ip address: %w", err)
		}
	}
	return netip.AddrPortFrom(ip.Unmap(), uint16(s.Port)), nil
}
