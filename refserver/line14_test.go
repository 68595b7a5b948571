package refserver_test

import (
	"net"
	"strconv"
	"testing"
	"time"

	"github.com/nacos-tck/nacos-tck/refserver"
	"github.com/nacos-tck/nacos-tck/refserver/behaviour"
)

func TestLine14HasNoGRPCPort(t *testing.T) {
	server := refserver.RunT(t, refserver.WithLine(behaviour.Line14))
	if address := server.GRPCAddr() + server.ClusterAddr(); address != "" {
		t.Errorf("expected no gRPC port, found %s", address)
	}
	address := net.JoinHostPort(server.Host(), strconv.Itoa(server.Port()+1000))
	if conn, err := net.DialTimeout("tcp", address, time.Second); err == nil {
		conn.Close()
		t.Errorf("expected nobody to listen on %s", address)
	}
	server.Restart()
	if server.Services() != nil {
		t.Errorf("expected no services after a restart, found %v", server.Services())
	}
}
