package udppush

import "testing"

// FuzzAcknowledged: whatever comes in a datagram, it is read or refused.
func FuzzAcknowledged(f *testing.F) {
	for _, seed := range []string{
		"", "null", "{}", `{"type":"push-ack","lastRefTime":"4712420371024","data":""}`, `{"lastRefTime":4712420371024}`,
		`{"lastRefTime":1e99}`, `{"lastRefTime":""}`, `{"type":["push-ack"],"lastRefTime":1}`, "\x1f\x8b\x08\x00", "\x00\xff",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, payload []byte) {
		if sequence, err := acknowledged(payload); err != nil && sequence != 0 {
			t.Errorf("%q: number %d and error %v", payload, sequence, err)
		}
	})
}
