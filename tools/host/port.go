package host

import (
	"fmt"
	"math/rand/v2"
	"net"
	"slices"
	"strconv"
)

// Address is the one of a port on this machine, as host:port.
func Address(port int) string { return net.JoinHostPort("127.0.0.1", strconv.Itoa(port)) }

// Range are ports that servers may have: From, From + Step and so on, Count of them. It belongs below the ports that the
// system gives to clients.
type Range struct{ From, Step, Count int }

// FreePort draws a port of which those at the offsets are free too, 0 being the port itself.
func (r Range) FreePort(offsets ...int) (int, error) {
	for range 200 {
		port := r.From + r.Step*rand.IntN(r.Count)
		if !slices.ContainsFunc(offsets, func(offset int) bool { return taken(port + offset) }) {
			return port, nil
		}
	}
	return 0, fmt.Errorf("expected ports %v from one of %d to %d to be free on 127.0.0.1, found none; stop what holds them",
		offsets, r.From, r.From+r.Step*(r.Count-1))
}

func taken(port int) bool {
	l, err := net.Listen("tcp", Address(port))
	if err != nil {
		return true
	}
	return l.Close() != nil
}
