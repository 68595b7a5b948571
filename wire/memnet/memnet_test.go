package memnet_test

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/nacos-tck/nacos-tck/wire/memnet"
)

var address = netip.MustParseAddrPort("127.0.0.1:8848")

func TestBothEndsKnowTheirAddresses(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var network memnet.Network
		l, err := network.Listen(address)
		if err != nil {
			t.Fatal(err)
		}
		accepted := make(chan net.Conn)
		go func() {
			c, err := l.Accept()
			if err != nil {
				t.Error(err)
			}
			accepted <- c
		}()
		near, err := network.Dial(t.Context(), address.String())
		if err != nil {
			t.Fatal(err)
		}
		far := <-accepted
		if near.RemoteAddr().String() != address.String() || near.LocalAddr().String() != far.RemoteAddr().String() {
			t.Errorf("expected matching addresses, found %v–%v and %v–%v", near.LocalAddr(), near.RemoteAddr(), far.LocalAddr(), far.RemoteAddr())
		}
	})
}

func TestDialWithoutListenerIsRefused(t *testing.T) {
	var network memnet.Network
	if _, err := network.Dial(t.Context(), address.String()); err == nil || !strings.Contains(err.Error(), "refused") {
		t.Errorf("expected a refused connection, found %v", err)
	}
	if _, err := network.Dial(t.Context(), "localhost:http"); err == nil || !strings.Contains(err.Error(), "literal address") {
		t.Errorf("expected to hear of literal addresses, found %v", err)
	}
}

func TestAListenerThatDoesNotAcceptLetsTheDialerWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var network memnet.Network
		l, err := network.Listen(address)
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if _, err := network.Dial(ctx, address.String()); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("expected the deadline, found %v", err)
		}
		if _, err := network.Listen(address); err == nil {
			t.Error("expected the address to be in use")
		}
		l.Close()
		if _, err := l.Accept(); !errors.Is(err, net.ErrClosed) {
			t.Errorf("expected net.ErrClosed, found %v", err)
		}
		if _, err := network.Listen(address); err != nil {
			t.Errorf("expected the address to be free again, found %v", err)
		}
	})
}
