package memnet_test

import (
	"errors"
	"net"
	"net/netip"
	"os"
	"testing"
	"testing/synctest"
	"time"

	"github.com/nacos-tck/nacos-tck/wire/memnet"
)

func listenPacket(t *testing.T, network *memnet.Network, address string) net.PacketConn {
	t.Helper()
	conn, err := network.ListenPacket(netip.MustParseAddrPort(address))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	return conn
}

func TestDatagramsKeepTheirBoundsAndSenders(t *testing.T) {
	var network memnet.Network
	near, far := listenPacket(t, &network, "10.0.0.1:1000"), listenPacket(t, &network, "10.0.0.2:2000")
	for _, payload := range []string{"first", "second"} {
		if n, err := near.WriteTo([]byte(payload), far.LocalAddr()); err != nil || n != len(payload) {
			t.Fatalf("expected %d bytes to be sent, found %d: %v", len(payload), n, err)
		}
	}
	buffer := make([]byte, 3)
	for _, expected := range []string{"fir", "sec"} {
		n, from, err := far.ReadFrom(buffer)
		if err != nil || string(buffer[:n]) != expected || from.String() != "10.0.0.1:1000" {
			t.Errorf("expected %q from 10.0.0.1:1000, found %q from %v: %v", expected, buffer[:n], from, err)
		}
	}
}

func TestDatagramsToNobodyAreLost(t *testing.T) {
	var network memnet.Network
	near := listenPacket(t, &network, "10.0.0.1:1000")
	if _, err := near.WriteTo([]byte("lost"), &net.UDPAddr{IP: net.IPv4(10, 0, 0, 9), Port: 9}); err != nil {
		t.Errorf("expected no error, found %v", err)
	}
	if _, err := network.ListenPacket(netip.MustParseAddrPort("10.0.0.1:1000")); err == nil {
		t.Error("expected the address to be in use")
	}
}

func TestReadingDatagramsEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var network memnet.Network
		conn := listenPacket(t, &network, "10.0.0.1:1000")
		if err := conn.SetReadDeadline(time.Now().Add(time.Second)); err != nil {
			t.Fatal(err)
		}
		if _, _, err := conn.ReadFrom(nil); !errors.Is(err, os.ErrDeadlineExceeded) {
			t.Errorf("expected the deadline to pass, found %v", err)
		}
		if err := conn.SetReadDeadline(time.Time{}); err != nil {
			t.Fatal(err)
		}
		time.AfterFunc(time.Second, func() { conn.Close() })
		if _, _, err := conn.ReadFrom(nil); !errors.Is(err, net.ErrClosed) {
			t.Errorf("expected a closed connection, found %v", err)
		}
		if _, err := conn.WriteTo(nil, conn.LocalAddr()); !errors.Is(err, net.ErrClosed) {
			t.Errorf("expected a closed connection, found %v", err)
		}
	})
}
