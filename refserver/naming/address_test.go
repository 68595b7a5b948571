package naming

import "testing"

func TestAddressesOfSubscribers(t *testing.T) {
	for expected, sub := range map[string]Subscriber{
		"127.0.0.1:7": {Port: 7}, "127.0.0.1:8": {IP: "localhost", Port: 8}, "10.0.0.1:9": {IP: "::ffff:10.0.0.1", Port: 9},
		"[::1]:65535": {IP: "::1", Port: 65535},
	} {
		if a, err := sub.Address(); err != nil || a.String() != expected {
			t.Errorf("%+v: expected %s, found %v, %v", sub, expected, a, err)
		}
	}
	for _, sub := range []Subscriber{{IP: "some.host", Port: 1}, {IP: "10.0.0.1", Port: 65536}, {IP: "10.0.0.1", Port: -1}} {
		if a, err := sub.Address(); err == nil {
			t.Errorf("%+v: expected no address, found %v", sub, a)
		}
	}
}
