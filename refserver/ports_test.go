package refserver_test

import (
	"net"
	"strconv"
	"strings"
	"testing"

	"github.com/nacos-tck/nacos-tck/refserver"
	"github.com/nacos-tck/nacos-tck/wire"
)

func TestPortsLieWhereClientsLookForThem(t *testing.T) {
	s := refserver.RunT(t)
	for address, offset := range map[string]int{s.GRPCAddr(): 1000, s.ClusterAddr(): 1001} {
		if _, port, _ := net.SplitHostPort(address); port != strconv.Itoa(s.Port()+offset) {
			t.Errorf("expected a port %d above %d, found %s", offset, s.Port(), address)
		}
		c := connect(t, address, wire.TCP)
		if err := s.Restart(); err != nil {
			t.Fatal(err)
		}
		c.Close()
		connect(t, address, wire.TCP)
	}
	if n := len(s.Connections()); n != 1 {
		t.Errorf("expected one connection since the last restart, found %d", n)
	}
}

func TestLimitsThatTheLineLacksAreRefused(t *testing.T) {
	_, err := refserver.New(refserver.WithConnectionLimits(refserver.ConnectionLimits{PerClientIP: 1}))
	if err == nil || !strings.Contains(err.Error(), "WithConnectionLimits") {
		t.Errorf("expected the option to be named, found %v", err)
	}
}
