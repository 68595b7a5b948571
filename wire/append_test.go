package wire

import (
	"math"
	"math/rand/v2"
	"testing"
	"testing/quick"
)

func TestMarshalWithoutReflectionEqualsEncodingJSON(t *testing.T) {
	equal := func(v any) bool {
		got, err := Marshal(v)
		want, wantErr := marshal(v)
		if string(got) != string(want) || err != nil || wantErr != nil {
			t.Errorf("%#v\nwritten  %s %v\nexpected %s %v", v, got, err, want, wantErr)
			return false
		}
		return true
	}
	for name, property := range map[string]any{
		"view":      func(v ServiceInfo) bool { return equal(v) },
		"query":     func(v QueryServiceResponse) bool { return equal(v) },
		"subscribe": func(v SubscribeServiceResponse) bool { return equal(v) },
	} {
		if err := quick.Check(property, nil); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	equal(ServiceInfo{})
	equal(ServiceInfo{Hosts: []Instance{{}, {Metadata: map[string]Text{}}}})
	for _, text := range []Text{"", "plain", "<a & b>", "\x7f", "é\u2028\u2029", "a\"b\\c\n\x00", "\xff\xed\xa0\x80"} {
		equal(ServiceInfo{Name: &text, Checksum: string(text), Hosts: []Instance{{Metadata: map[string]Text{string(text): text, "z": "1", "a": "2"}}}})
	}
	for range 1000 {
		equal(ServiceInfo{Hosts: []Instance{{Weight: Double(math.Float64frombits(rand.Uint64()))}}})
	}
}

// Types that hold a type which is written without reflection have properties of their own.
func TestMarshalHeedsWhatIsAddedToAView(t *testing.T) {
	got, err := Marshal(struct {
		QueryServiceResponse
		Added string `json:"added"`
	}{Added: "x"})
	const want = `{"resultCode":0,"errorCode":0,"success":false,"added":"x"}`
	if string(got) != want || err != nil {
		t.Errorf("expected %s, found %s %v", want, got, err)
	}
}
