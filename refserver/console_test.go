package refserver_test

import (
	"errors"
	"net"
	"net/http"
	"strings"
	"testing"

	"github.com/nacos-tck/nacos-tck/refserver"
	"github.com/nacos-tck/nacos-tck/refserver/behaviour"
)

func TestConsoleOnItsOwnPort(t *testing.T) {
	s := refserver.RunT(t, refserver.WithLine(behaviour.Line30), refserver.WithConsole(0))
	answers := func(url string, status int) {
		t.Helper()
		r, err := http.Get(url)
		if err != nil {
			t.Fatal(err)
		}
		defer r.Body.Close()
		if r.StatusCode != status {
			t.Errorf("%s: expected %d, found %d", url, status, r.StatusCode)
		}
	}
	state := "/v3/console/server/state"
	answers("http://"+s.ConsoleAddr()+state, 200)
	answers(s.URL()+state, 404)
	if err := s.Restart(); err != nil {
		t.Fatal(err)
	}
	answers("http://"+s.ConsoleAddr()+state, 200)
	if seen := s.Requests(); len(seen) != 3 || seen[0].Operation != "GET "+state {
		t.Errorf("expected the log to have the requests to the console, found %v", seen)
	}
	if other := refserver.RunT(t, refserver.WithLine(behaviour.Line30)); other.ConsoleAddr() != "" {
		t.Errorf("expected no console that nobody asked for, found one at %s", other.ConsoleAddr())
	}
}

func TestConsoleThatCannotBe(t *testing.T) {
	if _, err := refserver.New(refserver.WithConsole(0)); err == nil || !strings.Contains(err.Error(), "port of its own") {
		t.Errorf("expected a line without such a console to be refused, found %v", err)
	}
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	port := taken.Addr().(*net.TCPAddr).Port
	s, err := refserver.New(refserver.WithLine(behaviour.Line30), refserver.WithConsole(port))
	if err != nil {
		t.Fatal(err)
	}
	var problem *refserver.ConsoleError
	if err := s.Start(t.Context()); !errors.As(err, &problem) || problem.Port != port {
		t.Errorf("expected the error of port %d, found %v", port, err)
	}
}

func TestBeatsOverV3AreLostToo(t *testing.T) {
	s := refserver.RunT(t, refserver.WithLine(behaviour.Line30))
	instance := s.URL() + "/v3/client/ns/instance?serviceName=web&ip=10.0.0.1&port=80"
	s.DropBeats(true)
	if _, err := http.Post(instance+"&heartBeat=true", "", nil); err == nil {
		t.Error("expected the beat to be lost, found an answer")
	}
	r, err := http.Post(instance, "", nil)
	if err != nil {
		t.Fatalf("expected a registration to pass: %v", err)
	}
	r.Body.Close()
	if n := len(s.Instances(s.Key("web"))); n != 1 {
		t.Errorf("expected one instance, found %d", n)
	}
}
