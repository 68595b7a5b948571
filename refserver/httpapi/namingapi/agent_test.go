package namingapi

import (
	"testing"

	"github.com/nacos-tck/nacos-tck/refserver/behaviour"
	"github.com/nacos-tck/nacos-tck/refserver/clock"
	"github.com/nacos-tck/nacos-tck/refserver/naming"
)

func TestAgentsThatArePushedTo(t *testing.T) {
	for _, line := range []behaviour.Line{behaviour.Line14, behaviour.Line25, behaviour.Line30} {
		b, err := behaviour.ForLine(line)
		if err != nil {
			t.Fatal(err)
		}
		c := clock.New(nil)
		defer c.Close()
		r := naming.New(b, c)
		defer r.Close()
		h := New(r, nil, nil)
		switches := r.Switches()
		for agent, expected := range map[string]bool{
			"Nacos-Java-Client:v1.4.8": true, "Nacos-Java-Client:v0.1.0": true, "Nacos-Java-Client:v0.0.9": false,
			"Nacos-Go-Client:v1.0.0": true, "Nacos-Go-Client:v0.0.9": false, "Nacos-Go-Client:v1.1-rc": true,
			"Nacos-C-Client:v1.0.12": true, "Nacos-C-Client:v1.0.11": false, "vip-client4cpp:v1.0.12": true,
			"Nacos-CSharp-Client:v0.9.0": true, "Nacos-CSharp-Client:v0.8.9": false, "Nacos-DNS:v0.4.3": true,
			"Nacos-DNS:v0.4.2": false, "Nacos-Java-Client": false, "Nacos-Java-Client:1.4.8": false,
			"Nacos-Python-Client:v2.0.0": false, "Nacos-SDK-Java:v2.0.0": false, "Nacos-Server:v2.5.1": false, "curl/8.0": false, "": false,
			"Nacos-C-Client:v1.0.12-rc": !b.Datagrams.SnapshotsAreOlder, "Nacos-DNS:v0.4.3.9": !b.Datagrams.SnapshotsAreOlder,
			"Nacos-C-Client:v1.0.13-rc": true,
			"Nacos-Java-Client:v2":      !b.Datagrams.NeedsMinorVersion, "Nacos-Java-Client:v": false, "Nacos-Java-Client:v1..8": true,
		} {
			if found := h.canPush(agent, switches); found != expected {
				t.Errorf("line %s, %q: expected %t, found %t", line, agent, expected, found)
			}
		}
		if err := r.SetSwitch("pushVersion", "java:2.0.0", false); err != nil {
			t.Fatal(err)
		}
		if h.canPush("Nacos-Java-Client:v1.4.8", r.Switches()) || !h.canPush("Nacos-Java-Client:v2.0.0", r.Switches()) {
			t.Errorf("line %s: the switch pushVersion is not obeyed", line)
		}
		if err := r.SetSwitch("pushEnabled", "false", false); err != nil {
			t.Fatal(err)
		}
		if h.canPush("Nacos-Java-Client:v2.0.0", r.Switches()) {
			t.Errorf("line %s: the switch pushEnabled is not obeyed", line)
		}
	}
}
